"""The things that pass between rooms; each is frozen, and none knows where it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """The parts of a split."""

    TRAIN = "train"
    VALIDATION = "validation"
    CALIBRATION = "calibration"
    TEST = "test"


class DecisionKind(StrEnum):
    """What can be decided about a work under a label set."""

    FILED = "filed"  # by rule, under a stated error limit
    REVIEW = "review"  # sent to a person, with the reason
    SIGNED = "signed"  # by a person
    SKIPPED = "skipped"  # a person looked and put it off
    WITHDRAWN = "withdrawn"  # takes back an earlier decision, which stays on record


@dataclass(frozen=True, slots=True)
class Work:
    """One catalogued object, as a source yields it.

    Parameters
    ----------
    id : str
        The museum's own id, as written.
    line : int
        Its line (table), record or file number in the source, from 1.
    cells : tuple of (str or None)
        One cell for each of the source's columns, as written; None where the row ends early.
    accession, title : str
        Accession number and title, or ''.
    several : tuple of (int, tuple of str)
        Columns (by position) that hold several values, and those in their order; blanks keep their place.
        What cutting a cell at the source's separator gives back need be told only once for each column.
    pictures : tuple of str
        Files of its pictures, as the source names them, best first.
    text : str
        The row as it came, if nothing else decides what is read out of it; else ''.
    """

    id: str
    line: int
    cells: tuple[str | None, ...]
    accession: str = ""
    title: str = ""
    several: tuple[tuple[int, tuple[str, ...]], ...] = ()
    pictures: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A row whose text is what it was when the catalogue took it in, and which was therefore not read."""

    line: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, record or file that a source could not use, kept so that nothing is lost."""

    line: int
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a source: its header as written, the name of its field, and what it is for."""

    header: str
    name: str
    role: str = ""  # 'id', 'accession', 'title', 'picture', 'rights', 'public domain' or ''


@dataclass(frozen=True, slots=True)
class Trim:
    """The part of a picture inside its border, in pixels; left and top inclusive, right and bottom not."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One image of a work, decoded once and kept.

    Parameters
    ----------
    digest : str
        SHA-256 of the file as it came: the picture's name everywhere.
    file : str
        Where it is kept, below ``pictures/`` with forward slashes.
    width, height : int
        Size as kept, in pixels.
    trim : Trim
        What lies inside its border.
    fingerprint : int
        64-bit perceptual hash, for near-duplicates.
    format : str
        'JPEG', 'PNG', 'TIFF' or 'WEBP', as sniffed from the bytes.
    changes : tuple of str
        What was done to it on arrival, in words ('turned by its EXIF orientation').
    """

    digest: str
    file: str
    width: int
    height: int
    trim: Trim
    fingerprint: int
    format: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One label and the probability a model gives it."""

    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a work under a label set; never changed, only followed by another.

    Parameters
    ----------
    work : int
        The work's key in the catalogue.
    label_set : int
        Key of the label set.
    kind : DecisionKind
        Filed, sent to review, signed, skipped or withdrawn.
    labels : tuple of str
        The labels decided on (one for a single-label set; empty for 'none of these').
    reason : str
        Why, as a sentence.
    probability : float or None
        The model's probability for it, where a model spoke.
    model : int or None
        Key of that model.
    by : str
        A person's name, or 'rule'.
    seen : str
        JSON of what the person saw (suggestions, evidence, blind or not).
    withdraws : int or None
        The decision that a withdrawal takes back.
    id, at : int, str
        Given by the journal.
    """

    work: int
    label_set: int
    kind: DecisionKind
    labels: tuple[str, ...]
    reason: str
    probability: float | None = None
    model: int | None = None
    by: str = "rule"
    seen: str = "{}"
    withdraws: int | None = None
    id: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an artefact came from; written beside everything that is saved."""

    version: str
    created_at: str
    seed: int
    label_set: str = ""  # name@version, with its hash in label_set_hash
    label_set_hash: str = ""
    backbone: str = ""
    backbone_hash: str = ""
    libraries: dict[str, str] = field(default_factory=dict)
    training_seconds: float | None = None  # of learning alone; None where nothing was learnt or timed
