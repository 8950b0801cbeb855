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
        A registered backbone, with its layout after a colon if not the default (``lite2:head``), and how
        it looks at pictures after an at sign (``lite2@mirror``). Where nothing is said ``lite2``, as
        collections had it that were made before layouts could be joined; new ones say ``lite2:all+gram``.
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
class FetchSettings:
    """How the web is asked.

    Parameters
    ----------
    contact : str
        An address that museums may write to, sent with every request.
    allow : tuple of str
        Hosts (``name`` or ``name:port``) that may be fetched from although their addresses are private.
    ignore_robots : tuple of str
        Hosts whose robots.txt and ``X-Robots-Tag`` are not heeded, because the museum has agreed in writing.
    max_megabytes : float
        Larger answers are refused.
    timeout : float
        Seconds without a byte before a request is given up.
    total : float
        Seconds that one answer may take in all.
    fastest : float
        Requests a second to any host, at most.
    """

    contact: str = ""
    allow: tuple[str, ...] = ()
    ignore_robots: tuple[str, ...] = ()
    max_megabytes: float = 100.0
    timeout: float = 30.0
    total: float = 300.0
    fastest: float = 80.0


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one collection."""

    name: str = ""
    pictures: PictureSettings = field(default_factory=PictureSettings)
    features: FeatureSettings = field(default_factory=FeatureSettings)
    desk: DeskSettings = field(default_factory=DeskSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)


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
    sections = {
        "pictures": PictureSettings,
        "features": FeatureSettings,
        "desk": DeskSettings,
        "fetch": FetchSettings,
    }
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
        if not _fits(value, known[key]):
            raise InputError(f"'{key}' should be {_named(known[key])}, not {value!r}", where, "Correct it.")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in told.items()})


def _fits(value: object, default: object) -> bool:
    if isinstance(default, tuple):  # of texts: no setting lists anything else
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(value, bool) and not isinstance(default, bool):
        return False
    return isinstance(value, (int, float) if isinstance(default, float) else type(default))


def _named(default: object) -> str:
    names = {
        str: "a text in quotes",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        tuple: "a list of texts in quotes",
    }
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
backbone = "lite2:all+gram"   # a backbone, its layout, and how it looks at pictures
# workers = 0                 # inference sessions of one thread each; 0: one for each core

[desk]
# host = "127.0.0.1"
# port = 8000
# signer = ""                 # the name that signs; '' takes the name of the computer's user

[fetch]
# contact = ""                # where a museum may write to; sent with every request
# allow = []                  # hosts ("name" or "name:port") that may be fetched from at a private address
# ignore_robots = []          # hosts whose robots.txt is not heeded, because the museum agreed in writing
# max_megabytes = 100.0       # larger answers are refused
# timeout = 30.0              # seconds without a byte before a request is given up
# total = 300.0               # seconds that one answer may take in all
# fastest = 80.0              # requests a second to any host, at most
"""
