"""Keeps a collection's works, pictures, label sets, models and decisions in one SQLite file."""

from __future__ import annotations

from cartellino.catalogue.catalogue import Catalogue

__all__ = ["Catalogue"]
