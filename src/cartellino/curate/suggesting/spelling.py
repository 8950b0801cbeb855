"""The same name written otherwise: case, accents, blanks, hyphens, number, slips of one letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from cartellino.curate.merges import Kind
from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.values import Values, folded, grouped, singular, unaccented

_SHORTEST = 6  # letters of the right word: shorter ones are too often one letter from another
_RARER = 10  # a slip is so many times rarer than the word it misses
_LONGEST = 60  # letters: what is longer is a sentence, and a slip in it is none of ours

Apart = Callable[[str, str], bool]


def writings(values: Values) -> Iterator[Proposal]:
    """Values that differ in case, accents, blanks, hyphens or marks alone, towards the most frequent."""
    for same in values.alike.values():
        best = values.first(same)
        for value in same:
            if value != best:
                yield Proposal(
                    value, (best,), Kind.SPELLING, _difference(value, best), "the letters are the same"
                )


def numbers(values: Values, apart: Apart) -> Iterator[Proposal]:
    """Singular and plural, towards the more frequent; `apart` tells what ids keep apart."""
    for same in grouped(values.counts, singular).values():
        best = values.first(same)
        for value in same:
            if folded(value) != folded(best) and not apart(value, best):
                yield Proposal(
                    value, (best,), Kind.SPELLING, "singular and plural", "they differ in number alone", 0.9
                )


def slips(values: Values, apart: Apart) -> Iterator[Proposal]:
    """Values one letter away from a far more frequent one.

    A word that stands in other values too is a word, and no slip ('Houses' is not 'Horses' where there are
    'Country Houses'). Candidates share what is left when a letter is taken out (Garbe's SymSpell, 2012), so
    that no two values are compared in vain.
    """
    near = _Near(values)
    for value in values.counts:
        best = values.first(found) if (found := list(near.of(value))) else ""
        if best and not apart(value, best):
            yield Proposal(
                value,
                (best,),
                Kind.SPELLING,
                "one letter differs",
                f"'{best}' is {values.works(best) // values.works(value):,} times as frequent",
                0.5,
            )


def _difference(value: str, best: str) -> str:
    if value.casefold() == best.casefold():
        return "case"
    if unaccented(value) == unaccented(best):
        return "accents"
    return "blanks, hyphens or marks"


class _Near:
    """Finds the far more frequent values that one letter makes of a value."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._plain = {value: unaccented(value) for value in values.counts}
        self._words = Counter(word for plain in self._plain.values() for word in set(plain.split()))
        self._frequent: dict[str, list[str]] = defaultdict(list)
        least = min(values.counts.values(), default=0)
        for value, works in values.counts.items():
            if works >= _RARER * least and len(self._plain[value]) >= _SHORTEST and self._fit(value):
                for form in _shortened(self._plain[value]):
                    self._frequent[form].append(value)

    def of(self, value: str) -> Iterator[str]:
        """The values that `value` may be a slip of."""
        if not self._fit(value) or not self._values.works(value):
            return
        enough = _RARER * self._values.works(value)
        candidates = {
            other for form in _shortened(self._plain[value]) for other in self._frequent.get(form, ())
        }
        for other in candidates:
            if self._values.works(other) >= enough and self._is_slip(self._plain[value], self._plain[other]):
                yield other

    def _fit(self, value: str) -> bool:
        plain = self._plain[value]
        return len(plain) <= _LONGEST and not any(letter.isdigit() or letter == "?" for letter in plain)

    def _is_slip(self, plain: str, other: str) -> bool:
        if not plain or plain[0] != other[0] or not _one_letter(plain, other):
            return False
        strange = set(plain.split()) - set(other.split())
        return all(self._words[word] == 1 for word in strange)


def _shortened(plain: str) -> set[str]:
    return {plain, *(plain[:place] + plain[place + 1 :] for place in range(len(plain)))}


def _one_letter(one: str, other: str) -> bool:
    """Whether a letter is more, less, changed, or changed places with its neighbour (Damerau, 1964)."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, other_rest = one[start:], other[start:]
    if not (rest[:1] + other_rest[:1]).isalpha():
        return False
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )
