"""Plug-ins by name: loaded on use, and missing ones said in words."""

from __future__ import annotations

import pytest

from cartellino.errors import InputError, MissingExtraError
from cartellino.registry import Registry

SOME = Registry(
    "source",
    {"path": "pathlib:Path", "far": "no_such_package.module:Thing"},
    extras={"far": "train"},
    group="cartellino.none",
)


def test_a_name_loads_its_object() -> None:
    from pathlib import Path

    assert SOME.load("path") is Path


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(InputError, match=r"no source is called 'pth'. There are: far, path."):
        SOME.load("pth")


def test_a_missing_extra_is_a_sentence_with_the_command() -> None:
    with pytest.raises(MissingExtraError, match=r"pip install 'cartellino\[train\]'"):
        SOME.load("far")


def test_a_broken_plug_in_without_an_extra_fails_as_it_is() -> None:
    with pytest.raises(ModuleNotFoundError):
        Registry("source", {"far": "no_such_package:x"}).load("far")
