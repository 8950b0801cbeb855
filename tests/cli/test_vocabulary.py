"""labels suggest-merges and labels vocabulary, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cartellino import collection
from cartellino.cli.program import program
from cartellino.curate.merges import Edge, read_merges
from cartellino.curate.vocabulary import read
from curate.museum import hang

ROWS = """\
id,culture,Tags,Tags Wikidata URL
1,Italian,Trees|Boats,https://www.wikidata.org/wiki/Q10884|https://www.wikidata.org/wiki/Q35872
2,Italian,Trees,https://www.wikidata.org/wiki/Q10884
3,"Italian, Milan",Boats,https://www.wikidata.org/wiki/Q35872
4,possibly Italian,Ships,https://www.wikidata.org/wiki/Q35872
5,Dutch,Men,
6,Flemish,Men,
7,Dutch or Flemish,Men,
"""


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    collection.create(tmp_path / "museum").close()
    (tmp_path / "works.csv").write_text(ROWS, encoding="utf-8")
    assert run(tmp_path / "museum", "add", "table", str(tmp_path / "works.csv")).exit_code == 0
    return tmp_path / "museum"


def run(museum: Path, *told: str) -> Result:
    return CliRunner().invoke(program, list(told), env={"CARTELLINO_COLLECTION": str(museum)})


def test_suggested_merges_are_written_told_and_read_again(museum: Path, tmp_path: Path) -> None:
    out = tmp_path / "merges.csv"
    done = run(museum, "labels", "suggest-merges", "Culture", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert "3 values of 6" in done.output
    assert "nothing was applied" in done.output
    assert [(edge.source, edge.target, edge.kind) for edge in read_merges(out)] == [
        ("Dutch or Flemish", "Dutch", "either"),
        ("Dutch or Flemish", "Flemish", "either"),
        ("possibly Italian", "Italian", "uncertain"),
        ("Italian, Milan", "Italian", "part of"),
    ]


def test_suggested_merges_for_machines_and_of_one_kind(museum: Path, tmp_path: Path) -> None:
    told = [
        "labels",
        "suggest-merges",
        "tags",
        "--out",
        str(tmp_path / "m.csv"),
        "--only-kind",
        "synonym",
        "--json",
    ]
    answer = json.loads(run(museum, *told).stdout)
    assert set(answer) == {"field", "file", "ids_from", "kinds", "merges"}
    assert answer["kinds"] == [{"kind": "synonym", "values": 1, "works": 1}]
    assert (answer["merges"][0]["from"], answer["merges"][0]["to"]) == ("Ships", ["Boats"])
    again = run(museum, *told)
    assert again.exit_code == 1
    assert "may be edited" in again.stderr
    (tmp_path / "m.csv").unlink()
    nothing = run(museum, *told[:-3], "--only-kind", "after")
    assert "Nothing to propose for Tags" in nothing.output


def test_a_vocabulary_file_is_heeded(museum: Path, tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("label,broader\nDutch,Flemish\n", encoding="utf-8")
    out = tmp_path / "m.csv"
    told = ["labels", "suggest-merges", "culture", "--out", str(out), "--vocabulary", str(tmp_path / "v.csv")]
    assert run(museum, *told).exit_code == 0
    assert ("Dutch", "Flemish", "part of") in {
        (edge.source, edge.target, edge.kind) for edge in read_merges(out)
    }


def test_a_vocabulary_comes_from_the_collection_is_kept_and_goes_out(museum: Path, tmp_path: Path) -> None:
    assert "No vocabulary" not in run(museum, "labels", "vocabulary", "tags", "--from-collection").output
    kept = museum / "labels" / "Tags.vocabulary.csv"
    assert kept.exists()
    kept.write_text(
        kept.read_text(encoding="utf-8").replace("Trees,,,,Q10884", "Trees,30,,,Q10884"), encoding="utf-8"
    )
    out = tmp_path / "tags.ttl"
    done = run(museum, "labels", "vocabulary", "tags", "--write", str(out))
    assert "4 terms, 3 of them with an id" in done.output
    assert "'30' is no id of Art & Architecture Thesaurus" in done.output
    assert "has its id Q35872 in common with 'Ships'" in done.output
    assert [term.label for term in read(out).terms] == ["Boats", "Men", "Ships", "Trees"]
    answer = json.loads(run(museum, "labels", "vocabulary", "tags", "--json").stdout)
    assert set(answer) == {"name", "language", "terms", "flags", "remarks"}
    assert answer["terms"][3]["ids"]["aat"] == ["30"]


def test_a_label_set_has_a_vocabulary_of_its_classes(museum: Path) -> None:
    rows = [{"id": f"w{n}", "kind": "Vase" if n % 2 else "Vases"} for n in range(40)]
    rows += [{"id": f"x{n}", "kind": "Bowl"} for n in range(20)]
    with collection.open(museum) as opened:
        hang(opened.catalogue, rows, name="more")
        opened.labels.define("kinds", field="kind", merges=(Edge("Vases", "Vase", "plural"),))
    answer = json.loads(run(museum, "labels", "vocabulary", "kinds", "--json").stdout)
    assert [(term["label"], term["works"]) for term in answer["terms"]] == [("Bowl", 20), ("Vase", 40)]
    (museum / "labels" / "kinds.vocabulary.csv").write_text("label,aat\nBowl,300203596\n", encoding="utf-8")
    assert "300203596" in run(museum, "labels", "vocabulary", "kinds").output


def test_a_vocabulary_is_read_in_its_language_and_compared_with_the_field(
    museum: Path, tmp_path: Path
) -> None:
    (tmp_path / "v.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:a> a skos:Concept ; skos:prefLabel "Dutch"@en, "Niederländisch"@de .\n'
        '<urn:b> a skos:Concept ; skos:prefLabel "Peruvian"@en .\n',
        encoding="utf-8",
    )
    done = run(museum, "labels", "vocabulary", "culture", "--read", str(tmp_path / "v.ttl"))
    assert done.exit_code == 0, done.output
    assert "'Peruvian': no work has this value" in done.output
    assert "5 values without a term" in done.output
    assert "'de' (1)" in done.output
    german = run(
        museum, "labels", "vocabulary", "culture", "--read", str(tmp_path / "v.ttl"), "--language", "de"
    )
    assert "Niederländisch" in german.output


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (["suggest-merges", "cultur", "--out", "m.csv"], "there is no field 'cultur'"),
        (["suggest-merges", "culture", "--out", "m.csv", "--vocabulary", "none.csv"], "no such vocabulary"),
        (["vocabulary", "nothing"], "there is no field 'nothing'"),
        (["vocabulary", "culture", "--read", "none.ttl"], "no such vocabulary"),
        (["vocabulary", "culture", "--write", "v.docx"], "this ending is of neither"),
    ],
)
def test_refusals(
    museum: Path, tmp_path: Path, told: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(museum, "labels", *told)
    assert done.exit_code == 1
    assert words in done.stderr
    assert not (tmp_path / "m.csv").exists()
