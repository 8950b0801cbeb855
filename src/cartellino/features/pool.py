"""Pictures to vectors on every core: threads with a one-thread session each."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Generic, TypeVar

import numpy as np

from cartellino.errors import PictureError
from cartellino.features.backbone import Backbone, Session, Vectors
from cartellino.features.preprocessing import Shown

_HANDFUL = 8  # pictures handed to a worker at a time
_AHEAD = 2  # handfuls waiting for each worker

Key = TypeVar("Key")


class Pool(Generic[Key]):
    """Threads that decode and infer in turn; whatever is still waiting when it closes is dropped.

    Parameters
    ----------
    backbone : Backbone
        What turns pictures into vectors.
    workers : int
        Threads; 0 means one for each core.
    """

    def __init__(self, backbone: Backbone, workers: int = 0) -> None:
        workers = workers or os.cpu_count() or 1
        self._backbone, self._most = backbone, workers * _AHEAD
        self._own = threading.local()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="features")

    def __enter__(self) -> Pool[Key]:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def embedded(self, pictures: Iterable[tuple[Key, Shown]]) -> Iterator[tuple[Key, Vectors | PictureError]]:
        """Each key with its picture's vector (1, width), or why it has none, in the order of `pictures`.

        Only a few pictures are held at a time.
        """
        waiting: deque[Future[list[tuple[Key, Vectors | PictureError]]]] = deque()
        remaining = iter(pictures)
        while handful := list(islice(remaining, _HANDFUL)):
            waiting.append(self._threads.submit(self._embed, handful))
            if len(waiting) > self._most:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    def _embed(self, handful: list[tuple[Key, Shown]]) -> list[tuple[Key, Vectors | PictureError]]:
        session = self._session()
        outcomes: list[tuple[Key, Vectors | PictureError]] = []
        for key, shown in handful:
            try:
                pixels = self._backbone.prepare(shown.file, shown.trim)
            except PictureError as error:
                outcomes.append((key, error))
            else:
                outcomes.append((key, session(pixels[np.newaxis])))
        return outcomes

    def _session(self) -> Session:
        if not hasattr(self._own, "session"):  # made by the threads themselves, side by side, when needed
            (self._own.session,) = self._backbone.sessions(1)
        session: Session = self._own.session
        return session
