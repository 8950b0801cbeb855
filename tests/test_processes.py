"""A process beside this one: what it says is data, and its errors are the same sentences."""

from __future__ import annotations

import io
import sys

import pytest

from cartellino import processes
from cartellino.errors import InputError


def test_messages_are_lines_and_a_torn_one_is_an_end() -> None:
    stream = io.BytesIO()
    processes.say(stream, {"cells": ["Bowl \udc9f", None, "a\nb"], "digest": -(2**63)})
    processes.say(stream, [1])
    whole = stream.getvalue()
    coming = io.BytesIO(whole[:-1])
    assert processes.heard(coming) == {"cells": ["Bowl \udc9f", None, "a\nb"], "digest": -(2**63)}
    with pytest.raises(EOFError):
        processes.heard(coming)


def test_our_errors_come_back_as_they_were_and_others_say_where() -> None:
    found = processes.made(processes.told(InputError("it is empty", "works.csv", "Export it again.")))
    assert isinstance(found, InputError)
    assert str(found) == "works.csv: it is empty. Export it again."
    assert type(processes.made({"kind": "ValueError", "told": ["no"]})) is RuntimeError
    with pytest.raises(KeyError) as caught:
        {}["artist"]
    assert "test_processes.py" in str(processes.made(processes.told(caught.value)))


def test_without_a_python_no_process_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(OSError, match="no Python"):
        processes.begun("cartellino.pictures.worker")
