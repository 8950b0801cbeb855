"""Texts of IIIF documents in one language, as plain text.

Version 3 writes language maps, version 2 strings or objects with '@value' and '@language'; both allow HTML.
https://iiif.io/api/presentation/3.0/#44-language-of-property-values
https://iiif.io/api/presentation/2.1/#language-of-property-values
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from cartellino.acquire.flatten import text

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>|<!--.*?-->", re.DOTALL)
_APART = frozenset({"br", "p", "div", "li", "tr"})
_NO_LANGUAGE = ("none", "@none", "und", "")


def texts(value: Any, language: str) -> tuple[str, ...]:
    """The texts of a property in `language`; where it has none, those that name no language, else the first.

    Texts in other languages are translations, not further values. Whatever the standard does not allow is
    kept as JSON.
    """
    if isinstance(value, Mapping) and "@value" not in value:
        found = _of_map(value, language)
    else:
        found = _of_list(value if isinstance(value, list) else [value], language)
    return tuple(plain for each in found if (plain := _plain(each)))


def label(value: Any, language: str) -> str:
    """The texts of a property as one."""
    return " ".join(texts(value, language))


def _of_map(value: Mapping[str, Any], language: str) -> Iterator[Any]:
    chosen = _chosen(list(value), language)
    found = value.get(chosen)
    yield from found if isinstance(found, list) else [found]


def _of_list(values: list[Any], language: str) -> Iterator[Any]:
    """Those of the version 2 forms that are in the language chosen, or in none."""
    told = dict.fromkeys(filter(None, map(_language, values)))
    chosen = _chosen(list(told), language)
    for value in values:
        if _language(value) in ("", chosen):
            yield value["@value"] if isinstance(value, dict) and "@value" in value else value


def _language(value: Any) -> str:
    found = value.get("@language") if isinstance(value, dict) else ""
    return found if isinstance(found, str) else ""


def _chosen(languages: list[str], wanted: str) -> str:
    """The wanted language, whatever its region (RFC 4647, 3.3.1); else none, else the first."""
    for each in languages:
        if each.lower() == wanted.lower() or each.lower().startswith(f"{wanted.lower()}-"):
            return each
    return next((each for each in languages if each in _NO_LANGUAGE), languages[0] if languages else "")


def _plain(value: Any) -> str:
    told = text(value).strip()
    if not _TAG.search(told):
        return told
    # The few tags that the standard allows need no parser, and Python's own stumbles over some broken ones.
    return " ".join(unescape(_TAG.sub(_apart, told)).split())


def _apart(tag: re.Match[str]) -> str:
    return " " if tag[1] and tag[1].lower() in _APART else ""
