"""Triage on real catalogues: what is promised holds, nobody is overruled, nothing is half done."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from cartellino.classify.heads.linear.scorer import LinearScorer
from cartellino.curate.freeze import freeze
from cartellino.curate.rules import Exclude
from cartellino.errors import ModelError
from cartellino.progress import Silent
from cartellino.records import Decision, DecisionKind
from cartellino.triage.calibration import queue_sample
from cartellino.triage.triage import triage
from cartellino.triage.triaged import Triaged, stated

from .world import TAGS, World

TABLES = ("run", "prediction", "decision", "queue")


def run(world: World, **rules: object) -> Triaged:
    return triage(
        world.catalogue,
        world.store,
        world.model,
        world.label_set,
        **{"model_key": world.model_key, "max_error": 0.05} | rules,  # type: ignore[arg-type]
    )


def written(world: World) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: world.catalogue.connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES
    }


def test_files_what_it_may_and_says_what_it_promises(world: World) -> None:
    done = run(world)
    promise = done.promise
    assert promise.threshold is not None
    assert promise.bound <= 0.05
    assert done.sentence == (
        f"Filed at {stated(promise.threshold)} and above: for works like those that were labelled, "
        "at most 5 % of filed labels are wrong, with 95 % confidence."
    )
    filed, review = world.standing(DecisionKind.FILED), world.standing(DecisionKind.REVIEW)
    assert (len(filed), len(review)) == (done.filed, done.review)
    assert done.filed + done.review == 400
    assert done.filed > 100
    wrong = sum(decision.labels != world.truth[work] for work, decision in filed.items())
    assert wrong / done.filed < 0.08
    for decision in filed.values():
        assert decision.probability is not None
        assert decision.probability >= promise.threshold
        assert decision.reason == done.sentence
        assert (decision.by, decision.model) == ("rule", world.model_key)


def test_what_is_not_filed_waits_in_the_queue_with_its_reason(world: World) -> None:
    done = run(world)
    review = world.standing(DecisionKind.REVIEW)
    assert {work for work, _ in world.queue()} == set(review)
    assert not any(blind for _, blind in world.queue())
    reasons = {decision.reason for decision in review.values()}
    assert f"below {stated(done.promise.threshold or 0)}, from where on labels are filed" in reasons
    assert "'Men' says something about a person: only a person files it" in reasons
    assert all(decision.labels == () for decision in review.values())


def test_a_sensitive_label_is_never_filed(world: World) -> None:
    done = run(world, max_error=0.3)
    assert done.promise.threshold is not None
    assert all("Men" not in each.labels for each in world.standing(DecisionKind.FILED).values())
    assert done.sensitive > 50


def test_predictions_are_kept_best_first(world: World) -> None:
    done = run(world)
    assert done.run is not None
    assert world.count("prediction") == 400 * 3
    said = world.catalogue.journal.suggestions(done.run, world.keys["w1600"])
    assert [each.probability for each in said] == sorted((each.probability for each in said), reverse=True)
    assert sum(each.probability for each in said) == pytest.approx(1)
    latest = world.catalogue.journal.latest_run(world.label_set.id)
    assert latest is not None
    assert latest.promise["sentence"] == done.sentence


def test_again_it_writes_nothing_new(world: World) -> None:
    first = run(world)
    before = written(world)
    assert run(world) == first
    assert written(world) == before


def test_another_limit_is_another_promise_and_the_earlier_one_stays_on_record(world: World) -> None:
    strict, loose = run(world, max_error=0.05), run(world, max_error=0.2)
    assert loose.filed > strict.filed
    assert loose.run == strict.run
    assert world.count("prediction") == 400 * 3
    assert len(world.standing(DecisionKind.FILED)) == loose.filed
    latest = world.catalogue.journal.latest_run(world.label_set.id)
    assert latest is not None
    assert [each["sentence"] for each in latest.promise["earlier"]] == [strict.sentence]
    again = run(world, max_error=0.05)
    assert len(world.standing(DecisionKind.FILED)) == again.filed == strict.filed


def test_a_dry_run_says_the_same_and_writes_nothing(world: World) -> None:
    before = written(world)
    dry = run(world, dry_run=True)
    assert written(world) == before
    assert "nothing was written" in " ".join(dry.sentences())
    assert replace(dry, run=1, dry_run=False) == replace(run(world), run=1)


def test_a_person_is_never_overruled(world: World) -> None:
    signed = {world.keys[f"w{n}"]: ("Dutch",) for n in range(1500, 1600)}
    for work, labels in signed.items():
        world.sign(work, *labels)
    done = run(world, max_error=0.3)
    assert done.filed + done.review == 300
    assert {work: each.labels for work, each in world.standing(DecisionKind.SIGNED).items()} == signed
    assert not signed.keys() & {work for work, _ in world.queue()}


def test_a_museums_own_value_is_never_overruled(make: Callable[..., World]) -> None:
    world = make(labelled=300, waiting=50, only=("Chinese", "Dutch"))
    valued = {world.keys[f"w{n}"] for n in range(300)}
    assert valued - set(world.label_set.works.tolist()), "some have a value that is no class"
    run(world, max_error=0.3)
    decided = {*world.standing(DecisionKind.FILED), *world.standing(DecisionKind.REVIEW)}
    assert len(decided) == 50
    assert not decided & valued


def test_nothing_can_be_promised_is_an_answer(make: Callable[..., World]) -> None:
    world = make(sharpness=0.3)
    done = run(world, max_error=0.01)
    assert done.promise.threshold is None
    assert done.filed == 0
    assert done.sentence.startswith("Nothing can be promised at a limit of 1 %, with 95 % confidence:")
    assert len(world.standing(DecisionKind.REVIEW)) == 400
    assert len(world.queue()) == 400


def test_a_sample_of_the_backlog_is_held_back_until_signed_and_then_measures(world: World) -> None:
    queue_sample(world.catalogue, world.label_set, 150, seed=3)
    drawn = [work for work, blind in world.queue() if blind]
    waiting = run(world)
    assert (waiting.source, waiting.pending) == ("labelled", 150)
    assert [work for work, blind in world.queue() if blind] == drawn
    assert not set(drawn) & world.standing(DecisionKind.FILED).keys()
    assert len(world.standing(DecisionKind.FILED)) == waiting.filed == 400 - waiting.review
    assert "150 works of a random sample come first" in " ".join(waiting.sentences())
    world.sign_truly(drawn)
    done = run(world, max_error=0.1)
    assert (done.source, done.pending, done.promise.calibration) == ("sampled", 0, 150)
    assert "for works like those of the backlog" in done.sentence
    assert done.filed + done.review == 250


def test_tags_are_filed_together_and_never_sensitive_ones(tagged: World) -> None:
    done = run(tagged, max_error=0.1)
    assert done.promise.threshold is not None
    assert "at most 10 % of filed works carry a wrong tag" in done.sentence
    filed = tagged.standing(DecisionKind.FILED)
    assert done.filed > 50
    assert max(len(decision.labels) for decision in filed.values()) > 1
    assert all(set(each.labels) <= set(TAGS) - {"Men"} for each in filed.values())
    wrong = sum(not set(each.labels) <= set(tagged.truth[work]) for work, each in filed.items())
    assert wrong / done.filed < 0.16


def test_what_it_says_is_json_with_stable_keys(world: World) -> None:
    told = json.loads(json.dumps(run(world).as_dict()))
    assert list(told) == [
        *("label_set", "model", "sentence", "promise", "source", "filed", "review", "sensitive"),
        *("pending", "newer", "more", "run", "dry_run"),
    ]
    assert told["label_set"] == "label@1"


def test_a_model_of_another_label_set_is_refused(world: World) -> None:
    newer = freeze(world.catalogue, replace(world.label_set.definition, seed=1), Silent())
    world.label_set = newer
    with pytest.raises(ModelError, match=r"trained on label@1, and this is label@2.*cartellino train label"):
        run(world)


def test_stopped_in_the_middle_it_leaves_nothing_behind(world: World) -> None:
    """The queue is written last: if that fails, predictions and decisions must be gone as well."""
    world.catalogue.connection.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.queue BEGIN SELECT RAISE (ABORT, 'disk full'); END"
    )
    before = written(world)
    with pytest.raises(Exception, match="disk full"):
        run(world)
    assert written(world) == before
    world.catalogue.connection.execute("DROP TRIGGER full")
    assert run(world).filed > 100


def test_decisions_by_rule_of_an_older_model_are_decided_anew(world: World) -> None:
    run(world)
    older = world.standing(DecisionKind.FILED)
    silent = LinearScorer(world.model.scorer.tensors()["coefficients"] * 0)
    world.model = replace(world.model, name="label-linear-newer", scorer=silent)
    world.model_key = world.catalogue.models.save(
        world.model.name, world.label_set.id, "linear", "scores:all", {}
    )
    done = run(world)
    assert (done.filed, world.standing(DecisionKind.FILED)) == (0, {})
    history = world.catalogue.journal.history(next(iter(older)))
    assert [each.kind for each in history] == [DecisionKind.FILED, DecisionKind.REVIEW]


def test_a_withdrawn_signature_gives_the_work_back_to_triage(world: World) -> None:
    run(world)
    work = next(iter(world.standing(DecisionKind.FILED)))
    signed = world.sign(work, "Dutch")
    run(world)
    assert world.standing(DecisionKind.SIGNED).keys() == {work}
    world.catalogue.journal.withdraw(signed, "Ada", "a slip")
    run(world)
    assert work in world.standing(DecisionKind.FILED)


def test_skipped_works_stay_in_the_queue(world: World) -> None:
    run(world)
    work = world.queue()[0][0]
    world.catalogue.journal.decide(
        Decision(work, world.label_set.id, DecisionKind.SKIPPED, (), "not sure", by="Ada")
    )
    run(world)
    assert work in {each for each, _ in world.queue()}


def test_a_label_for_audits_only_is_suggested_to_nobody(make: Callable[..., World]) -> None:
    world = make(policies={"Men": "audit only"})
    done = run(world, max_error=0.3)
    assert world.label_set.audit_only == {"Men"}
    said = [
        each.label
        for work in set(world.keys.values())
        for each in world.catalogue.journal.suggestions(done.run or 0, work)
    ]
    assert set(said) == {"Chinese", "Dutch"}
    assert all("Men" not in each.labels for each in world.standing(DecisionKind.FILED).values())


def test_works_outside_the_scope_of_the_label_set_are_left_alone(make: Callable[..., World]) -> None:
    world = make(exclude=(Exclude("w1600", "a copy"),))
    done = run(world)
    assert done.filed + done.review == 399
    assert world.keys["w1600"] not in {work for work, _ in world.queue()}
    assert world.catalogue.journal.standing_for(world.label_set.id, [world.keys["w1600"]]) == {}
