"""The nearest neighbours as a head."""
