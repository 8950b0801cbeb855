"""What was looked at, in JSON's terms: the report for machines, with keys that stay."""

from __future__ import annotations

from typing import Any

from cartellino.catalogue import Catalogue
from cartellino.catalogue.clock import now
from cartellino.curate.labelset import PARTS
from cartellino.curate.looking.cues import ALL, WHAT
from cartellino.curate.looking.looked import Looked
from cartellino.curate.looking.summary import headline, summary
from cartellino.curate.looking.warned import advice, given_away, is_clear, warning
from cartellino.features.backbone import Backbone
from cartellino.version import VERSION

FORMAT = 1
_LIBRARIES = ("matplotlib", "numpy", "pillow", "scikit-learn")


def told(found: Looked, catalogue: Catalogue, backbone: Backbone, seed: int) -> dict[str, Any]:
    """All that the page says, without its pictures."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "label_set": _label_set(found, catalogue),
        "funnel": [{"step": step, "works": works} for step, works in found.label_set.funnel],
        "left_out": dict(found.label_set.left_out),
        "remarks": list(found.label_set.remarks),
        "parts": {part: len(found.label_set.of(part)) for part in PARTS},
        "classes": _classes(found),
        "works_in_catalogue": found.values.works,
        "fields": [{"field": each.name, "works": each.works, "values": each.values} for each in found.fields],
        "values_per_work": [
            {"values": values, "works": works} for values, works in found.values.per_work.items()
        ],
        "labels_per_work": _labels_per_work(found),
        "centuries": _centuries(found),
        "together": _together(found),
        "pictures": _pictures(found),
        "cues": _cues(found),
        "absent": dict(found.absent),
        "provenance": _provenance(backbone, seed),
    }
    return data | {"headline": headline(data), "summary": summary(data)}


def _label_set(found: Looked, catalogue: Catalogue) -> dict[str, Any]:
    of = found.label_set
    return {
        "name": of.name,
        "version": of.version,
        "kind": of.kind,
        "hash": of.hash,
        "fields": list(of.definition.all_fields),
        "works": len(of.works),
        "held": len(of.held),
        "frozen_at": catalogue.labels.find(of.title).frozen_at,
        "definition": of.definition.to_toml(),
    }


def _classes(found: Looked) -> list[dict[str, Any]]:
    of = found.label_set
    counts = [of.counts(place) for place in range(len(of.classes))]
    return [
        {
            "label": label,
            "works": sum(counts[place].values()),
            **counts[place],
            "policy": of.policies.get(label, ""),
            **found.shapes[place],
            "light": _light(found, place),
        }
        for place, label in enumerate(of.classes)
    ]


def _light(found: Looked, place: int) -> float | None:
    """Mean grey level of the pictures of a class, from 0 (black) to 1 (white)."""
    drawn = found.sample.drawn[place]
    levels = found.pixels.levels[drawn][found.pixels.seen[drawn]]
    return float(levels.mean()) / 255 if len(levels) else None


def _labels_per_work(found: Looked) -> list[dict[str, int]]:
    if found.label_set.kind == "single":
        return [{"labels": 1, "works": len(found.label_set.works)}]
    sums = found.label_set.truth.sum(axis=1, dtype=int)
    return [{"labels": n, "works": int((sums == n).sum())} for n in sorted(set(sums.tolist()))]


def _centuries(found: Looked) -> dict[str, Any] | None:
    of = found.centuries
    if of is None:
        return None
    return {
        "fields": list(of.fields),
        "dated": of.dated,
        "columns": list(of.columns),
        "works": of.counts.tolist(),
    }


def _together(found: Looked) -> dict[str, Any] | None:
    of, classes = found.together, found.label_set.classes
    if of is None:
        return None
    pairs = [
        {
            "labels": [classes[one], classes[other]],
            "works": int(of.counts[one, other]),
            "lift": float(of.lift[one, other]),
        }
        for one, other in of.pairs()
    ]
    return {"works": of.counts.tolist(), "pairs": pairs}


def _pictures(found: Looked) -> dict[str, int]:
    seen = int(found.pixels.seen.sum())
    return {
        "looked_at": seen,
        "broken": len(found.sample.views) - seen,
        "most_of_a_class": max(map(len, found.sample.drawn)),
    }


def _cues(found: Looked) -> dict[str, Any] | None:
    if not found.guesses:
        return None
    kind, classes = found.label_set.kind, found.label_set.classes
    cues = [
        {
            "cue": name,
            "what": WHAT.get(name, ""),
            "score": guess.score,
            "low": guess.low,
            "high": guess.high,
            "chance": guess.chance,
            "most_frequent": guess.frequent,
            "shuffled": guess.shuffled,
            "by_luck": guess.by_luck,
            "clear": is_clear(guess),
            "gives_away": given_away(guess, classes),
        }
        for name, guess in found.guesses.items()
    ]
    clear = [name for name, guess in found.guesses.items() if is_clear(guess)]
    alone = [name for name in clear if name != ALL]
    return {
        "measure": "accuracy" if kind == "single" else "balanced accuracy",
        "works": int(found.pixels.seen.sum()),
        "by_cue": cues,
        "warnings": [warning(name, found.guesses[name], classes, kind) for name in clear],
        "advice": advice(alone) if clear else [],
    }


def _provenance(backbone: Backbone, seed: int) -> dict[str, Any]:
    from importlib.metadata import version

    return {
        "version": VERSION,
        "created_at": now(),
        "seed": seed,
        "backbone": backbone.id,
        "backbone_hash": backbone.hash,
        "libraries": {name: version(name) for name in _LIBRARIES},
    }
