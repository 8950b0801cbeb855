"""What a collection may be told, in ``cartellino.toml``; every setting has a default and a sentence."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from cartellino.errors import InputError

FILE = "cartellino.toml"


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """How pictures are made trustworthy on arrival.

    Parameters
    ----------
    background : str
        Colour under transparency, as ``#rrggbb``.
    max_megapixels : float
        Larger pictures are quarantined before they are decoded.
    longest_side : int
        Kept pictures are reduced to this many pixels.
    """

    background: str = "#ffffff"
    max_megapixels: float = 200.0
    longest_side: int = 2048


@dataclass(frozen=True, slots=True)
class FeatureSettings:
    """How pictures are turned into numbers.

    Parameters
    ----------
    backbone : str
        A registered backbone, with its layout after a colon if not the default (``lite2:head``).
    workers : int
        Inference sessions of one thread each; 0 means one for each core.
    """

    backbone: str = "lite2"
    workers: int = 0


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """How the review desk is served.

    Parameters
    ----------
    host : str
        Address to listen on; a loopback address.
    port : int
        Port to listen on; 0 takes a free one.
    signer : str
        Name that signs decisions; '' takes the name of the computer's user.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one collection."""

    name: str = ""
    pictures: PictureSettings = field(default_factory=PictureSettings)
    features: FeatureSettings = field(default_factory=FeatureSettings)
    desk: DeskSettings = field(default_factory=DeskSettings)


def load(path: Path) -> Settings:
    """Read the settings of a collection.

    Raises
    ------
    InputError
        If the file is not TOML, or holds a setting that is unknown or of another type.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the settings cannot be read: {error}", str(path), "Mend that line.") from error
    sections = {"pictures": PictureSettings, "features": FeatureSettings, "desk": DeskSettings}
    values: dict[str, Any] = {}
    for key, value in told.items():
        if key in sections and isinstance(value, dict):
            values[key] = _section(sections[key], value, f"{path} [{key}]")
        else:
            values[key] = value
    loaded: Settings = _section(Settings, values, str(path))
    return loaded


def _section(kind: type[Any], told: dict[str, Any], where: str) -> Any:
    known = {entry.name: getattr(kind(), entry.name) for entry in fields(kind)}
    for key, value in told.items():
        if key not in known:
            raise InputError(f"there is no setting '{key}'", where, f"There are: {', '.join(sorted(known))}.")
        default = known[key]
        fits = isinstance(value, (int, float) if isinstance(default, float) else type(default))
        if not fits or (isinstance(value, bool) and not isinstance(default, bool)):
            raise InputError(f"'{key}' should be {_named(default)}, not {value!r}", where, "Correct it.")
    return kind(**told)


def _named(default: object) -> str:
    names = {str: "a text in quotes", int: "a whole number", float: "a number", bool: "true or false"}
    return names.get(type(default), "a section")


def written(name: str) -> str:
    """The settings file of a new collection: every setting, at its default, with its sentence."""
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _TEMPLATE.replace("{name}", quoted)


_TEMPLATE = """\
# The settings of this collection. What is commented out is at its default.
name = {name}

[pictures]
# background = "#ffffff"      # under transparency
# max_megapixels = 200.0      # larger pictures are quarantined before they are decoded
# longest_side = 2048         # kept pictures are reduced to this many pixels

[features]
# backbone = "lite2"          # with a layout: "lite2:head"
# workers = 0                 # inference sessions of one thread each; 0: one for each core

[desk]
# host = "127.0.0.1"
# port = 8000
# signer = ""                 # the name that signs; '' takes the name of the computer's user
"""
