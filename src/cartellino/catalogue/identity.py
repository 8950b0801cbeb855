"""Museum identity: ids that a spreadsheet mangled, accession numbers and their parts.

A *system id* is what the museum's software counts ('436535'); an *accession number* is what is painted on the
object ('12.3a–b'). Works are keyed by the first, or by whatever the museum uses as its id, and keep the
second beside it, each as written: nothing here changes an id, it only says what looks wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from cartellino.catalogue.dates import years

__all__ = ["is_accession", "leading_zeros_lost", "mangled", "parts", "years"]

_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[yi]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zä]*"
_MANGLED = (
    (re.compile(r"[+-]?\d+(?:[.,]\d+)?e\+?\d+", re.I), "looks like a number that a spreadsheet shortened"),
    (re.compile(r"\d+\.0+"), "looks like a whole number that a spreadsheet gave decimals"),
    (re.compile(r"\d{15}0+"), "looks like a long number whose last digits a spreadsheet made zeros"),
    (
        re.compile(
            rf"\d{{1,2}}[-. ]{_MONTH}(?:[-. ]\d{{2,4}})?|{_MONTH}-\d{{2,4}}|\d{{4}}-\d\d-\d\d 00:00:00", re.I
        ),
        "looks like a date that a spreadsheet made of an id",
    ),
    (
        re.compile(r"#{3,}|#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!)", re.I),
        "is what a spreadsheet shows for an error",
    ),
)
_ACCESSION = re.compile(r"(?:[A-Za-z]{1,5}[. /-]?)?\d+(?:[.\-/]\d+)+(?:[.\-/ ]?[a-z]{1,2})?(?:[-–,].*)?")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "–")
_LETTERS = re.compile(r"(?P<stem>.*\d[.\- ]?)(?P<letters>[a-z](?:\s*[–,-]\s*[a-z])+)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?P<stem>.*\d\.)(?P<first>\d+)\s*–\s*(?P<last>\d+)")
_MOST_PARTS = 200


def mangled(id: str) -> str | None:  # noqa: A002 - the museum's word
    """What a spreadsheet seems to have done to an id, as a clause; None if it looks unharmed.

    Examples
    --------
    >>> mangled("1.2E+05")
    "'1.2E+05' looks like a number that a spreadsheet shortened"
    """
    told = id.strip()
    return next((f"'{told}' {what}" for pattern, what in _MANGLED if pattern.fullmatch(told)), None)


def leading_zeros_lost(ids: Iterable[str], known: Iterable[str] = ()) -> str | None:
    """What suggests that a spreadsheet took the zeros in front of ids, as a clause; None if nothing does.

    Parameters
    ----------
    ids : iterable of str
        The ids as they came.
    known : iterable of str
        Ids that the same museum is known to use, such as those in the catalogue.

    Notes
    -----
    Two things give it away: an id that is another one without its zeros ('466' and '000466'), or ids that are
    all of one width, zeros in front, but for plain numbers, which are shorter ('0012a', '0013b', '14').
    Numbers of several widths alone prove nothing: they may have been counted up from 1.
    """
    came = list(ids)
    plain = [told for told in came if told.isascii() and told.isdigit() and not told.startswith("0")]
    padded = {other.lstrip("0"): other for other in (*came, *known) if other.startswith("0")}
    twins = [told for told in plain if told in padded]
    if twins:
        return f"'{twins[0]}' may be '{padded[twins[0]]}' without its leading zeros ({len(twins):,} such ids)"
    widths = Counter(len(told) for told in came if told.startswith("0"))
    if len(widths) == 1 and widths.total() >= 3:
        width = next(iter(widths))
        short = [told for told in plain if len(told) < width]
        if short and all(len(told) <= width for told in plain):
            lost = f"'{short[0]}' may have lost its leading zeros"
            return f"{lost}: other ids have {width} characters ({len(short):,} such ids)"
    return None


def is_accession(text: str) -> bool:
    """Whether `text` is written like an accession number ('12.3a–b', '1975.1.867'), not like a system id."""
    return bool(_ACCESSION.fullmatch(text.strip()))


def parts(accession: str) -> tuple[str, ...]:
    """The parts of an object that an accession number stands for; the number itself if it stands for one.

    Letters are told by a range or a list. Numbers only by an en dash: with a hyphen, 'M.12-1930' is one
    object.

    Examples
    --------
    >>> parts("12.3a–c")
    ('12.3a', '12.3b', '12.3c')
    >>> parts("17.190.1a, b")
    ('17.190.1a', '17.190.1b')
    """
    told = accession.strip().translate(_DASHES)
    if match := _LETTERS.fullmatch(told):
        letters = _letters(match["letters"])
        return tuple(match["stem"] + letter for letter in letters) or (accession.strip(),)
    if match := _NUMBERS.fullmatch(told):
        first, last = int(match["first"]), int(match["last"])
        if first < last < first + _MOST_PARTS:
            return tuple(f"{match['stem']}{number}" for number in range(first, last + 1))
    return (accession.strip(),)


def _letters(told: str) -> list[str]:
    """The letters of 'a–c, e', in order; none if a range runs backwards."""
    letters: list[str] = []
    for piece in re.split(r"\s*,\s*", told):
        ends = re.split(r"\s*[–-]\s*", piece)
        if len(ends) > 2 or ord(ends[-1]) < ord(ends[0]):
            return []
        letters += [chr(code) for code in range(ord(ends[0]), ord(ends[-1]) + 1)]
    return letters
