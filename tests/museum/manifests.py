"""The IIIF Presentation API, versions 2.1 and 3.0: objects as manifests, departments as collections.

In version 2 a large department is told in pages (https://iiif.io/api/presentation/2.1/#paging-collections);
version 3 has none.
"""

from __future__ import annotations

from typing import Any

from . import met
from .answers import Answer, told
from .hall import Hall

_PAGE = 100
_NAME = "A museum to test against"
_CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"
_LABELS = {
    "Artist": "artistDisplayName",
    "Date": "objectDate",
    "Culture": "culture",
    "Medium": "medium",
    "Dimensions": "dimensions",
    "Department": "department",
    "Classification": "classification",
    "Accession Number": "accessionNumber",
}


def manifest(hall: Hall, version: str, ident: str) -> Answer | None:
    """The manifest of an object."""
    if not ident.isdigit() or (work := int(ident)) not in hall.shelf.records:
        return None
    shown = _manifest_2(hall, work) if version == "2" else _manifest_3(hall, work)
    return told(shown, media_type=_media_type(version), kind="object", key=f"objects/{work}", work=work)


def collection(hall: Hall, version: str, rest: list[str]) -> Answer | None:
    """The collection of all departments, one of them, or a page of it (version 2)."""
    if not all(each.isascii() and each.isdigit() for each in rest):
        return None
    base = f"{hall.address}/iiif/{version}"
    if not rest:
        named = {n: name for n, name in met.departments(hall).items() if met.of_department(hall, n)}
        parts = [(f"{base}/collection/{n}", name) for n, name in named.items()]
        return told(_collection(version, f"{base}/collection", _NAME, "Collection", parts))
    found = met.of_department(hall, int(rest[0]))
    if not found or len(rest) > (2 if version == "2" else 1):
        return None
    name = met.departments(hall)[int(rest[0])]
    if version == "2" and (len(found) > _PAGE or len(rest) == 2):
        return _paged(hall, name, found, rest)
    return told(
        _collection(version, f"{base}/collection/{rest[0]}", name, "Manifest", _listed(hall, version, found))
    )


def _media_type(version: str) -> str:
    return f'application/ld+json;profile="http://iiif.io/api/presentation/{version}/context.json"'


def _listed(hall: Hall, version: str, works: list[int]) -> list[tuple[str, str]]:
    return [
        (f"{hall.address}/iiif/{version}/{work}/manifest.json", _title(hall.shelf.records[work]))
        for work in works
    ]


def _collection(
    version: str, address: str, name: str, kind: str, parts: list[tuple[str, str]]
) -> dict[str, Any]:
    if version == "2":
        told_as = {"Collection": "collections", "Manifest": "manifests"}[kind]
        members = [{"@id": each, "@type": f"sc:{kind}", "label": label} for each, label in parts]
        return _head_2(address, "sc:Collection", name) | {told_as: members}
    items = [{"id": each, "type": kind, "label": {"en": [label]}} for each, label in parts]
    return _head_3(address, "Collection", name) | {"items": items}


def _paged(hall: Hall, name: str, found: list[int], rest: list[str]) -> Answer | None:
    """A department in pages: without a page's number, where the first page is."""
    address = f"{hall.address}/iiif/2/collection/{rest[0]}"
    if len(rest) == 1:
        head = _head_2(address, "sc:Collection", name)
        return told(head | {"total": len(found), "first": f"{address}/1"})
    number = int(rest[1])
    start = (number - 1) * _PAGE
    if not 0 <= start < len(found):
        return None
    parts = _listed(hall, "2", found[start : start + _PAGE])
    shown = _collection("2", f"{address}/{number}", name, "Manifest", parts)
    shown |= {"within": address, "startIndex": start}
    if start + _PAGE < len(found):
        shown["next"] = f"{address}/{number + 1}"
    return told(shown)


