"""Recipes, classifiers and saved models."""
