"""Where a museum shows its things: its shelf, and its address for the links between answers."""

from __future__ import annotations

from dataclasses import dataclass

from .shelf import Shelf


@dataclass(frozen=True, slots=True)
class Hall:
    """A shelf shown at an address ('http://127.0.0.1:8080')."""

    shelf: Shelf
    address: str
    robots: str
