"""Definitions that are written down: those of the five studies, shipped with Cartellino, and one's own."""

from __future__ import annotations

from pathlib import Path

from cartellino.curate.definition import LabelDefinition
from cartellino.errors import InputError
from cartellino.files import readable, shipped

_FOLDER = "recipes/labels"


def names() -> list[str]:
    """The names of the shipped definitions."""
    return list(shipped(_FOLDER))


def definition(told: str | Path) -> tuple[LabelDefinition, Path | None]:
    """A definition, and the folder that its file lies in; None for a shipped one.

    Raises
    ------
    InputError
        If there is none of that name, or the file is missing or not in UTF-8.
    LabelError
        If it is not TOML, or a rule is wrong.
    """
    known = shipped(_FOLDER)
    if str(told) in known:
        return LabelDefinition.from_toml(known[str(told)].read_text("utf-8"), f"definition '{told}'"), None
    path = Path(told)
    if path.suffix != ".toml":
        raise InputError(
            f"no definition is called '{told}'", "", f"There are: {', '.join(known)}; or name a .toml file."
        )
    try:
        text = readable(path, "definition").read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the definition is not in UTF-8", str(path), "Save it as UTF-8.") from error
    return LabelDefinition.from_toml(text, str(path)), path.parent
