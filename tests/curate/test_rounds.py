"""Rounds: on record in the journal, read back in the order they were drawn, across versions."""

from __future__ import annotations

from dataclasses import replace

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.rounds import Round, record, rounds
from cartellino.progress import Silent
from cartellino.records import DecisionKind

from .museum import hang


def test_rounds_are_read_back_as_they_were_drawn(catalogue: Catalogue) -> None:
    keys = hang(catalogue, [{"id": f"w{n}", "school": "ab"[n % 2]} for n in range(40)])
    rules = LabelDefinition("school", "school")
    first = freeze(catalogue, rules, Silent())
    other = freeze(catalogue, LabelDefinition("another", "school"), Silent())
    drawn = [
        Round(1, 40, 40, (keys["w9"], keys["w3"], keys["w5"])),
        Round(2, 37, 40, (keys["w1"], keys["w30"])),
    ]
    record(catalogue, first.id, drawn[0])
    second = freeze(catalogue, replace(rules, seed=1), Silent())
    record(catalogue, second.id, drawn[1])
    assert rounds(catalogue, first.id) == rounds(catalogue, second.id) == drawn
    assert rounds(catalogue, other.id) == []
    decision = catalogue.journal.standing(second.id, keys["w9"])
    assert decision is not None
    assert decision.kind is DecisionKind.REVIEW
    assert "drawn at random" in decision.reason
