"""Searches for the settings of a recipe, kept so that they continue."""
