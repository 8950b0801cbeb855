"""Fully connected layers as a head."""
