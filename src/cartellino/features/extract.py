"""Pictures to vectors, on every core, from where it was left."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np

from cartellino.errors import PictureError
from cartellino.features.backbone import Backbone, Session, Vectors
from cartellino.features.store import FeatureStore
from cartellino.progress import Progress, Silent
from cartellino.records import Picture

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.pictures.store import PictureStore

_COMMIT = 256  # vectors kept at a time: a few seconds' work, which is the most that a kill can cost
_AHEAD = 4  # pictures waiting for each worker
