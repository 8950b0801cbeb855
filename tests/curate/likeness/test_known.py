"""Pairs that show the same: found once, remembered, continued after a kill, never split."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.kin import Shown
from cartellino.curate.likeness import known
from cartellino.progress import Silent

from .painted import COPIES, hung, painting


class Told(Silent):
    """Notes what was begun, and may stop it."""

    def __init__(self, stop: str = "") -> None:
        self.tasks: list[tuple[str, int | None]] = []
        self.stop = stop

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        self.tasks.append((task, total))

    def advance(self, count: int = 1) -> None:
        if self.stop and self.tasks[-1][0] == self.stop:
            raise KeyboardInterrupt


def found(catalogue: Catalogue, store: object, told: Told) -> set[tuple[int, int]]:
    first, second = known.same(catalogue, store, told)  # type: ignore[arg-type]
    return set(zip(first.tolist(), second.tolist(), strict=True))


def test_copies_are_found_and_look_alikes_are_not(catalogue: Catalogue, tmp_path: Path) -> None:
    works = [(f"copy {n}", make(painting(1))) for n, make in enumerate(COPIES.values())]
    alike = [(f"alike {n}", painting(1, detail=n)) for n in range(90, 93)]
    store, keys = hung(catalogue, tmp_path, [*works, *alike, ("other", painting(2))])
    freeze_kin = known.same(catalogue, store, Silent())
    rows = list(catalogue.pictures.fingerprints())
    shown = Shown(*(np.array(column) for column in list(zip(*rows, strict=True))[:2]), np.empty(0, np.uint64))
    (works_shown, numbers) = shown.links(np.array(sorted(keys.values())), freeze_kin)[1]
    group = dict(zip(works_shown.tolist(), numbers.tolist(), strict=True))
    assert len({group[keys[name]] for name, _ in works}) == 1
    assert len(set(group.values())) == 1 + len(alike) + 1
    assert catalogue.likeness.all_compared()


def test_nothing_is_done_twice_and_what_is_new_is_compared(catalogue: Catalogue, tmp_path: Path) -> None:
    store, _ = hung(catalogue, tmp_path, [("a", painting(1)), ("b", COPIES["framed"](painting(1)))])
    pairs = found(catalogue, store, Told())
    assert len(pairs) == 1
    again = Told()
    assert found(catalogue, store, again) == pairs
    assert again.tasks == []
    hung(catalogue, tmp_path, [("c", COPIES["cropped"](painting(1)))], "more")
    more = Told()
    assert len(found(catalogue, store, more)) == 3
    assert more.tasks == [
        ("Measuring pictures", 1),
        ("Proposing near-duplicates", 84),
        ("Comparing near-duplicates", 2),
    ]


@pytest.mark.parametrize(
    "stop", ["Measuring pictures", "Proposing near-duplicates", "Comparing near-duplicates"]
)
def test_stopped_it_goes_on_where_it_was(
    catalogue: Catalogue, tmp_path: Path, stop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_MEASURED", 1)
    monkeypatch.setattr(known, "_COMPARED", 1)
    works = [(name, make(painting(1))) for name, make in list(COPIES.items())[1:4]]
    store, _ = hung(catalogue, tmp_path, works)
    with pytest.raises(KeyboardInterrupt):
        known.same(catalogue, store, Told(stop))
    again = Told()
    assert len(found(catalogue, store, again)) == 3
    left = {"Measuring pictures": 2, "Comparing near-duplicates": 2}
    assert stop not in left or (stop, left[stop]) in again.tasks


def test_a_picture_whose_file_is_gone_is_judged_by_its_hash_and_not_remembered(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    works = [("a", painting(1)), ("b", COPIES["poor"](painting(1))), ("c", painting(2))]
    store, keys = hung(catalogue, tmp_path, works)
    (lost,) = catalogue.pictures.of(keys["b"])
    data = store.path(lost).read_bytes()
    store.path(lost).unlink()
    assert len(found(catalogue, store, Told())) == 1
    assert list(catalogue.likeness.known()) == []
    store.path(lost).write_bytes(data)
    assert len(found(catalogue, store, Told())) == 1
    assert len(list(catalogue.likeness.known())) == 1


def test_a_label_set_keeps_copies_in_one_part_and_look_alikes_apart(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    copies = [(f"c{n}", make(painting(0))) for n, make in enumerate(COPIES.values())]
    alike = [(f"x{n}", painting(0, detail=500 + n)) for n in range(8)]
    others = [(f"o{n}", painting(n)) for n in range(1, 40)]
    store, keys = hung(catalogue, tmp_path, [*copies, *alike, *others])
    for seed in range(3):
        definition = LabelDefinition("kind", "kind", seed=seed)
        frozen = freeze(catalogue, definition, Silent(), store=store)
        kin = dict(zip(frozen.works.tolist(), frozen.kin.tolist(), strict=True))
        part = dict(zip(frozen.works.tolist(), frozen.parts.tolist(), strict=True))
        assert len({part[keys[name]] for name, _ in copies}) == 1
        assert len({kin[keys[name]] for name, _ in alike}) == len(alike)


EDGES = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=30)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDGES, st.sets(st.integers(1, 30)))
def test_linking_is_an_equivalence_over_the_works_asked_for(
    edges: list[tuple[int, int]], asked: set[int]
) -> None:
    works = np.array(sorted(asked), dtype=np.int64)
    every = np.arange(1, 31)
    shown = Shown(every, every, np.zeros(30, np.uint64))
    pairs = np.array(edges, dtype=np.int64).reshape(-1, 2)
    (linked, numbers) = shown.links(works, (pairs[:, 0], pairs[:, 1]))[1]
    group = dict(zip(linked.tolist(), numbers.tolist(), strict=True))
    assert set(group) == asked
    reach = {work: {work} for work in asked}
    for _ in asked:
        for one, other in edges:
            if one in reach and other in reach:
                both = reach[one] | reach[other]
                reach |= dict.fromkeys(both, both)
    for one in asked:
        for other in asked:
            assert (group[one] == group[other]) == (other in reach[one])
