"""One coverage-guided fuzzer on one of our doors: python tests/fuzzing.py TARGET -runs=20000 -seed=1.

Uses atheris (libFuzzer for Python). What comes from a museum or a folder may be anything: a door answers with
a work, a picture or a refusal in words, and never with another exception.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["cartellino"]):
    from cartellino.acquire.museums.aic import AicSource
    from cartellino.acquire.museums.iiif.manifest import Manifest, read
    from cartellino.acquire.museums.met import MetSource
    from cartellino.acquire.remote.bringing import Document
    from cartellino.curate.definition import LabelDefinition
    from cartellino.errors import CartellinoError
    from cartellino.pictures.decode import decode
    from cartellino.records import Rejected, Work
    from cartellino.settings import PictureSettings

_MET, _AIC = MetSource(additional=True), AicSource(additional=True)
_SMALL = PictureSettings(max_megapixels=4, longest_side=64)


def met(data: bytes) -> None:
    """A record of the Met."""
    for item in _MET._of(Document(1, f"{_MET.address}/objects/34", data)):
        assert isinstance(item, Rejected) or (isinstance(item, Work) and len(item.cells) == len(_MET.columns))


def aic(data: bytes) -> None:
    """A page of the Art Institute of Chicago."""
    for item in _AIC._of(Document(1, _AIC.address, data)):
        assert isinstance(item, Rejected) or (isinstance(item, Work) and len(item.cells) == len(_AIC.columns))


def iiif(data: bytes) -> None:
    """A IIIF document."""
    import json

    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(document, dict):
        assert isinstance(read(document, "https://museum.org/34", "en", 1024), (Manifest, str))


def definition(data: bytes) -> None:
    """The definition of a label set."""
    told = data.decode("utf-8", "replace")
    read_ = LabelDefinition.from_toml(told)
    assert LabelDefinition.from_toml(read_.to_toml()) == read_


def picture(data: bytes) -> None:
    """The picture door."""
    decoded = decode(data, _SMALL)
    assert max(decoded.image.size) <= _SMALL.longest_side


TARGETS: dict[str, Callable[[bytes], None]] = {
    "met": met,
    "aic": aic,
    "iiif": iiif,
    "definition": definition,
    "picture": picture,
}


def main() -> None:
    """Fuzz the target that the first argument names; libFuzzer takes the others."""
    target = TARGETS[sys.argv.pop(1)]

    def one(data: bytes) -> None:
        try:
            target(data)
        except CartellinoError:
            return  # refused in words

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
