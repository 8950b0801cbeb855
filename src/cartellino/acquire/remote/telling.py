"""Tells a person how fetching goes: the rate that is allowed, and what was not had."""

from __future__ import annotations

from cartellino.acquire.fetch.asked import Failed, Got
from cartellino.progress import Progress


class Telling:
    """Watches the downloader, and notes what it sees beside the progress.

    Parameters
    ----------
    progress : Progress
        Who is told.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress, self._failed = progress, 0

    def answered(self, answer: Got | Failed, pace: dict[str, tuple[float, float]]) -> None:
        """Note the slowest host's allowed rate, and how many addresses failed."""
        self._failed += isinstance(answer, Failed)
        allowed = min((rate for _, rate in pace.values()), default=0.0)
        failures = f", {self._failed:,} not had" if self._failed else ""
        self._progress.note(f"{allowed:.3g} a second allowed{failures}")
