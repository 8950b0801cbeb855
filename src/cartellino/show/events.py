"""Progress for machines: one JSON object on each line of standard error."""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import TextIO

_EVERY = 1.0  # seconds between two events of one task


class Events:
    """Progress as events: ``{"task", "event", "done", "total", "unit", "seconds", "note"}``.

    Implements `cartellino.progress.Progress`; ``event`` is 'start', 'progress' or 'finish'. Any thread may
    advance it.

    Parameters
    ----------
    stream : text stream, optional
        Where to write; standard error if not given.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._lock = threading.Lock()
        self._task, self._unit, self._note = "", "", ""
        self._total: int | None = None
        self._done, self._begun, self._told = 0, 0.0, 0.0

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        """Begin `task`, of `total` units if known; one still under way is finished first."""
        self.finish()
        with self._lock:
            self._task, self._total, self._unit, self._note, self._done = task, total, unit, "", 0
            self._begun = time.monotonic()
            self._tell("start")

    def advance(self, count: int = 1) -> None:
        """Say that `count` more units are done."""
        with self._lock:
            self._done += count
            if self._task and time.monotonic() - self._told >= _EVERY:
                self._tell("progress")

    def note(self, text: str) -> None:
        """Say `text` in the next event."""
        with self._lock:
            self._note = text

    def finish(self) -> None:
        """End the current task."""
        with self._lock:
            if self._task:
                self._tell("finish")
                self._task = ""

    def _tell(self, event: str) -> None:
        self._told = time.monotonic()
        told = {
            "event": event,
            "task": self._task,
            "done": self._done,
            "total": self._total,
            "unit": self._unit,
            "seconds": round(self._told - self._begun, 1),
            "note": self._note,
        }
        self._stream.write(json.dumps(told, ensure_ascii=False) + "\n")
        self._stream.flush()
