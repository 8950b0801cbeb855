"""How long work reports itself, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """One task after another; each has a name, perhaps a total, and advances."""

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        """Begin `task`, of `total` units if known."""

    def advance(self, count: int = 1) -> None:
        """Say that `count` more units are done."""

    def note(self, text: str) -> None:
        """Say something beside the numbers, such as the rate that is allowed, until the task ends."""

    def finish(self) -> None:
        """End the current task."""


class Silent:
    """Progress that nobody watches."""

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        """Ignore."""

    def advance(self, count: int = 1) -> None:
        """Ignore."""

    def note(self, text: str) -> None:
        """Ignore."""

    def finish(self) -> None:
        """Ignore."""
