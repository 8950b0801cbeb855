"""What is asked of the web, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted from the web.

    Parameters
    ----------
    address : str
        An http or https address.
    accept : str
        The media types wanted, as the header ``Accept`` says them (RFC 9110, 12.5.1).
    etag, modified : str
        ``ETag`` and ``Last-Modified`` of the copy that is held; an answer that it is unchanged is not fresh.
    most_bytes : int
        Larger answers are refused; 0 takes the settings' limit.
    key : int
        The asker's own mark, which comes back with the answer.
    """

    address: str
    accept: str = "*/*"
    etag: str = ""
    modified: str = ""
    most_bytes: int = 0
    key: int = 0


@dataclass(frozen=True, slots=True)
class Got:
    """An answer.

    Parameters
    ----------
    asked : Asked
        What was asked.
    data : bytes
        The body, unpacked; empty where it is not fresh.
    fresh : bool
        False if the museum says that the copy held is still good (304).
    etag, modified : str
        ``ETag`` and ``Last-Modified``, to be sent along next time; '' where the museum gave none.
    media_type : str
        As the museum claims, in lower case without parameters; not to be believed.
    attempts : int
        How many requests it took, redirects not counted.
    noai : bool
        Whether ``X-Robots-Tag`` asks that it not be used for machine learning.
    """

    asked: Asked
    data: bytes
    fresh: bool
    etag: str
    modified: str
    media_type: str
    attempts: int
    noai: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer.

    Parameters
    ----------
    asked : Asked
        What was asked.
    reason : str
        Why, as a clause; the same for all that failed alike, so that reasons can be counted.
    lasting : bool
        Whether asking again cannot help.
    attempts : int
        How many requests were made, redirects not counted; 0 if none was.
    """

    asked: Asked
    reason: str
    lasting: bool
    attempts: int


class Watch(Protocol):
    """Who is told how fetching goes; called in the thread that asks, once for each answer."""

    def answered(self, answer: Got | Failed, pace: dict[str, tuple[float, float]]) -> None:
        """Take note of an answer, and of each host's rate now and allowed rate, in requests a second."""
