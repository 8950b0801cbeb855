"""Reads pictures of artworks and drafts the museum's label, with a confidence a museum can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartellino.version import VERSION

__version__ = VERSION
__all__ = ["Collection", "__version__", "create", "open"]

if TYPE_CHECKING:
    from cartellino.collection import Collection, create, open  # noqa: A004


def __getattr__(name: str) -> Any:
    """Load the collection on first use, so that ``import cartellino`` stays instant."""
    if name in ("Collection", "create", "open"):
        from cartellino import collection

        return getattr(collection, name)
    raise AttributeError(f"module 'cartellino' has no attribute '{name}'")
