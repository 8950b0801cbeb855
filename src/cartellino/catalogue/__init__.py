"""Keeps a collection's works, pictures, label sets, models and decisions in one SQLite file."""
