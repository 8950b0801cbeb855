"""What a manifest says of a work, whichever version of the Presentation API it is written in.

https://iiif.io/api/presentation/3.0/ and https://iiif.io/api/presentation/2.1/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cartellino.acquire.museums.iiif.languages import label, texts
from cartellino.acquire.museums.iiif.pictures import identity, kind, picture, size_of

# The columns of every manifest; those of its metadata follow.
OWN: dict[str, str] = dict.fromkeys(("id", "label", "summary", "rights", "attribution", "homepage"), "")
_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A work as its manifest tells it.

    Parameters
    ----------
    record : dict
        Its columns: those of `OWN`, and one for each label of its metadata with a list of values.
    pictures : tuple of str
        Addresses of its pictures, one for each canvas that shows one, in order.
    blank : int
        Canvases that show no picture: films, sounds, and what is kept elsewhere.
    """

    record: dict[str, Any]
    pictures: tuple[str, ...]
    blank: int


def read(document: Mapping[str, Any], address: str, language: str, longest: int) -> Manifest | str:
    """Read a manifest.

    Parameters
    ----------
    document : mapping
        Its JSON.
    address : str
        Where it came from, its id if it tells none.
    language : str
        The language of labels and values, where there is a choice ('en').
    longest : int
        Pixels that the longer side of pictures should have.

    Returns
    -------
    Manifest or str
        The work, or why it is none, as a clause.
    """
    if kind(document) != "Manifest":
        return f"this is no IIIF manifest but '{kind(document)[:50]}'" if kind(document) else _NO_TYPE
    found = [_picture(canvas, longest) for canvas in _canvases(document)]
    pictures = tuple(dict.fromkeys(filter(None, found)))
    record = _own(document, address, language)
    for name, values in _metadata(document, language):
        record.setdefault(f"metadata {name}" if name in OWN else name, []).extend(values)
    return Manifest(record, pictures, found.count(""))


_NO_TYPE = "this is no IIIF manifest: it has no type"


def _own(document: Mapping[str, Any], address: str, language: str) -> dict[str, Any]:
    told: dict[str, Any] = dict(OWN)
    told["id"] = identity(document) or address
    told["label"] = label(document.get("label"), language)
    told["summary"] = label(document.get("summary", document.get("description")), language)
    told["rights"] = list(_addresses(document.get("rights", document.get("license"))))
    told["attribution"] = list(_attribution(document, language))
    told["homepage"] = list(_addresses(document.get("homepage", document.get("related"))))
    return told


def _addresses(value: Any) -> Iterator[str]:
    """Texts, or the ids of objects, one or several."""
    for each in value if isinstance(value, list) else [value]:
        found = identity(each) if isinstance(each, dict) else each
        if isinstance(found, str) and found.strip():
            yield found.strip()


def _attribution(document: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """What must be shown with the work: `requiredStatement`, in version 2 `attribution`."""
    required = document.get("requiredStatement")
    if isinstance(required, dict):
        return texts(required.get("value"), language)
    return texts(document.get("attribution"), language)


def _metadata(document: Mapping[str, Any], language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pair in _dicts(document.get("metadata")):
        name = label(pair.get("label"), language) or _UNNAMED
        yield name, texts(pair.get("value"), language)


def _canvases(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Canvases in order; of several sequences only the first is told in the manifest itself."""
    sequences = list(_dicts(document.get("sequences")))
    yield from _dicts(sequences[0].get("canvases") if sequences else document.get("items"))


def _picture(canvas: Mapping[str, Any], longest: int) -> str:
    """The first picture that is painted on a canvas, or ''."""
    bodies = (annotation.get("resource") for annotation in _dicts(canvas.get("images")))
    pages = _dicts(canvas.get("items"))
    painted = (annotation.get("body") for page in pages for annotation in _dicts(page.get("items")))
    found = (picture(body, size_of(canvas), longest) for part in (bodies, painted) for body in part)
    return next(filter(None, found), "")


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict):
            yield each
