"""Where a picture is to be had at the size needed: addresses of the IIIF Image API.

Levels and forms of size: https://iiif.io/api/image/2.1/compliance/ and https://iiif.io/api/image/3.0/compliance/.
What a service offers is taken from the manifest; asking each for its info.json would double the requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Size = tuple[int, int]

_VERSIONS = (  # in a service's type, context or profile
    (3, re.compile(r"ImageService3|/image/3")),
    (2, re.compile(r"ImageService2|/image/2")),
    (1, re.compile(r"ImageService1|image-api|/image/1")),
)
_LEVEL = re.compile(r"level([012])")
_LEVEL_OF = {"sizeByW": 1, "sizeByConfinedWh": 2}  # features that a service may offer above its level


def picture(body: Any, canvas: Size | None, longest: int) -> str:
    """The address of what an annotation paints, or '' if it is no picture.

    Parameters
    ----------
    body : JSON value
        The annotation's body (version 3) or resource (version 2); of a choice the default is taken.
    canvas : (width, height) or None
        The canvas's size, which stands for the picture's where that is not told.
    longest : int
        Pixels that the longer side should have; a picture is never asked for larger than it is.
    """
    body = _one(body)
    if not isinstance(body, dict) or not _is_picture(body):
        return ""
    own = identity(body)
    for service in _listed(body.get("service")):
        version = _version(service)
        base = identity(service).removesuffix("/info.json").rstrip("/")
        if version and base:
            size = size_of(service) or size_of(body)
            asked = _asked(version, service, size, canvas, longest)
            quality = "native" if version == 1 else "default"
            return f"{base}/full/{asked}/0/{quality}.jpg" if asked else own
    return own


def identity(thing: Mapping[str, Any]) -> str:
    """A resource's address, if it is one on the web; the key lost its '@' with version 3."""
    found = thing.get("id", thing.get("@id"))
    return found if isinstance(found, str) and found.lower().startswith(("http://", "https://")) else ""


def _one(body: Any) -> Any:
    """The picture itself, behind lists, choices and specific resources."""
    for _ in range(4):  # no manifest nests them deeper
        if isinstance(body, list):
            body = body[0] if body else None
        elif isinstance(body, dict):
            inner = body.get("default") or body.get("full") or body.get("source")
            if inner is None and kind(body) == "Choice":
                inner = body.get("items")
            if not isinstance(inner, (dict, list)):
                return body
            body = inner
    return body


def kind(thing: Mapping[str, Any]) -> str:
    """A resource's type without its prefix ('sc:Manifest' is 'Manifest')."""
    found = thing.get("type", thing.get("@type"))
    return found.rpartition(":")[2] if isinstance(found, str) else ""


def _is_picture(body: Mapping[str, Any]) -> bool:
    told = body.get("format")
    return kind(body) == "Image" or (not kind(body) and isinstance(told, str) and told.startswith("image/"))


def _listed(value: Any) -> Iterator[dict[str, Any]]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def _words(service: Mapping[str, Any]) -> str:
    """Type, context and profile in one; a profile may be a list with an object of features in it."""
    found = (service.get(key) for key in ("type", "@type", "@context", "profile"))
    return " ".join(str(each[0] if isinstance(each, list) and each else each) for each in found)


def _version(service: Mapping[str, Any]) -> int:
    words = _words(service)
    return next((version for version, pattern in _VERSIONS if pattern.search(words)), 0)


def _level(service: Mapping[str, Any]) -> int:
    """The level of compliance; 1 where it is not told, which most services reach."""
    found = _LEVEL.search(_words({"profile": service.get("profile")}))
    features = {each for each in _features(service) if isinstance(each, str)}
    return max(int(found[1]) if found else 1, *(_LEVEL_OF.get(each, 0) for each in features), 0)


def _features(service: Mapping[str, Any]) -> Iterator[Any]:
    profile = service.get("profile")
    for each in profile if isinstance(profile, list) else []:
        supports = each.get("supports") if isinstance(each, dict) else None
        yield from supports if isinstance(supports, list) else []
    extra = service.get("extraFeatures")
    yield from extra if isinstance(extra, list) else []


def size_of(thing: Mapping[str, Any]) -> Size | None:
    """Width and height of a canvas or picture, if both are told."""
    width, height = thing.get("width"), thing.get("height")
    if type(width) is int and type(height) is int and width > 0 and height > 0:
        return width, height
    return None


def _asked(
    version: int, service: Mapping[str, Any], size: Size | None, canvas: Size | None, longest: int
) -> str:
    """The size's part of the address; '' where only the address that the manifest gives is safe."""
    whole = "max" if version == 3 else "full"
    shape = size or canvas
    if shape and max(shape) <= longest:
        return whole
    level = _level(service)
    if level == 0:
        return _offered(version, service, longest)
    if level == 2:
        return f"!{longest},{longest}"
    if shape is None:
        return whole if version == 3 else f"{longest},"  # version 3 refuses to enlarge
    return f"{longest}," if shape[0] >= shape[1] else f",{longest}"


def _offered(version: int, service: Mapping[str, Any], longest: int) -> str:
    """The smallest of the sizes that a level 0 service lists and that is large enough, else its largest."""
    sizes = sorted(filter(None, map(size_of, _listed(service.get("sizes")))), key=max)
    if not sizes:
        return ""
    width, height = next((size for size in sizes if max(size) >= longest), sizes[-1])
    return f"{width},{height}" if version == 3 else f"{width},"
