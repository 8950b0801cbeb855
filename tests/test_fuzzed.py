"""Our doors hold against a coverage-guided fuzzer, with fixed seeds and budgets; see fuzzing.py."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cartellino.files import shipped
from pictures.corpus import saved, scene

pytestmark = pytest.mark.slow
pytest.importorskip("atheris", reason="the fuzzer atheris is not installed (it is made for Linux)")

RECORD = {
    "objectID": 34,
    "title": "Clock",
    "isPublicDomain": True,
    "primaryImageSmall": "https://museum.org/34.jpg",
    "additionalImages": ["https://museum.org/34b.jpg"],
    "tags": [{"term": "Clocks", "AAT_URL": "http://vocab.getty.edu/page/aat/300041598", "Wikidata_URL": ""}],
    "constituents": [{"role": "Maker", "name": "Ada"}],
}
PAGE = {
    "config": {"iiif_url": "https://museum.org/iiif/2"},
    "data": [{"id": 34, "title": "Clock", "image_id": "a-b", "alt_image_ids": ["c"], "term_titles": ["x"]}],
}
MANIFEST = {
    "@context": "http://iiif.io/api/presentation/3/context.json",
    "id": "https://museum.org/34",
    "type": "Manifest",
    "label": {"en": ["Clock"]},
    "metadata": [{"label": {"en": ["Artist"]}, "value": {"none": ["Ada"]}}],
    "items": [
        {
            "type": "Canvas",
            "items": [{"items": [{"body": {"id": "https://museum.org/34.jpg", "type": "Image"}}]}],
        }
    ],
}
LIMITS = (
    *("-runs=15000", "-seed=20201", "-max_len=4096"),
    *("-timeout=20", "-rss_limit_mb=2048", "-max_total_time=60"),
)


def seeds(target: str) -> list[bytes]:
    """Where the fuzzer begins: sound input of each kind."""
    if target == "picture":
        small = scene(24, 16)
        return [saved(small, kind) for kind in ("JPEG", "PNG", "WEBP", "TIFF")]
    if target == "definition":
        return [path.read_bytes() for path in shipped("recipes/labels").values()]
    return [json.dumps({"met": RECORD, "aic": PAGE, "iiif": MANIFEST}[target]).encode()]


@pytest.mark.parametrize(
    ("target", "covered"), [("met", 100), ("aic", 100), ("iiif", 100), ("definition", 100), ("picture", 60)]
)
def test_a_door_answers_or_refuses_in_words(tmp_path: Path, target: str, covered: int) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, data in enumerate(seeds(target)):
        (corpus / str(number)).write_bytes(data)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("fuzzing.py")), target, str(corpus), *LIMITS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    told = done.stdout + done.stderr
    assert done.returncode == 0, told[-4_000:]
    assert max(int(number) for number in re.findall(r"cov: (\d+)", told)) > covered, told[-2_000:]
