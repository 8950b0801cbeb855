"""A set of small whole numbers that stays small itself."""

from __future__ import annotations

from collections.abc import Iterable

_PAGE = 1 << 16  # numbers to a page


class Marks:
    """Which numbers were marked: one bit each, in pages, so that half a million cost 64 kB."""

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def add(self, numbers: Iterable[int]) -> None:
        """Mark each of `numbers`, none of which is negative."""
        pages = self._pages
        for number in numbers:
            page = pages.get(number >> 16)
            if page is None:
                page = pages[number >> 16] = bytearray(_PAGE // 8)
            page[(number & 0xFFFF) >> 3] |= 1 << (number & 7)

    def __len__(self) -> int:
        return sum(int.from_bytes(page, "little").bit_count() for page in self._pages.values())
