"""Pictures are looked at once, and their faults are read at once."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from cartellino.collection import Collection
from cartellino.suspects import looking
from cartellino.suspects.measures import VERSION


def test_a_picture_is_measured_once(museum: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: Counter[str] = Counter()
    real = looking.measured

    def counting(path: object, picture: object) -> dict[str, float]:
        measured[picture.digest] += 1  # type: ignore[attr-defined]
        return real(path, picture)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "measured", counting)
    museum.catalogue.connection.execute("DELETE FROM picture_look WHERE picture % 3 = 0")
    gone = len(museum.catalogue.looks.missing(VERSION))
    assert gone > 10
    assert looking.look(museum.catalogue, museum.pictures) == []
    assert looking.look(museum.catalogue, museum.pictures) == []
    assert len(measured) == gone
    assert set(measured.values()) == {1}
    assert museum.catalogue.looks.missing(VERSION + 1) != []  # other measures: looked at anew


def test_what_was_measured_before_a_stop_is_kept(museum: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    museum.catalogue.connection.execute("DELETE FROM picture_look")
    total = len(museum.catalogue.looks.missing(VERSION))
    monkeypatch.setattr(looking, "_BATCH", 10)
    real, seen = looking.measured, threading.Semaphore(40)

    def stopped(path: object, picture: object) -> dict[str, float]:
        if not seen.acquire(blocking=False):
            raise KeyboardInterrupt
        return real(path, picture)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "measured", stopped)
    with pytest.raises(KeyboardInterrupt):
        looking.look(museum.catalogue, museum.pictures, workers=1)
    assert 30 <= total - len(museum.catalogue.looks.missing(VERSION)) <= 40


def test_a_file_that_went_is_said_and_stops_nobody(museum: Collection) -> None:
    museum.catalogue.connection.execute("DELETE FROM picture_look")
    first = museum.catalogue.looks.missing(VERSION)[0]
    museum.pictures.path(first).write_bytes(b"no picture any more")
    ((file, reason),) = looking.look(museum.catalogue, museum.pictures)
    assert file == first.file
    assert reason.startswith("it cannot be read any more")
    assert [each.digest for each in museum.catalogue.looks.missing(VERSION)] == [first.digest]
