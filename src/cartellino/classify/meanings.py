"""What each setting means, read where it is documented: in the docstring of what has it."""

from __future__ import annotations

import inspect
import re

_LISTED = re.compile(r"^(\w+(?:, \w+)*) : .*\n((?:^[ ]{4}.*\n?|^\n(?=[ ]{4}))+)", re.MULTILINE)
_TOLD = re.compile(
    r"`(\w+)`(?:,|:| is)?\s+((?:[^`;.]|`(?!\w+`(?:,|:| is)\s)|\.(?=\S))+?)(?=[;.](?:\s|$)|$)", re.DOTALL
)


def meanings(documented: object) -> dict[str, str]:
    """What the settings that something documents mean, by name.

    Two forms are read: numpydoc's parameters, and sentences that begin with ``Settings:`` and tell one
    setting after the other, each with its name in backquotes and parted by semicolons.
    """
    text = inspect.getdoc(documented) or ""
    found: dict[str, str] = {}
    for names, told in _LISTED.findall(text):
        found |= dict.fromkeys(names.split(", "), _plain(told))
    _, _, settings = text.partition("Settings:")
    for name, told in _TOLD.findall(settings):
        found.setdefault(name, _plain(told))
    return found


def _plain(told: str) -> str:
    words = " ".join(told.replace("``", "'").replace("`", "'").split()).rstrip(".,;")
    return words[:1].upper() + words[1:] + "." if words else ""
