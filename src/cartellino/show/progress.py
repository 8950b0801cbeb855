"""One line that says how far work has come, how fast it goes, and how long it still takes."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from types import TracebackType
from typing import TextIO

from cartellino.show.words import count, duration, number

_REDRAWN = 0.1  # seconds between two drawings: ten a second is as much as one reads
_WINDOW = 20.0  # seconds over which the rate is taken
_LONGEST_BAR, _SHORTEST_BAR = 24, 4
_GAP = "  "
_FALLBACK_WIDTH = 80


class Bar:
    """Progress on standard error: one line redrawn in place, or only its last state where no terminal is.

    Implements `cartellino.progress.Progress`. Any thread may advance it.

    Parameters
    ----------
    stream : text stream, optional
        Where to write; standard error if not given.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._lock = threading.Lock()
        self._task, self._note, self._done = "", "", 0

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        """Begin `task`, of `total` units if known; one still under way is finished first."""
        self.finish()
        with self._lock:
            self._task, self._total, self._unit, self._done = task, total, unit, 0
            self._note = ""
            self._begun = self._drawn = time.monotonic()
            self._seen = deque([(self._begun, 0)])
            self._draw(self._line())

    def advance(self, count: int = 1) -> None:
        """Say that `count` more units are done."""
        with self._lock:
            self._done += count
            now = time.monotonic()
            if self._live and self._task and now - self._drawn >= _REDRAWN:
                self._drawn = now
                self._remember(now)
                self._draw(self._line())

    def note(self, text: str) -> None:
        """Say `text` at the end of the line, from its next drawing on."""
        with self._lock:
            self._note = text

    def finish(self) -> None:
        """End the current task, and leave one line that says what was done."""
        with self._lock:
            if self._task:
                self._wipe()
                self._write(f"{self._last_line()}\n")
                self._task = ""

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.finish()
        elif self._task:
            self._wipe()
            self._task = ""

    def _remember(self, now: float) -> None:
        self._seen.append((now, self._done))
        while len(self._seen) > 2 and now - self._seen[0][0] > _WINDOW:
            self._seen.popleft()

    def _rate(self) -> float:
        (then, before), (now, done) = self._seen[0], self._seen[-1]
        return (done - before) / (now - then) if now > then else 0.0

    def _line(self) -> str:
        told = self._told()
        room = _columns(self._stream) - 1 - sum(len(part) + len(_GAP) for part in told)
        if self._total and room >= _SHORTEST_BAR:
            told.insert(1, self._bar(self._done / self._total, min(_LONGEST_BAR, room)))
        return _GAP.join(told)

    def _told(self) -> list[str]:
        told = [self._task]
        if self._total:
            told.append(f"{number(self._done)} of {self._counted(self._total)}")
        elif self._done:
            told.append(self._counted(self._done))
        rate = self._rate()
        if rate:
            told.append(_rate_in_words(rate))
        if rate and self._total and self._total > self._done:
            told.append(f"{duration((self._total - self._done) / rate)} left")
        return [*told, self._note] if self._note else told

    def _last_line(self) -> str:
        took = time.monotonic() - self._begun
        if not self._done and not self._total:
            return f"{self._task}: done in {duration(took)}"
        pace = f" ({_rate_in_words(self._done / took)})" if took >= 1 and self._done else ""
        so_far = f"{number(self._done)} of " if self._total and self._done != self._total else ""
        counted = self._counted(self._total if so_far and self._total else self._done)
        return f"{self._task}: {so_far}{counted} in {duration(took)}{pace}"

    def _counted(self, n: int) -> str:
        if not self._unit:
            return number(n)
        if self._unit.endswith("s") and not self._unit.endswith("ss"):
            return f"{number(n)} {self._unit}"
        return count(n, self._unit)

    def _bar(self, share: float, length: int) -> str:
        full, empty = ("━", "─") if self._can_write("━─") else ("#", "-")
        filled = min(length, round(length * share))
        return full * filled + empty * (length - filled)

    def _can_write(self, signs: str) -> bool:
        try:
            signs.encode(getattr(self._stream, "encoding", None) or "ascii")
        except UnicodeEncodeError:
            return False
        return True

    def _draw(self, line: str) -> None:
        if self._live:
            width = _columns(self._stream) - 1  # a full last column would wrap on some terminals
            self._write(f"\r{line[:width]:<{width}}")

    def _wipe(self) -> None:
        if self._live:
            self._write(blank_line(self._stream))

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _rate_in_words(rate: float) -> str:
    if rate >= 10:
        return f"{number(round(rate))} a second"
    return f"{rate:.1f} a second" if rate >= 0.1 else f"{rate * 60:.1f} a minute"


def blank_line(stream: TextIO) -> str:
    """What empties the current line of a terminal and returns to its start, without escape codes."""
    return f"\r{' ' * (_columns(stream) - 1)}\r"


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or _FALLBACK_WIDTH
    except (OSError, ValueError):
        return _FALLBACK_WIDTH
