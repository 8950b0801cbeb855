"""Whether a trivial cue predicts the label, said plainly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cartellino.curate.looking.cues import ALL, BACKGROUND, BORDER, WHAT
from cartellino.curate.looking.guess import Guess
from cartellino.show import words

_CLEAR = 0.1  # of what chance leaves to be known
# Share found less share mistaken: 0 for any guesser that does not look, 1 for one that knows.
_GIVEN_AWAY = 1 / 3


def is_clear(guess: Guess) -> bool:
    """Whether a cue is surely better than chance, and by so much that it matters."""
    surely = guess.low > max(guess.frequent, guess.by_luck)
    return surely and guess.score - guess.chance >= _CLEAR * (1 - guess.chance)


def given_away(guess: Guess, classes: Sequence[str]) -> list[dict[str, Any]]:
    """The classes that a cue tells from the others, the plainest first (Youden, Cancer 3, 1950)."""
    told = guess.found - guess.mistaken
    order = sorted(range(len(classes)), key=lambda place: -told[place])
    return [
        {
            "label": classes[place],
            "found": float(guess.found[place]),
            "mistaken": float(guess.mistaken[place]),
        }
        for place in order
        if told[place] >= _GIVEN_AWAY
    ]


def warning(cue: str, guess: Guess, classes: Sequence[str], kind: str) -> str:
    """A sentence about a cue that is clearly better than chance."""
    name = "All cues together" if cue == ALL else f"{cue[:1].upper()}{cue[1:]} alone"
    reaches = words.percent(guess.score)
    between = words.span(guess.low, guess.high)
    if kind == "single":
        verb = "name" if cue == ALL else "names"
        said = f"{name} {verb} the right class of {reaches} of the works ({between})"
    else:
        verb = "tell" if cue == ALL else "tells"
        said = f"{name} {verb} labels apart with a balanced accuracy of {reaches} ({between})"
    chance = words.percent(guess.chance)
    away = given_away(guess, classes)
    if not away:
        return f"{said}; chance reaches {chance}. No class stands out by it."
    told = [
        f"{each['label']} ({each['found']:.0%} of them found, {each['mistaken']:.0%} of the others taken "
        "for it)".replace("%", " %")
        for each in away[:4]
    ]
    more = [f"{len(away) - 4} more"] if len(away) > 4 else []
    return f"{said}; chance reaches {chance}. It gives away {words.listing([*told, *more])}."


def advice(cues: Sequence[str]) -> list[str]:
    """What to make of the cues that are clearly better than chance."""
    said = [
        "A model may be right for these reasons, and then be wrong on pictures taken otherwise: hold it "
        "against pictures from another photographer or museum."
    ]
    hidden = [cue for cue in cues if cue in WHAT and cue != BACKGROUND]
    if hidden:
        what = words.listing(hidden)
        stretched = "" if hidden == [BORDER] else "; a picture that was squashed keeps traces of its shape"
        said.append(
            f"Cartellino’s own networks are not shown {what}: borders are trimmed and pictures squashed to "
            f"one square{stretched}. Other tools that learn from the same files are shown all of it."
        )
    if BACKGROUND in cues:
        said.append(
            "The background is shown to every network. In a painting that fills its frame it is part of the "
            "work, so that not all of this is a fault; behind an object it is the photographer’s."
        )
    return said
