"""Calibration rounds: drawn at random, shown blind, and used only when every work was looked at."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from cartellino.errors import PromiseError
from cartellino.records import Decision, DecisionKind
from cartellino.triage.backlog import backlog
from cartellino.triage.calibration import LABELLED, SAMPLED, Calibration, gather, queue_sample
from cartellino.triage.evidence import Suggested, best

from .world import CLASSES, World, softmax

NO_CALIBRATION = {"train": 0.8, "validation": 0.1, "test": 0.1}


def gathered(world: World) -> Calibration:
    by_key = {key: name for name, key in world.keys.items()}

    def suggest(works: NDArray[np.int64]) -> Suggested:
        import hashlib

        digests = [hashlib.sha256(by_key[work].encode()).hexdigest() for work in works.tolist()]
        return best(works, softmax(world.store.read(digests)), "single")

    return gather(world.catalogue, world.label_set, backlog(world.catalogue, world.label_set), suggest)


def blind(world: World) -> list[int]:
    return [work for work, blind in world.queue() if blind]


def test_a_sample_waits_at_the_head_of_the_queue_blind(world: World) -> None:
    waiting = set(backlog(world.catalogue, world.label_set).tolist())
    world.catalogue.journal.set_queue(world.label_set.id, [(work, None, False) for work in sorted(waiting)])
    assert queue_sample(world.catalogue, world.label_set, 50, seed=1) == 50
    assert len(blind(world)) == 50
    assert all(flag for _, flag in world.queue()[:50])
    assert {work for work, _ in world.queue()} == waiting
    assert set(blind(world)) <= waiting


def test_the_sample_is_random_and_the_same_for_a_seed(make: Callable[..., World]) -> None:
    drawn = []
    for seed in (1, 1, 2):
        world = make(labelled=90, waiting=60)
        queue_sample(world.catalogue, world.label_set, 20, seed)
        drawn.append(blind(world))
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0] != sorted(drawn[0])


def test_asking_for_more_than_there_are_draws_all(make: Callable[..., World]) -> None:
    world = make(labelled=90, waiting=60)
    assert queue_sample(world.catalogue, world.label_set, 500, 0) == 60


def test_a_round_is_used_once_all_its_works_were_looked_at(world: World) -> None:
    assert gathered(world).source == LABELLED
    queue_sample(world.catalogue, world.label_set, 40, 0)
    drawn = blind(world)
    world.sign_truly(drawn[:-1])
    before = gathered(world)
    assert (before.source, before.pending.tolist()) == (LABELLED, drawn[-1:])
    world.sign_truly(drawn[-1:])
    after = gathered(world)
    assert (after.source, len(after.evidence), len(after.pending)) == (SAMPLED, 40, 0)


def test_the_truth_of_a_sample_is_what_was_signed(make: Callable[..., World]) -> None:
    world = make(sharpness=40.0)
    queue_sample(world.catalogue, world.label_set, 60, 0)
    drawn = blind(world)
    world.sign_truly(drawn)
    assert np.isfinite(gathered(world).evidence.mistake).sum() <= 2
    for work in drawn:
        others = [label for label in CLASSES if (label,) != world.truth[work]]
        world.sign(work, others[0])
    eligible = np.isfinite(gathered(world).evidence.confidence).sum()
    assert np.isfinite(gathered(world).evidence.mistake).sum() >= eligible - 2


def test_a_work_that_was_skipped_or_is_none_of_these_counts_as_an_error(make: Callable[..., World]) -> None:
    world = make(sharpness=40.0)
    queue_sample(world.catalogue, world.label_set, 60, 0)
    drawn = blind(world)
    world.sign_truly(drawn[:40])
    for work in drawn[40:50]:
        world.sign(work)
    for work in drawn[50:]:
        world.catalogue.journal.decide(
            Decision(work, world.label_set.id, DecisionKind.SKIPPED, (), "not sure", by="Ada")
        )
    found = gathered(world)
    assert found.source == SAMPLED
    wrong = np.isfinite(found.evidence.mistake)
    men = [world.truth[work] == ("Men",) for work in drawn[40:]]
    assert wrong.sum() >= 20 - sum(men) - 1


def test_a_second_round_waits_for_the_first_and_then_adds_to_it(world: World) -> None:
    queue_sample(world.catalogue, world.label_set, 30, 0)
    first = blind(world)
    with pytest.raises(PromiseError, match="30 works of the last random sample"):
        queue_sample(world.catalogue, world.label_set, 30, 0)
    world.sign_truly(first)
    queue_sample(world.catalogue, world.label_set, 30, 0)
    second = blind(world)
    assert not set(first) & set(second)
    world.sign_truly(second)
    assert len(gathered(world).evidence) == 60


def test_kin_count_once_in_the_calibration_part(make: Callable[..., World]) -> None:
    world = make(labelled=300, waiting=10)
    rows = world.label_set.of("calibration")
    world.label_set.kin[rows[:5]] = world.label_set.kin[rows[0]]
    assert len(gathered(world).evidence) == len(rows) - 4


def test_without_a_calibration_part_a_sample_is_asked_for(make: Callable[..., World]) -> None:
    world = make(labelled=200, waiting=100, ratios=NO_CALIBRATION)
    with pytest.raises(PromiseError, match=r"no calibration part.*--calibrate"):
        gathered(world)
    queue_sample(world.catalogue, world.label_set, 30, 0)
    world.sign_truly(blind(world))
    assert gathered(world).source == SAMPLED


def test_works_that_came_later_are_counted(world: World) -> None:
    queue_sample(world.catalogue, world.label_set, 30, 0)
    world.sign_truly(blind(world))
    assert gathered(world).newer == 0
    from curate.museum import hang

    hang(world.catalogue, [{"id": f"new{n}", "label": ""} for n in range(7)], name="more")
    assert gathered(world).newer == 7


def test_an_empty_backlog_is_said(make: Callable[..., World]) -> None:
    world = make(labelled=90, waiting=1)
    world.sign_truly([world.keys["w90"]])
    with pytest.raises(PromiseError, match="no backlog"):
        queue_sample(world.catalogue, world.label_set, 5, 0)
