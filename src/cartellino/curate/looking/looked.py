"""Everything that is looked at for the report of a label set, gathered in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from cartellino.catalogue import Catalogue
from cartellino.catalogue.fields import FieldSummary
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking import guess as guessing
from cartellino.curate.looking.centuries import Centuries, centuries
from cartellino.curate.looking.cues import cues
from cartellino.curate.looking.field import FieldLook
from cartellino.curate.looking.field import look as look_at_field
from cartellino.curate.looking.guess import Guess, guess
from cartellino.curate.looking.network import Seen, seen
from cartellino.curate.looking.pixels import Pixels
from cartellino.curate.looking.pixels import look as look_at_pixels
from cartellino.curate.looking.sample import Sample, draw, largest
from cartellino.curate.looking.shapes import shapes
from cartellino.curate.looking.sheets import Hung, sheets
from cartellino.curate.looking.together import Together, together
from cartellino.features.backbone import Backbone
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress

SHOWN = 60  # classes with pictures on the page, the largest
_MATRIX = 80  # labels beyond which a matrix cannot be read


@dataclass(frozen=True)
class Looked:
    """What there is to tell of a label set; what does not apply is empty, with the reason in `absent`.

    Parameters
    ----------
    label_set : LabelSet
        What was looked at.
    values : FieldLook
        What stands in the field it learns.
    fields : tuple of FieldSummary
        All fields of the catalogue.
    centuries : Centuries or None
        When the works were made.
    together : Together or None
        Which labels come together.
    sample : Sample
        The works that stand for their classes.
    pixels : Pixels
        What their pictures look like.
    shapes : list of dict
        Shape, size, border and origin of the pictures of each class.
    guesses : dict of str to Guess
        How well each trivial cue guesses the labels.
    shown : tuple of int
        Places of the classes that pictures are shown of, the largest first.
    sheets : dict of int to list of Hung
        The sample sheets, by class.
    network : list of Seen
        Works as the backbone gets them.
    absent : dict of str to str
        Sections that are left out, and why.
    """

    label_set: LabelSet
    values: FieldLook
    fields: tuple[FieldSummary, ...]
    centuries: Centuries | None
    together: Together | None
    sample: Sample
    pixels: Pixels
    shapes: list[dict[str, object]]
    guesses: dict[str, Guess]
    shown: tuple[int, ...]
    sheets: dict[int, list[Hung]]
    network: list[Seen]
    absent: dict[str, str] = field(default_factory=dict)


def look(
    catalogue: Catalogue,
    label_set: LabelSet,
    store: PictureStore,
    backbone: Backbone,
    progress: Progress,
    *,
    date_field: str = "",
    seed: int = 0,
) -> Looked:
    """Look at a label set; see `cartellino.curate.looking.report.write`."""
    progress.start("Reading the catalogue", 3, "steps")
    values = look_at_field(catalogue, label_set.definition.field, date_field)
    progress.advance()
    fields = tuple(catalogue.fields.summary())
    progress.advance()
    dated = centuries(catalogue, label_set, values.date_fields)
    sample = draw(catalogue, label_set, seed)
    progress.advance()
    progress.finish()
    pixels = look_at_pixels(sample, store, progress)
    shown = largest(label_set, SHOWN)
    found = Looked(
        label_set=label_set,
        values=values,
        fields=fields,
        centuries=dated,
        together=together(label_set) if len(label_set.classes) <= _MATRIX else None,
        sample=sample,
        pixels=pixels,
        shapes=shapes(sample),
        guesses=_guesses(label_set, sample, pixels, progress, seed),
        shown=shown,
        sheets=sheets(catalogue, sample, store, shown),
        network=seen(catalogue, sample, store, backbone),
    )
    found.absent.update(_absent(found))
    return found


def _guesses(
    label_set: LabelSet, sample: Sample, pixels: Pixels, progress: Progress, seed: int
) -> dict[str, Guess]:
    usable = pixels.seen
    if usable.sum() < guessing.FEWEST or len(np.unique(sample.kin[usable])) < guessing.FOLDS:
        return {}
    found = cues(sample, pixels)
    progress.start("Guessing from trivial cues", len(found), "cues")
    made = {}
    for name, columns in found.items():
        made[name] = guess(columns, sample.truth[usable], sample.kin[usable], label_set.kind, seed)
        progress.advance()
    progress.finish()
    return made


def _absent(found: Looked) -> dict[str, str]:
    """Why what is empty is left out."""
    labels, usable = len(found.label_set.classes), int(found.pixels.seen.sum())
    reasons = {
        "The way to these works": (
            not found.label_set.funnel,
            "the label set was frozen before the steps were kept; define it again to have them",
        ),
        "Centuries": (
            found.centuries is None,
            f"no work of the set has a date in {' or '.join(found.values.date_fields)}"
            if found.values.date_fields
            else "no field holds dates; name one with --date-field",
        ),
        "Labels that come together": (
            found.together is None,
            "each work has one label"
            if found.label_set.kind == "single"
            else f"a matrix of {labels} labels cannot be read",
        ),
        "Pictures": (not usable, "no picture of the sample can be decoded any more; add its source again"),
        "Trivial cues": (
            bool(usable) and not found.guesses,
            f"{usable} pictures are too few for an interval, or show nothing that differs",
        ),
    }
    return {name: reason for name, (left_out, reason) in reasons.items() if left_out}
