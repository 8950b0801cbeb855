"""Experiments by name: the figures that studies printed, beside what is measured here."""
