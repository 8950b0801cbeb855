"""The report of a label set in a few sentences: what a director reads in a minute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cartellino.records import Part
from cartellino.show import words

_LOPSIDED = 10  # times as many works in the largest class as in the smallest
_FEW = 10  # works of a class that examine


def headline(data: Mapping[str, Any]) -> str:
    """One line: how many works of all are in how many classes."""
    of = data["label_set"]
    kinds = words.count(len(data["classes"]), *(("class", "classes") if of["kind"] == "single" else ("label",)))
    held = f"{words.number(of['works'])} of {words.count(data['works_in_catalogue'], 'work')}"
    return f"{held} in {kinds}" if of["kind"] == "single" else f"{held} with one of {kinds} or more"


def summary(data: Mapping[str, Any]) -> list[str]:
    """Some sentences: where works are lost, how even the classes are, what to be wary of."""
    return [*_lost(data), *_sizes(data), *_examined(data), *_wary(data)]


def _lost(data: Mapping[str, Any]) -> Iterator[str]:
    fields = " or ".join(f"'{name}'" for name in data["label_set"]["fields"])
    if data["left_out"]:
        reason, works = max(data["left_out"].items(), key=lambda item: item[1])
        others = sum(data["left_out"].values()) - works
        more = f" and {words.number(others)} for other reasons" if others else ""
        yield (
            f"Of the works with a value of {fields}, {words.number(works)} are left out because {reason}{more}."
        )
    else:
        yield f"No work with a value of {fields} is left out."


def _sizes(data: Mapping[str, Any]) -> Iterator[str]:
    ranked = sorted(data["classes"], key=lambda each: (-each["works"], each["label"]))
    first, last = ranked[0], ranked[-1]
    times = first["works"] / max(1, last["works"])
    told = f"The largest class is {_sized(first)}, the smallest {_sized(last)}"
    if times >= _LOPSIDED:
        yield f"{told}: {times:.0f} times less, so that a mean over works says little about it."
    else:
        yield f"{told}."


def _examined(data: Mapping[str, Any]) -> Iterator[str]:
    parts = data["parts"]
    told = words.listing([f"{words.number(works)} {part}" for part, works in parts.items() if works])
    yield f"The split gives {told} works; kin stand on one side."
    few = [each["label"] for each in data["classes"] if each[Part.TEST] < _FEW]
    if few and parts[Part.TEST]:
        which = words.listing(few) if len(few) <= 4 else f"{len(few)} classes"
        yield f"Fewer than {_FEW} works examine {which}: no figure on so few is safe."


def _wary(data: Mapping[str, Any]) -> Iterator[str]:
    cues = data["cues"]
    if cues is None:
        return
    if cues["warnings"]:
        yield f"Beware: {_lowered(cues['warnings'][-1])}"
    else:
        yield "No trivial cue (size, shape, border, background, origin) predicts the label clearly."


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _sized(told: Mapping[str, Any]) -> str:
    return f"{told['label']} ({words.count(told['works'], 'work')})"
