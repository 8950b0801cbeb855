"""The report of a label set in a few sentences: what a director reads in a minute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cartellino.curate.looking.cues import ALL
from cartellino.records import Part
from cartellino.show import words

_LOPSIDED = 10  # times as many works in the largest class as in the smallest
_FEW = 10  # works of a class that examine
_AN = {"accuracy": "an accuracy", "balanced accuracy": "a balanced accuracy"}


def headline(data: Mapping[str, Any]) -> str:
    """One line: how many works of all are in how many classes."""
    of = data["label_set"]
    kinds = words.count(len(data["classes"]), "class" if of["kind"] == "single" else "label")
    held = f"{words.number(of['works'])} of {words.count(data['works_in_catalogue'], 'work')}"
    return f"{held} in {kinds}" if of["kind"] == "single" else f"{held} with one or more of {kinds}"


def summary(data: Mapping[str, Any]) -> list[str]:
    """Some sentences: where works are lost, how even the classes are, what to be wary of."""
    return [*_lost(data), *_sizes(data), *_wary(data), *_examined(data)]


def _lost(data: Mapping[str, Any]) -> Iterator[str]:
    fields = f"a value of {words.listing(data['label_set']['fields'], 'or')}"
    if data["left_out"]:
        reason, works = max(data["left_out"].items(), key=lambda item: item[1])
        others = sum(data["left_out"].values()) - works
        more = f" and {words.number(others)} for other reasons" if others else ""
        yield f"Of those with {fields}, {words.number(works)} are left out because {reason}{more}."
    else:
        yield f"No work with {fields} is left out."


def _sizes(data: Mapping[str, Any]) -> Iterator[str]:
    ranked = sorted(data["classes"], key=lambda each: (-each["works"], each["label"]))
    first, last = ranked[0], ranked[-1]
    times = first["works"] / max(1, last["works"])
    if first["works"] == last["works"]:
        yield f"Each has {words.count(first['works'], 'work')}."
        return
    told = f"The largest is {_sized(first)}, the smallest {_sized(last)}"
    if times >= _LOPSIDED:
        yield f"{told}; one is {times:.0f} times the other, and a mean over works says little of the small."
    else:
        yield f"{told}."


def _examined(data: Mapping[str, Any]) -> Iterator[str]:
    parts = data["parts"]
    told = words.listing([f"{words.number(works)} {part}" for part, works in parts.items() if works])
    yield f"The split gives {told} works; kin stand on one side."
    few = [each["label"] for each in data["classes"] if each[Part.TEST] < _FEW]
    if few and parts[Part.TEST]:
        which = words.listing(few) if len(few) <= 4 else f"{len(few)} of them"
        yield f"Fewer than {_FEW} works examine {which}: no figure on so few is safe."


def _wary(data: Mapping[str, Any]) -> Iterator[str]:
    cues = data["cues"]
    if cues is None:
        return
    clear = [each for each in cues["by_cue"] if each["clear"]]
    if not clear:
        yield "No trivial cue (size, shape, border, background, origin) predicts the label clearly."
        return
    best = max(clear, key=lambda each: float(each["score"]))
    by = "all trivial cues together reach" if best["cue"] == ALL else f"{best['cue']} alone reaches"
    yield (
        f"Beware: without a look at the work, {by} {_AN[cues['measure']]} of "
        f"{words.percent(best['score'])}, where chance reaches {words.percent(best['chance'])}. {_away(best)}"
    )


def _away(told: Mapping[str, Any]) -> str:
    labels = [each["label"] for each in told["gives_away"]]
    if not labels:
        return "No class stands out by it."
    more = [f"{len(labels) - 4} more"] if len(labels) > 4 else []
    return f"What is given away most: {words.listing([*labels[:4], *more])}."


def _sized(told: Mapping[str, Any]) -> str:
    return f"{told['label']} ({words.count(told['works'], 'work')})"