def _title(record: dict[str, Any]) -> str:
    return str(record.get("title") or "Untitled")


def _rights(record: dict[str, Any]) -> str:
    return _CC0 if record.get("isPublicDomain") else _IN_COPYRIGHT


def _metadata(record: dict[str, Any]) -> list[tuple[str, list[str]]]:
    told = [(label, [str(record[key])]) for label, key in _LABELS.items() if record.get(key)]
    tags = [str(tag.get("term")) for tag in record.get("tags") or ()]
    return [*told, ("Tags", tags)] if tags else told


def _head_2(address: str, kind: str, label: str) -> dict[str, Any]:
    context = "http://iiif.io/api/presentation/2/context.json"
    return {"@context": context, "@id": address, "@type": kind, "label": label}


def _head_3(address: str, kind: str, label: str) -> dict[str, Any]:
    context = "http://iiif.io/api/presentation/3/context.json"
    return {"@context": context, "id": address, "type": kind, "label": {"en": [label]}}


def _manifest_2(hall: Hall, work: int) -> dict[str, Any]:
    record = hall.shelf.records[work]
    address = f"{hall.address}/iiif/2/{work}"
    told = [
        {"label": label, "value": values if len(values) > 1 else values[0]}
        for label, values in _metadata(record)
    ]
    canvases = [_canvas_2(hall, address, ident) for ident in hall.shelf.views(work)]
    return _head_2(f"{address}/manifest.json", "sc:Manifest", _title(record)) | {
        "metadata": told,
        "license": _rights(record),
        "attribution": str(record.get("creditLine") or ""),
        "sequences": [{"@type": "sc:Sequence", "canvases": canvases}],
    }


def _canvas_2(hall: Hall, address: str, ident: str) -> dict[str, Any]:
    width, height = hall.shelf.size(ident)
    service = f"{hall.address}/iiif/2/{ident}"
    canvas = {"@id": f"{address}/canvas/{ident}", "@type": "sc:Canvas", "label": ident}
    resource = {
        "@id": f"{service}/full/full/0/default.jpg",
        "@type": "dctypes:Image",
        "format": "image/jpeg",
        "service": {
            "@context": "http://iiif.io/api/image/2/context.json",
            "@id": service,
            "profile": "http://iiif.io/api/image/2/level2.json",
        },
    }
    shown = {"@type": "oa:Annotation", "motivation": "sc:painting", "on": canvas["@id"], "resource": resource}
    return {**canvas, "width": width, "height": height, "images": [shown]}


def _manifest_3(hall: Hall, work: int) -> dict[str, Any]:
    record = hall.shelf.records[work]
    address = f"{hall.address}/iiif/3/{work}"
    told = [{"label": {"en": [label]}, "value": {"none": values}} for label, values in _metadata(record)]
    shown = _head_3(f"{address}/manifest.json", "Manifest", _title(record)) | {
        "metadata": told,
        "rights": _rights(record),
        "items": [_canvas_3(hall, address, ident) for ident in hall.shelf.views(work)],
    }
    if credit := record.get("creditLine"):
        shown["requiredStatement"] = {"label": {"en": ["Attribution"]}, "value": {"en": [str(credit)]}}
    return shown


def _canvas_3(hall: Hall, address: str, ident: str) -> dict[str, Any]:
    width, height = hall.shelf.size(ident)
    service = f"{hall.address}/iiif/3/{ident}"
    canvas = f"{address}/canvas/{ident}"
    body = {
        "id": f"{service}/full/max/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": [{"id": service, "type": "ImageService3", "profile": "level2"}],
    }
    painting = {"id": f"{canvas}/annotation", "type": "Annotation", "motivation": "painting", "body": body}
    painting["target"] = canvas
    pages = [{"id": f"{canvas}/page", "type": "AnnotationPage", "items": [painting]}]
    return {"id": canvas, "type": "Canvas", "width": width, "height": height, "items": pages}
