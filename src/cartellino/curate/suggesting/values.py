"""The values of a field, found again however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from cartellino.curate.merges import tidy

_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "mice": "mouse",
    "wolves": "wolf",
    "leaves": "leaf",
    "knives": "knife",
    "calves": "calf",
    "shelves": "shelf",
}
_HISSING = ("ches", "shes", "xes", "sses", "zes")
_BLANKS = re.compile(r"\s+")
_UNHEARD = re.compile(r"[^\w?]|_")
_DASHES = re.compile("[‐-―−]")
_NUMBER = re.compile(r"\d|\b[ivxlcdm]+\b")  # Roman ones too


class Values:
    """The values of a field with their works.

    Parameters
    ----------
    counts : mapping of str to int
        Works of each value; values that are the same once tidied are counted together.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts: dict[str, int] = {}
        for value, works in counts.items():
            if tidy(value):
                self.counts[tidy(value)] = self.counts.get(tidy(value), 0) + works
        self.alike = grouped(self.counts, folded)
        self._best = {key: self.first(same) for key, same in self.alike.items()}

    def works(self, value: str) -> int:
        """How many works have it; 0 if it is no value of the field."""
        return self.counts.get(value, 0)

    def first(self, values: Iterable[str]) -> str:
        """The most frequent of some values, then by alphabet."""
        return min(values, key=lambda value: (-self.works(value), value))

    def find(self, text: str) -> str:
        """The most frequent of the values that differ from `text` in writing at most; '' if there is none."""
        return self._best.get(folded(text), "")


def grouped(values: Iterable[str], key: object) -> dict[str, list[str]]:
    """Values by a key; those whose key is empty are left out."""
    found: dict[str, list[str]] = {}
    for value in values:
        if told := key(value):  # type: ignore[operator]
            found.setdefault(told, []).append(value)
    return found


def folded(value: str) -> str:
    """A value without case, accents, blanks, hyphens and other marks; what has numbers keeps its marks.

    '1750-60' is not '175060', 'Minoan I-II' is not 'Minoan III', and a question mark is always kept.
    """
    plain = _DASHES.sub("-", unaccented(value).replace("&", " and "))
    if _NUMBER.search(plain):
        return _BLANKS.sub(" ", plain).strip()
    return _UNHEARD.sub("", plain)


def unaccented(value: str) -> str:
    """In small letters without accents (Unicode NFKD without marks)."""
    if value.isascii():
        return value.casefold()
    letters = unicodedata.normalize("NFKD", value.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def singular(value: str) -> str:
    """The folded value with its last word in the singular, as English forms it; '' where there is no word."""
    words = unaccented(value).split()
    if not words or not words[-1].isalpha():
        return folded(value)
    return folded(" ".join([*words[:-1], _singular(words[-1])]))


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(_HISSING):
        return word[:-2]
    plural = word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word
