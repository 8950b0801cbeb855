"""Freezing real catalogues: what is in, what is left out and why, and what stays when works are added."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.frozen import load, load_by_key
from cartellino.curate.labelset import LabelSet
from cartellino.curate.merges import Edge
from cartellino.curate.rounds import Round, record, rounds
from cartellino.curate.rules import Filter
from cartellino.errors import InputError, LabelError
from cartellino.progress import Silent
from cartellino.records import Decision, DecisionKind

from .museum import Row, hang, unlike

CULTURES = ("Chinese", "Dutch", "Italian")


def rows(works: int, first: int = 0, values: tuple[str, ...] = CULTURES, field: str = "culture") -> list[Row]:
    return [{"id": f"w{n}", field: values[n % len(values)]} for n in range(first, first + works)]


def define(catalogue: Catalogue, field: str = "culture", **rules: Any) -> LabelSet:
    return freeze(catalogue, LabelDefinition("culture", field, **rules), Silent())


def sign(catalogue: Catalogue, label_set: LabelSet, work: int, *labels: str) -> None:
    catalogue.journal.decide(Decision(work, label_set.id, DecisionKind.SIGNED, labels, "seen", by="Ada"))


def labels_of(label_set: LabelSet, work: int) -> set[str]:
    row = int(np.flatnonzero(label_set.works == work)[0])
    return {label for place, label in enumerate(label_set.classes) if label_set.has(place)[row]}


def test_a_frozen_set_is_what_is_loaded_again(catalogue: Catalogue) -> None:
    hang(catalogue, rows(90))
    frozen = define(catalogue, min_works=5)
    again = load(catalogue, "culture")
    assert again.classes == frozen.classes == CULTURES
    for name in ("works", "truth", "parts", "kin"):
        assert np.array_equal(getattr(again, name), getattr(frozen, name))
    assert (again.title, again.hash, again.definition) == ("culture@1", frozen.hash, frozen.definition)
    assert load_by_key(catalogue, frozen.id).hash == frozen.hash
    assert frozen.counts(0) == {"train": 18, "validation": 3, "calibration": 6, "test": 3}
    assert [label_set.of("test").tolist() for label_set in (frozen, again)] == [
        frozen.of("test").tolist()
    ] * 2


def test_freezing_again_without_change_is_the_same_version(catalogue: Catalogue) -> None:
    hang(catalogue, rows(60))
    assert define(catalogue).id == define(catalogue).id
    assert define(catalogue, seed=5).title == "culture@2"


def test_the_hash_is_over_what_was_frozen(catalogue: Catalogue) -> None:
    hang(catalogue, rows(60))
    first = define(catalogue)
    assert define(catalogue, merges=(Edge("Nowhere", "Dutch", "no work has it"),)).hash == first.hash
    others = [
        define(catalogue, seed=1),
        define(catalogue, sensitive=("Dutch",)),
        define(catalogue, group_by="id"),
    ]
    assert len({first.hash, *(other.hash for other in others[:2])}) == 3


def test_works_left_out_are_counted_by_reason(catalogue: Catalogue) -> None:
    hang(
        catalogue,
        [
            *rows(60),
            {"id": "rare", "culture": "Peruvian"},
            {"id": "both", "culture": ("Dutch", "Italian")},
            {"id": "same", "culture": ("Dutch", "Hollandish")},
            {"id": "rare too", "culture": ("Dutch", "Peruvian")},
            {"id": "unseen", "culture": "Dutch"},
            {"id": "blank", "culture": ""},
        ],
        {"unseen": []},
    )
    frozen = define(catalogue, min_works=5, merges=(Edge("Hollandish", "Dutch", "old word"),))
    assert frozen.left_out == {
        "no picture of it is kept": 1,
        "its value has fewer than 5 works": 1,
        "it has several of the classes": 1,
    }
    assert len(frozen.works) == 62
    assert load(catalogue, "culture").left_out == frozen.left_out


def test_top_only_and_merges_choose_the_classes(catalogue: Catalogue) -> None:
    values = ("Dutch", "Dutch", "Dutch", "Chinese", "Chinese", "Peruvian", "Milan")
    hang(catalogue, rows(210, values=values))
    assert define(catalogue, top=2).classes == ("Chinese", "Dutch")
    assert define(catalogue, top=2).left_out == {"its value is not among the 2 most frequent": 60}
    merged = define(catalogue, only=("Italian", "Dutch"), merges=(Edge("Milan", "Italian", "place within"),))
    assert merged.classes == ("Dutch", "Italian")
    assert merged.left_out == {"none of its values is asked for": 90}


def test_a_merge_may_give_a_work_several_labels(catalogue: Catalogue) -> None:
    keys = hang(catalogue, [*rows(60), {"id": "either", "culture": "Dutch or Italian"}])
    edges = (Edge("Dutch or Italian", "Dutch", "both"), Edge("Dutch or Italian", "Italian", "both"))
    frozen = define(catalogue, kind="multi", merges=edges)
    assert labels_of(frozen, keys["either"]) == {"Dutch", "Italian"}
    assert frozen.truth.dtype == np.uint8
    assert frozen.truth.sum() == 62
    assert define(catalogue, merges=edges).left_out == {"it has several of the classes": 1}


def test_a_merge_that_meets_nothing_is_told(catalogue: Catalogue) -> None:
    hang(catalogue, rows(60))
    frozen = define(catalogue, merges=(Edge("Duch", "Dutch", "spelling"),))
    assert frozen.remarks == ("The merge 'Duch' to 'Dutch' met no value of a work with a picture.",)
    assert load(catalogue, "culture").remarks == frozen.remarks


def test_sensitive_classes_are_marked_and_the_list_can_be_changed(catalogue: Catalogue) -> None:
    hang(catalogue, rows(60, values=("Men", "Trees"), field="tags"))
    assert define(catalogue, "tags").sensitive == {"Men"}
    assert define(catalogue, "tags", sensitive=("tree",)).sensitive == {"Trees"}
    assert load(catalogue, "culture@1").sensitive == {"Men"}


def test_works_that_share_a_picture_or_nearly_are_never_apart(catalogue: Catalogue) -> None:
    base = unlike("scroll")
    pictures = {
        "w0": [("same file", base)],
        "w1": [("own", unlike("own")), ("same file", base)],
        "w2": [("crop", base ^ 0b111111)],
        "w3": [("flat a", 0)],
        "w4": [("flat b", 0)],
    }
    keys = hang(catalogue, rows(60), pictures)
    for seed in range(5):
        frozen = define(catalogue, seed=seed)
        kin = dict(zip(frozen.works.tolist(), frozen.kin.tolist(), strict=True))
        assert kin[keys["w0"]] == kin[keys["w1"]] == kin[keys["w2"]] == keys["w0"]
        assert kin[keys["w3"]] != kin[keys["w4"]]  # pictures of one colour say nothing of each other
        part = dict(zip(frozen.works.tolist(), frozen.parts.tolist(), strict=True))
        assert part[keys["w0"]] == part[keys["w1"]] == part[keys["w2"]]
    loose = define(catalogue, duplicates=False)
    assert np.array_equal(loose.kin, loose.works)


def test_works_of_one_artist_stay_together_and_blank_ones_do_not(catalogue: Catalogue) -> None:
    made = [{**row, "artist": f"a{n % 25}" if n < 75 else " "} for n, row in enumerate(rows(150))]
    keys = hang(catalogue, made)
    frozen = define(catalogue, group_by="artist")
    part = dict(zip(frozen.works.tolist(), frozen.parts.tolist(), strict=True))
    for artist in range(25):
        assert len({part[keys[f"w{n}"]] for n in range(artist, 75, 25)}) == 1
    assert len({part[keys[f"w{n}"]] for n in range(75, 150)}) == 4


def test_a_value_that_groups_a_crowd_is_told(catalogue: Catalogue) -> None:
    hang(catalogue, [{**row, "artist": "Unknown" if n < 40 else f"a{n}"} for n, row in enumerate(rows(150))])
    assert "40 of 150 works are kin" in define(catalogue, group_by="artist").remarks[0]


def test_old_works_keep_their_part_when_works_are_added(catalogue: Catalogue) -> None:
    hang(catalogue, rows(90))
    first = define(catalogue)
    hang(catalogue, rows(130))
    second = define(catalogue)
    assert second.title == "culture@2"
    assert len(second.works) == 130
    before = dict(zip(first.works.tolist(), first.parts.tolist(), strict=True))
    after = dict(zip(second.works.tolist(), second.parts.tolist(), strict=True))
    assert {work: after[work] for work in before} == before
    assert Counter(after.values())["test"] == 13


def test_another_seed_or_ratio_splits_anew(catalogue: Catalogue) -> None:
    hang(catalogue, rows(120))
    first = define(catalogue)
    assert not np.array_equal(define(catalogue, seed=1).parts, first.parts)
    ratios = {"train": 0.8, "validation": 0.1, "test": 0.1}
    assert Counter(define(catalogue, ratios=ratios).parts.tolist()) == {
        "train": 96,
        "validation": 12,
        "test": 12,
    }


def test_a_signature_replaces_a_value_and_gives_one_where_none_was(catalogue: Catalogue) -> None:
    keys = hang(catalogue, [*rows(60), {"id": "wrong", "culture": "Dutch"}, {"id": "blank", "culture": ""}])
    first = define(catalogue)
    sign(catalogue, first, keys["wrong"], "Italian")
    sign(catalogue, first, keys["blank"], "Chinese")
    sign(catalogue, first, keys["w0"])
    second = define(catalogue)
    assert labels_of(second, keys["wrong"]) == {"Italian"}
    assert labels_of(second, keys["blank"]) == {"Chinese"}
    assert keys["w0"] not in second.works
    assert second.left_out == {"it is signed as none of the classes": 1}
    undone = catalogue.journal.standing(second.id, keys["wrong"])
    assert undone is not None
    catalogue.journal.withdraw(undone.id, "Ada", "a slip")
    assert labels_of(define(catalogue), keys["wrong"]) == {"Dutch"}


def test_a_signature_speaks_only_of_tags_that_were_on_offer(catalogue: Catalogue) -> None:
    tags = [
        {"id": f"w{n}", "culture": ("Trees", "Boats") if n % 2 else ("Dogs", *(("Cats",) if n < 50 else ()))}
        for n in range(60)
    ]
    keys = hang(catalogue, tags)
    first = define(catalogue, kind="multi", min_works=26)
    assert "Cats" not in first.classes
    sign(catalogue, first, keys["w0"], "Trees")
    assert labels_of(define(catalogue, kind="multi"), keys["w0"]) == {"Trees", "Cats"}


def test_signed_labels_follow_new_merges(catalogue: Catalogue) -> None:
    keys = hang(catalogue, [*rows(60), {"id": "blank", "culture": ""}])
    first = define(catalogue)
    sign(catalogue, first, keys["blank"], "Dutch")
    second = define(catalogue, merges=(Edge("Dutch", "Netherlandish", "wider"),))
    assert labels_of(second, keys["blank"]) == {"Netherlandish"}


def test_works_of_a_random_sample_stay_for_calibration(catalogue: Catalogue) -> None:
    blank = [{"id": f"b{n}", "culture": ""} for n in range(30)]
    keys = hang(catalogue, [*rows(60), *blank])
    first = define(catalogue)
    drawn = Round(1, 30, max(keys.values()), tuple(keys[f"b{n}"] for n in (3, 1, 2)))
    record(catalogue, first.id, drawn)
    assert rounds(catalogue, first.id) == [drawn]
    for n in range(30):
        sign(catalogue, first, keys[f"b{n}"], CULTURES[n % 3])
    second = define(catalogue)
    part = dict(zip(second.works.tolist(), second.parts.tolist(), strict=True))
    assert {part[work] for work in drawn.works} == {"calibration"}
    assert len({part[keys[f"b{n}"]] for n in range(4, 30)}) == 4
    assert rounds(catalogue, second.id) == [drawn]


@pytest.mark.parametrize(
    ("values", "rules", "told"),
    [
        (("Dutch",), {}, "only one class is left"),
        (("Dutch", "Italian"), {"min_works": 40}, r"no class is left.*Dutch \(30\).*--min-works"),
        (("Dutch", "Italian"), {"only": ("Peruvian",)}, "no work has 'Peruvian'"),
        (("Dutch", "Italian"), {"only": ("Dutch", "Italien")}, "Did you mean .Italian."),
        (tuple(f"v{n}" for n in range(60)), {}, "nearly every work has a value of its own"),
        (("Dutch",) * 19 + ("Italian",), {}, r"Italian \(3\).*--min-works 4"),
    ],
)
def test_what_cannot_be_learnt_is_refused_in_words(
    catalogue: Catalogue, values: tuple[str, ...], rules: dict[str, Any], told: str
) -> None:
    hang(catalogue, rows(60, values=values))
    with pytest.raises(LabelError, match=told):
        define(catalogue, **rules)
    assert catalogue.labels.list() == []


def test_a_field_that_is_not_there_is_refused_with_near_names(catalogue: Catalogue) -> None:
    hang(catalogue, rows(30))
    with pytest.raises(InputError, match="culture"):
        define(catalogue, "cultures")


def test_no_work_with_a_picture_is_refused(catalogue: Catalogue) -> None:
    hang(catalogue, rows(30), {f"w{n}": [] for n in range(30)})
    with pytest.raises(LabelError, match="No work with a kept picture"):
        define(catalogue)


def test_a_label_set_that_is_not_there_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(LabelError, match="no label set 'style'"):
        load(catalogue, "style")


def test_the_hash_does_not_change_from_one_version_of_the_code_to_the_next(catalogue: Catalogue) -> None:
    hang(catalogue, rows(60))
    frozen = define(catalogue)
    assert len(frozen.hash) == len(hashlib.sha256().hexdigest())
    assert replace(frozen, version=2).title == "culture@2"


def test_a_changed_policy_is_explicit_and_journalled(catalogue: Catalogue) -> None:
    hang(catalogue, rows(90, values=("Men", "Women", "Dogs")))
    first = define(catalogue)
    assert first.policies == {"Dogs": "file", "Men": "never file", "Women": "never file"}
    assert catalogue.policies.history("culture") == []
    rules = LabelDefinition("culture", "culture", policies={"Women": "audit only", "Men": "leave out"})
    second = freeze(catalogue, rules, Silent(), by="Ada")
    assert (second.classes, second.audit_only) == (("Dogs", "Women"), {"Women"})
    assert [each[:5] for each in catalogue.policies.history("culture")] == [
        ("culture@2", "Men", "never file", "leave out", "Ada"),
        ("culture@2", "Women", "never file", "audit only", "Ada"),
    ]
    define(catalogue)
    assert [each.policy for each in catalogue.policies.history("culture")[2:]] == ["never file"] * 2
    with pytest.raises(LabelError, match=r"no policy 'never'.*never file, audit only"):
        LabelDefinition("culture", "culture", policies={"Men": "never"})


@pytest.mark.parametrize(
    ("rule", "classes", "held"),
    [
        ("drop", ("Chinese", "Dutch"), 0),
        ("other", ("Chinese", "Dutch", "other"), 0),
        ("hold", ("Chinese", "Dutch"), 5),
    ],
)
def test_rare_values_are_dropped_made_another_or_held(
    catalogue: Catalogue, rule: str, classes: tuple[str, ...], held: int
) -> None:
    hang(catalogue, [*rows(60, values=("Chinese", "Dutch")), *rows(5, 60, values=("Peruvian",))])
    found = define(catalogue, min_works=10, rare=rule)
    assert (found.classes, len(found.held)) == (classes, held)
    assert load(catalogue, "culture").held.tolist() == found.held.tolist()
    assert len(found.works) == (65 if rule == "other" else 60)


@pytest.mark.parametrize(("rule", "works", "held"), [("drop", 60, 0), ("other", 66, 0), ("hold", 60, 6)])
def test_works_marked_unknown_wait_or_are_a_class_or_are_held(
    catalogue: Catalogue, rule: str, works: int, held: int
) -> None:
    hang(catalogue, [*rows(60, values=("Chinese", "Dutch")), *rows(6, 60, values=("Unknown",))])
    found = define(catalogue, unknown=rule)
    assert (len(found.works), len(found.held)) == (works, held)
    assert ("other" in found.classes) == (rule == "other")


def test_only_with_other_is_a_first_step_of_a_cascade(catalogue: Catalogue) -> None:
    hang(catalogue, rows(100, values=("a", "b", "c", "d")))
    found = define(catalogue, only=("a", "b"), rare="other")
    assert [sum(found.counts(place).values()) for place in range(3)] == [25, 25, 50]
    assert found.classes == ("a", "b", "other")


def test_the_funnel_leads_from_all_works_to_the_split(catalogue: Catalogue) -> None:
    told = [{"id": f"x{n}", "culture": "", "kind": "Boxes"} for n in range(5)]
    hang(catalogue, [*({**row, "kind": "Paintings"} for row in rows(90)), *told])
    found = define(catalogue, where=(Filter("kind", among=("Paintings",)),), min_works=5)
    assert found.funnel == (
        ("works in the catalogue", 95),
        ("kind is Paintings", 90),
        ("with a kept picture", 90),
        ("with a value of culture", 90),
        ("in one of the classes", 90),
    )
    assert load(catalogue, "culture").funnel == found.funnel


def test_a_set_like_another_keeps_its_parts(catalogue: Catalogue) -> None:
    hang(catalogue, [{**row, "step": "x" if n % 3 else "y"} for n, row in enumerate(rows(120))])
    first = define(catalogue)
    second = freeze(catalogue, LabelDefinition("step", "step", like="culture", seed=9), Silent())
    assert second.parts.tolist() == first.parts.tolist()
    with pytest.raises(LabelError, match="no label set 'nothing'"):
        freeze(catalogue, LabelDefinition("step", "step", like="nothing"), Silent())
