"""A set of small whole numbers that stays small itself."""

from __future__ import annotations

from collections.abc import Iterable

_PAGE = 1 << 16


class Marks:
    """Which numbers were marked; one bit each, in pages, so that half a million cost 64 kB."""

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def add(self, numbers: Iterable[int]) -> None:
        """Mark each of `numbers`, which must not be negative."""
        pages = self._pages
        for number in numbers:
            page = pages.get(number >> 16)
            if page is None:
                page = pages[number >> 16] = bytearray(_PAGE // 8)
            page[(number & 0xFFFF) >> 3] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        page = self._pages.get(number >> 16)
        return page is not None and bool(page[(number & 0xFFFF) >> 3] >> (number & 7) & 1)

    def __len__(self) -> int:
        return sum(int.from_bytes(page, "little").bit_count() for page in self._pages.values())
