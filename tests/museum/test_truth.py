"""The truth is what a patient client gets."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from PIL import Image

from . import Faults, Museum, Told

Opened = Callable[..., Museum]


def patient(web: httpx.Client, address: str) -> httpx.Response | None:
    """What comes after every temporary fault; None for redirects, whose ends cannot be had."""
    for _ in range(4):
        try:
            answer = web.get(address, timeout=1)
        except httpx.TransportError:
            continue
        if answer.status_code not in (403, 429, 500, 502, 503):
            return None if answer.has_redirect_location else answer
    raise AssertionError(f"{address} never came")


def judged(answer: httpx.Response | None) -> str:
    """What a careful client makes of an answer."""
    if answer is None:
        return "redirect"
    if answer.status_code == 404:
        return "missing"
    if "x-robots-tag" in answer.headers:
        return "noai"
    if len(answer.content) >= 1 << 20:
        return "gzip_bomb"
    if answer.headers["content-type"].startswith("image/"):
        try:
            Image.open(io.BytesIO(answer.content)).load()
        except OSError:
            return "html_as_jpeg" if b"<html>" in answer.content else "truncated_jpeg"
    return "ok"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_patient_client_finds_what_the_truth_says(web: httpx.Client, opened: Opened, seed: int) -> None:
    faults = Faults.all(
        0.08, seed=seed, forbid_after=0, stall_seconds=0.02, drip_seconds=0.02, bomb_megabytes=1
    )
    museum = opened(faults)
    for work in range(10, 70):
        museum.records[work] = museum.records[2] | {
            "objectID": work,
            "primaryImage": "",
            "additionalImages": [],
        }
    checked = set()
    extra = [f"{museum.address}/images/2-{place}.jpg" for place in range(1, 60)]
    extra += [
        f"{museum.address}/iiif/3/{work}/full/!{size},9/0/default.jpg" for work in (1, 2) for size in (9, 8)
    ]
    for address in [*museum.truth, *extra]:
        told, answer = museum.truth[address], patient(web, address)
        found = judged(answer)
        assert found == ("redirect" if told.what.startswith("redirect") else told.what), address
        if told.sha256 and answer:
            assert hashlib.sha256(answer.content).hexdigest() == told.sha256
        checked.add(told.what)
    assert len(checked) >= 6


def test_it_lists_objects_and_the_pictures_of_those_to_be_had(opened: Opened) -> None:
    museum = opened(Faults(missing={3}))
    truth = museum.truth
    assert {work: told.what for work, told in truth.objects().items()} == {
        1: "ok",
        2: "ok",
        3: "missing",
        4: "ok",
        5: "ok",
    }
    base = f"{museum.address}/images"
    assert list(truth.pictures()) == [f"{base}/1.jpg", f"{base}/2.jpg"]
    assert list(truth.pictures("full")) == [f"{base}/original/1.jpg", f"{base}/original/2.jpg"]
    assert list(truth.pictures("additional")) == [f"{base}/original/2-1.jpg", f"{base}/original/2-2.jpg"]
    assert len(truth) == len(list(truth)) == 5 + 6


def test_any_address_may_be_looked_up(museum: Museum) -> None:
    truth = museum.truth
    assert truth[f"{museum.address}/images/1.jpg"] == truth["/images/1.jpg"]
    assert truth["/nowhere"] == Told("missing")
    with pytest.raises(KeyError):
        truth["http://elsewhere.example/"]


def test_a_picture_that_a_record_names_in_vain(museum: Museum, images: Any) -> None:
    (images / "1.jpg").unlink()
    assert museum.truth.pictures()[f"{museum.address}/images/1.jpg"] == Told("missing")
