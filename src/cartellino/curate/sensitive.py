"""Sensitive labels: what is said of a person's gender, age, ethnicity or religion is never filed by rule."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

FILE, NEVER_FILE, AUDIT_ONLY, LEAVE_OUT = "file", "never file", "audit only", "leave out"
# From the mildest to the strictest; a label about several things has the strictest of theirs.
POLICIES = (FILE, NEVER_FILE, AUDIT_ONLY, LEAVE_OUT)
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class SensitiveLabel:
    """One entry of the shipped list.

    Parameters
    ----------
    label : str
        The label, as museums write it.
    about : str
        What it says of a person: gender, age, ethnicity, religion, disability.
    aat : str
        Its number in the Getty Art & Architecture Thesaurus, or ''.
    also : tuple of str
        Other forms of it.
    singular : bool
        Whether its singular is sensitive too, rather than the culture of an object ('European').
    """

    label: str
    about: str
    aat: str = ""
    also: tuple[str, ...] = ()
    singular: bool = True


@lru_cache(maxsize=1)
def shipped() -> tuple[SensitiveLabel, ...]:
    """The list that comes with Cartellino (``sensitive.toml``)."""
    return tuple(
        SensitiveLabel(**{**entry, "also": tuple(entry.get("also", ()))}) for entry in _told()["labels"]
    )


def is_sensitive(label: str, listed: Iterable[str] | None = None) -> bool:
    """Whether no rule may file `label`.

    Parameters
    ----------
    label : str
        A label as the museum writes it; case, accents, hyphens, and singular or plural make no difference.
    listed : iterable of str, optional
        The labels that are sensitive; the shipped list if not given.
    """
    if listed is not None:
        return _singular(label) in {_singular(each) for each in listed}
    if _singular(label) in _forms(True) or _folded(label) in _forms(False):
        return True
    return not _words().isdisjoint(_WORD.findall(_folded(label)))


def sensitive_among(labels: Iterable[str], listed: Iterable[str] | None = None) -> frozenset[str]:
    """Those of `labels` that no rule may file."""
    told = None if listed is None else tuple(listed)
    return frozenset(label for label in labels if is_sensitive(label, told))


def policy_of(
    label: str, listed: Iterable[str] | None = None, policies: Mapping[str, str] | None = None
) -> str:
    """What may be done with a label.

    Parameters
    ----------
    label : str
        A label as the museum writes it.
    listed : iterable of str, optional
        The labels that are sensitive; the shipped list if not given.
    policies : mapping of str to str, optional
        What a label set decides otherwise, by label; compared as `is_sensitive` does.

    Returns
    -------
    str
        'file': like any other. 'never file': learnt and suggested, but only a person signs it. 'audit only':
        learnt so that an audit can measure it, and suggested to nobody. 'leave out': not learnt.
    """
    for told, policy in (policies or {}).items():
        if _singular(told) == _singular(label):
            return policy
    if not is_sensitive(label, listed):
        return FILE
    return NEVER_FILE if listed is not None else _shipped_policy(label)


def _shipped_policy(label: str) -> str:
    """The policy of what the label is about; a word of it makes it one about gender."""
    about = next((entry.about for entry in shipped() if _names(entry, label)), "gender")
    policies: dict[str, str] = _told()["policies"]
    return max((policies[each] for each in re.split(r", | and ", about)), key=POLICIES.index)


def _names(entry: SensitiveLabel, label: str) -> bool:
    fold = _singular if entry.singular else _folded
    return fold(label) in {fold(form) for form in (entry.label, *entry.also)}


@lru_cache(maxsize=1)
def _told() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("sensitive.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _forms(singular: bool) -> frozenset[str]:
    fold = _singular if singular else _folded
    chosen = (entry for entry in shipped() if entry.singular == singular)
    return frozenset(fold(form) for entry in chosen for form in (entry.label, *entry.also))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(_told()["words"])


def _folded(label: str) -> str:
    marks = unicodedata.normalize("NFKD", label.casefold())
    plain = "".join(mark for mark in marks if not unicodedata.combining(mark))
    return " ".join(plain.replace("-", " ").split())


def _singular(label: str) -> str:
    folded = _folded(label)
    if folded.endswith("ies") and len(folded) > 4:
        return folded[:-3] + "y"
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded
