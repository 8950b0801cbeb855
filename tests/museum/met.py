"""The Metropolitan Museum's API: https://metmuseum.github.io."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .answers import Answer, Request, told
from .hall import Hall

BASE = "/public/collection/v1"
_DEPARTMENTS = {  # as the API tells them
    1: "American Decorative Arts",
    3: "Ancient West Asian Art",
    4: "Arms and Armor",
    5: "Arts of Africa, Oceania, and the Americas",
    6: "Asian Art",
    7: "The Cloisters",
    8: "The Costume Institute",
    9: "Drawings and Prints",
    10: "Egyptian Art",
    11: "European Paintings",
    12: "European Sculpture and Decorative Arts",
    13: "Greek and Roman Art",
    14: "Islamic Art",
    15: "The Robert Lehman Collection",
    16: "The Libraries",
    17: "Medieval Art",
    18: "Musical Instruments",
    19: "Photographs",
    21: "Modern Art",
}
_IN_RECORDS = {  # its records name these otherwise
    "The American Wing": 1,
    "Robert Lehman Collection": 15,
    "Modern and Contemporary Art": 21,
}
_NUMBERS = {name: number for number, name in _DEPARTMENTS.items()} | _IN_RECORDS
_FIRST_OWN = 101  # departments that the Met has not


def answer(hall: Hall, request: Request) -> Answer | None:
    """The answer to a path below `BASE`; None if there is no such thing."""
    rest = request.path.removeprefix(BASE)
    if rest == "/objects":
        return _listed(_objects(hall, request.query))
    if rest == "/search":
        found = _searched(hall, request.query)
        return told({"total": len(found), "objectIDs": found or None})
    if rest == "/departments":
        named = departments(hall).items()
        return told({"departments": [{"departmentId": n, "displayName": name} for n, name in named]})
    number = rest.removeprefix("/objects/")
    return _object(hall, int(number)) if number.isascii() and number.isdigit() else None


def lost() -> Answer:
    """What is said of an object that is not there."""
    return told({"message": "ObjectID not found"}, 404)


def record(hall: Hall, work: int) -> dict[str, Any]:
    """An object's record, its pictures at this server's addresses.

    As the Met does, it names no pictures of works in copyright, though its site shows them.
    """
    shelf, base = hall.shelf, f"{hall.address}/images"
    shown = dict(shelf.records[work])
    names = [shelf.name(ident) for ident in shelf.views(work)] if shown.get("isPublicDomain", True) else []
    shown["primaryImage"] = f"{base}/original/{names[0]}" if names else ""
    shown["primaryImageSmall"] = f"{base}/{names[0]}" if names else ""
    shown["additionalImages"] = [f"{base}/original/{name}" for name in names[1:]]
    return shown


def departments(hall: Hall) -> dict[int, str]:
    """The departments by number: the Met's, then any others that records name."""
    others = sorted({_department(each) for each in hall.shelf.records.values()} - {*_NUMBERS, ""})
    return _DEPARTMENTS | dict(enumerate(others, start=_FIRST_OWN))


def of_department(hall: Hall, number: int) -> list[int]:
    """The ids of a department's objects."""
    names = {name for name, each in _NUMBERS.items() if each == number} | {departments(hall).get(number)}
    return [work for work, each in hall.shelf.records.items() if _department(each) in names]


def _department(record: dict[str, Any]) -> str:
    return str(record.get("department") or "")


def _object(hall: Hall, work: int) -> Answer:
    if work not in hall.shelf.records:
        return lost()
    return told(record(hall, work), kind="object", key=f"objects/{work}", work=work)


def _listed(found: list[int]) -> Answer:
    return told({"total": len(found), "objectIDs": found})


def _objects(hall: Hall, query: dict[str, str]) -> list[int]:
    """All ids, or those of departments ('3|9|12'), or those whose record changed on a date or after it."""
    found = list(hall.shelf.records)
    if numbers := query.get("departmentIds"):
        wanted = {work for each in numbers.split("|") for work in of_department(hall, _whole(each))}
        found = [work for work in found if work in wanted]
    if since := query.get("metadataDate"):
        found = [work for work in found if str(hall.shelf.records[work].get("metadataDate") or "") >= since]
    return found


def _searched(hall: Hall, query: dict[str, str]) -> list[int]:
    """The ids of what is searched; without 'q' nothing is found, as at the Met."""
    if not (words := query.get("q", "").lower()):
        return []
    found = list(hall.shelf.records)
    if number := query.get("departmentId"):
        found = of_department(hall, _whole(number))
    tests = [_CHOSEN[name] for name in _CHOSEN if query.get(name) == "true"]
    told_in = next((_TOLD_IN[name] for name in _TOLD_IN if query.get(name) == "true"), _everything)
    return [
        work
        for work in found
        if all(test(hall, work) for test in tests)
        and (words == "*" or words in told_in(hall.shelf.records[work]).lower())
    ]


def _pictured(hall: Hall, work: int) -> bool:
    """Whether the site shows a picture: also of works in copyright, whose record then names none."""
    return bool(hall.shelf.views(work))


def _highlight(hall: Hall, work: int) -> bool:
    return bool(hall.shelf.records[work].get("isHighlight"))


def _everything(record: dict[str, Any]) -> str:
    return "\n".join(str(value) for value in record.values() if isinstance(value, str)) + _tags(record)


def _title(record: dict[str, Any]) -> str:
    return str(record.get("title") or "")


def _tags(record: dict[str, Any]) -> str:
    return "\n".join(str(tag.get("term")) for tag in record.get("tags") or ())


def _artist_or_culture(record: dict[str, Any]) -> str:
    return f"{record.get('artistDisplayName') or ''}\n{record.get('culture') or ''}"


def _whole(number: str) -> int:
    return int(number) if number.isascii() and number.isdigit() else -1


_CHOSEN: dict[str, Callable[[Hall, int], bool]] = {"hasImages": _pictured, "isHighlight": _highlight}
_TOLD_IN: dict[str, Callable[[dict[str, Any]], str]] = {
    "title": _title,
    "tags": _tags,
    "artistOrCulture": _artist_or_culture,
}
