"""What triage did, in sentences for people and in JSON's terms for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cartellino.show import words
from cartellino.triage.calibration import SAMPLED
from cartellino.triage.more import More
from cartellino.triage.promise import Promise, fewest

_NEARLY_ALL = 0.01  # of the works: when no more are left to file, advice would be idle


@dataclass(frozen=True)
class Triaged:
    """What was promised, filed and queued.

    Parameters
    ----------
    label_set, model : str
        Name and version of the label set; name of the model.
    kind : str
        'single' or 'multi'.
    promise : Promise
        What is promised, or why nothing is.
    source : str
        'labelled' or 'sampled': what the promise was measured on.
    filed, review : int
        Works filed by rule, and works for a person.
    sensitive : int
        Of those for a person: works that stood high enough, but whose label says something about a person.
    pending : int
        Of those for a person: works of a random sample that are still to be signed.
    newer : int
        Works that came after the random sample was drawn; the promise was not measured on their like.
    more : More
        What more signed works would buy.
    run : int or None
        Key of the run in the journal; None if nothing was written.
    dry_run : bool
        Whether this only says what would be done.
    """

    label_set: str
    model: str
    kind: str
    promise: Promise
    source: str
    filed: int
    review: int
    sensitive: int
    pending: int
    newer: int
    more: More
    run: int | None
    dry_run: bool

    @property
    def sentence(self) -> str:
        """What is promised, as a sentence."""
        return sentence(self.promise, self.kind, self.source)

    def sentences(self) -> list[str]:
        """What a person should know, the promise first."""
        told = [self.sentence, self._done()]
        if self.sensitive:
            told.append(
                f"{words.count(self.sensitive, 'work')} stood high enough, but under a label about a person "
                "(gender, age, ethnicity, religion); only a person files those."
            )
        if self.pending:
            told.append(
                f"{words.count(self.pending, 'work')} of a random sample come first at the desk, without "
                "suggestions; when all are signed, the promise is measured on them."
            )
        if self.newer:
            told.append(
                f"{words.count(self.newer, 'work')} came after the random sample was drawn, "
                "which says nothing about another kind of works."
            )
        return [*told, *self._advice()]

    def as_dict(self) -> dict[str, Any]:
        """The same in JSON's terms, under stable keys."""
        return {
            "label_set": self.label_set,
            "model": self.model,
            "sentence": self.sentence,
            "promise": self.promise.as_dict(),
            "source": self.source,
            "filed": self.filed,
            "review": self.review,
            "sensitive": self.sensitive,
            "pending": self.pending,
            "newer": self.newer,
            "more": self.more.as_dict(),
            "run": self.run,
            "dry_run": self.dry_run,
        }

    def _done(self) -> str:
        filed, review = words.count(self.filed, "work"), words.count(self.review, "work")
        if self.dry_run:
            return f"It would file {filed} and send {review} to review; nothing was written."
        return f"{filed} filed, {review} sent to review."

    def _advice(self) -> list[str]:
        if self.review - self.sensitive - self.pending <= _NEARLY_ALL * (self.filed + self.review):
            return []
        if self.more.signed:
            offer = words.count(self.more.signed, "more signed work")
            return [f"About {offer} for calibration would let it file about {self.more.filed:,} more."]
        if self.promise.calibration < fewest(self.promise.max_error, self.promise.level):
            return ["Sign more works, or draw a random sample of the backlog: triage --calibrate."]
        return [
            "More signed works for calibration would change little: a better model or a looser limit would."
        ]


def sentence(promise: Promise, kind: str, source: str) -> str:
    """A promise as a sentence; it holds for the works it was measured on, and says which those are."""
    limit, level = _share(promise.max_error), _share(promise.level)
    if promise.threshold is None:
        return f"Nothing can be promised at a limit of {limit}, with {level} confidence: {promise.reason}."
    like = "works like those of the backlog" if source == SAMPLED else "works like those that were labelled"
    wrong = f"at most {limit} of filed labels are wrong"
    if kind == "multi":
        wrong = f"at most {limit} of filed works carry a wrong tag"
    return f"Filed at {stated(promise.threshold)} and above: for {like}, {wrong}, with {level} confidence."


def stated(threshold: float) -> str:
    """A threshold with all its digits, and at least two."""
    digits = f"{threshold:.4f}".rstrip("0")
    return digits.ljust(4, "0")


def _share(share: float) -> str:
    return f"{100 * share:.6g} %"
