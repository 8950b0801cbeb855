"""Backbones that turn pictures into numbers, the store that keeps them, and exact nearest neighbours."""
