"""Identifiers of the vocabularies museums share: their forms, and the one address each has.

The Getty's vocabularies have addresses such as ``http://vocab.getty.edu/aat/300015045`` (Getty
Vocabularies: Linked Open Data, Semantic Representation, 2.2), Wikidata's items
``http://www.wikidata.org/entity/Q42`` (Wikibase RDF dump format). Only the form is checked: whether such a
term exists is not asked of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

OTHER = "other"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")  # what RFC 3987 lets into an address


@dataclass(frozen=True, slots=True)
class Scheme:
    """A shared vocabulary.

    Parameters
    ----------
    name : str
        As columns are called: 'aat'.
    title : str
        As people know it.
    base : str
        What its addresses begin with.
    form : str
        Regular expression of its ids.
    told : str
        The form in words.
    """

    name: str
    title: str
    base: str
    form: str
    told: str


SCHEMES: Mapping[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme(
            "aat",
            "Art & Architecture Thesaurus",
            "http://vocab.getty.edu/aat/",
            r"300\d{6}",
            "300 and six digits",
        ),
        Scheme(
            "ulan",
            "Union List of Artist Names",
            "http://vocab.getty.edu/ulan/",
            r"500\d{6}",
            "500 and six digits",
        ),
        Scheme(
            "tgn",
            "Thesaurus of Geographic Names",
            "http://vocab.getty.edu/tgn/",
            r"[1-9]\d{6}",
            "seven digits, mostly from 7 or 1 on",
        ),
        Scheme(
            "ia",
            "Getty Iconography Authority",
            "http://vocab.getty.edu/ia/",
            r"901\d{6}",
            "901 and six digits",
        ),
        Scheme("wikidata", "Wikidata", "http://www.wikidata.org/entity/", r"Q[1-9]\d*", "Q and a number"),
    )
}
_GETTY = re.compile(r"(?i)(?:https?://)?vocab\.getty\.edu/(?:page/)?(aat|ulan|tgn|ia)/([^/?#]*?)(?:\.\w+)?/?")
_WIKIDATA = re.compile(
    r"(?i)(?:https?://)?(?:www\.|m\.)?wikidata\.org/(?:wiki|entity|wiki/Special:EntityData)/([^/?#]*?)(?:\.\w+)?/?"
)
_PREFIXED = re.compile(r"(?i)(aat|ulan|tgn|ia|wikidata|wd)\s*:\s*([^\s:/]+)")


def identified(told: str, scheme: str = OTHER) -> tuple[str, str]:
    """The scheme of an id and its one address, however it is written.

    Full addresses with http or https, with ``/page/`` or ``/wiki/``, ``aat:300015045`` and, where `scheme`
    says what it belongs to, the bare number are understood. An address names its scheme itself, whatever
    column it stands in.

    Parameters
    ----------
    told : str
        The id as written.
    scheme : str
        What it is said to belong to: a name in `SCHEMES`, or 'other'.

    Returns
    -------
    scheme : str
        A name in `SCHEMES`, or 'other'.
    address : str
        Its address; `told` as it is where it is malformed (see `problem`), for nothing is invented.
    """
    told = told.strip()
    named = _GETTY.fullmatch(told) or _PREFIXED.fullmatch(told)
    if named:
        scheme, number = named[1].lower().replace("wd", "wikidata"), named[2]
    elif wiki := _WIKIDATA.fullmatch(told):
        scheme, number = "wikidata", wiki[1]
    elif "://" in told:
        return (OTHER if is_address(told) else scheme), told
    else:
        number = told
    if scheme in SCHEMES and re.fullmatch(SCHEMES[scheme].form, number.upper(), re.ASCII):
        return scheme, SCHEMES[scheme].base + number.upper()
    return scheme, told


def problem(scheme: str, address: str) -> str:
    """What is wrong with an id of `scheme`, as a clause, or ''."""
    if scheme == OTHER:
        return "" if is_address(address) else f"'{address}' is no address"
    known = SCHEMES[scheme]
    form = re.escape(known.base) + known.form
    return (
        ""
        if re.fullmatch(form, address, re.ASCII)
        else f"'{address}' is no id of {known.title} ({known.told})"
    )


def is_address(told: str) -> bool:
    """Whether `told` is an absolute address (IRI, RFC 3987), of the web or another kind."""
    return _IRI.fullmatch(told) is not None


def short(scheme: str, address: str) -> str:
    """The number alone, as tables show it; the whole address where it is malformed or of no known scheme."""
    known = SCHEMES.get(scheme)
    return address.removeprefix(known.base) if known and not problem(scheme, address) else address
