"""What every address of one running desk shares."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import Request

from cartellino.catalogue import Catalogue
from cartellino.collection import CATALOGUE
from cartellino.settings import Settings
from cartellino.web.evidence import Evidence
from cartellino.web.session import Sessions
from cartellino.web.thumbnails import Thumbnails


class Desk:
    """One collection, opened for one person.

    Parameters
    ----------
    folder : Path
        The collection.
    settings : Settings
        Its settings.
    signer : str
        Whose name goes under decisions; '' takes the settings' or the computer's user.

    Attributes
    ----------
    sessions : Sessions
        Tokens of this process.
    evidence : Evidence
        Look-alike works.
    thumbnails : Thumbnails
        Small pictures.
    """

    def __init__(self, folder: Path, settings: Settings, signer: str = "") -> None:
        self.settings = settings
        self.signer = (
            signer or settings.desk.signer or os.environ.get("CARTELLINO_SIGNER", "") or getpass.getuser()
        )
        self.sessions = Sessions()
        self.evidence = Evidence(folder)
        self.thumbnails = Thumbnails(folder / "pictures")
        self._path = folder / CATALOGUE
        self._idle: list[Catalogue] = []

    @contextmanager
    def catalogue(self) -> Iterator[Catalogue]:
        """The catalogue, for one request.

        Requests run on whichever thread is free, and a connection serves one at a time: there are as many as
        requests ever ran at once, and each is used again.
        """
        try:
            catalogue = self._idle.pop()  # atomic, as append is: no lock is needed
        except IndexError:
            catalogue = Catalogue.open(self._path)
            catalogue.connection.execute(
                "PRAGMA synchronous = FULL"
            )  # what is called signed survives a power cut
        try:
            yield catalogue
        finally:
            self._idle.append(catalogue)

    def close(self) -> None:
        """Let go of the features and the catalogue."""
        self.evidence.close()
        self.release()

    def release(self) -> None:
        """Let go of the catalogue until it is wanted again."""
        while self._idle:
            self._idle.pop().close()


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk
