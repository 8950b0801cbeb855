"""SKOS both ways: nothing is lost, nothing is fetched, nothing unfolds."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.curate.vocabulary import Term, Vocabulary, read, write
from cartellino.curate.vocabulary.skos.guard import MOST_BYTES
from cartellino.errors import InputError

from .made import TEXT, XML_TEXT, vocabularies

TAGS = Vocabulary(
    "tags",
    (
        Term(
            "Boats",
            {"aat": "300178749", "wikidata": "Q35872"},
            ("Ships",),
            ("Botes",),
            ("Vehicles",),
            "Craft.",
        ),
        Term("Vehicles", {"aat": "30017"}, note="rarely used", close=("http://example.org/v",)),
    ),
)
HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix e: <http://example.org/> .\n"


def again(vocabulary: Vocabulary, ending: str) -> Vocabulary:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"v{ending}"
        write(vocabulary, path)
        return read(path, vocabulary.language)


def told(folder: Path, text: str | bytes, name: str = "v.ttl", language: str = "en") -> Vocabulary:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read(path, language)


@settings(max_examples=60)
@given(vocabularies(TEXT), st.sampled_from([".ttl", ".jsonld"]))
def test_nothing_is_lost(vocabulary: Vocabulary, ending: str) -> None:
    found = again(vocabulary, ending)
    assert found == vocabulary
    assert not found.remarks


@settings(max_examples=40)
@given(vocabularies(XML_TEXT))
def test_nothing_is_lost_in_xml(vocabulary: Vocabulary) -> None:
    assert again(vocabulary, ".rdf") == vocabulary


@pytest.mark.parametrize("ending", [".ttl", ".rdf", ".jsonld"])
def test_own_addresses_are_kept_and_made_ones_are_stable(ending: str) -> None:
    own = Vocabulary(
        "tags", (Term("Boats", uri="http://museum.example/7"), Term("Trees")), uri="http://museum.example/"
    )
    assert again(own, ending) == own
    assert again(again(TAGS, ending), ".csv").terms == TAGS.terms
    changed = Vocabulary("tags", (*TAGS.terms, Term("Trees")))
    assert again(changed, ending).get("Boats") == again(TAGS, ending).get("Boats")


def test_turtle_says_what_skos_has_words_for(tmp_path: Path) -> None:
    write(TAGS, tmp_path / "tags.ttl")
    text = (tmp_path / "tags.ttl").read_text(encoding="utf-8")
    for line in (
        'skos:prefLabel "Boats"@en',
        'skos:altLabel "Ships"@en',
        'skos:hiddenLabel "Botes"@en',
        "skos:exactMatch <http://vocab.getty.edu/aat/300178749>",
        '"30017"^^<http://vocab.getty.edu/aat/>',
        "skos:closeMatch <http://example.org/v>",
        "a skos:ConceptScheme",
        "skos:narrower",
    ):
        assert line in text


@pytest.mark.parametrize("ending", [".ttl", ".rdf", ".jsonld"])
def test_the_same_vocabulary_is_the_same_file(ending: str, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from cartellino.curate.vocabulary import read, write\n"
        "write(read(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    write(TAGS, tmp_path / "v.csv")
    made = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}{ending}"
        told = [sys.executable, "-c", program, str(tmp_path / "v.csv"), str(out)]
        subprocess.run(told, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)})
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_names_in_the_language_asked_for(tmp_path: Path) -> None:
    text = HEAD + (
        'e:1 a skos:Concept ; skos:prefLabel "Trees"@en-GB, "Bäume"@de, "Arbres"@fr .\n'
        'e:1 skos:altLabel "Baum"@de .\n'
        'e:2 a skos:Concept ; skos:prefLabel "Boote"@de ; skos:broader e:1 .\n'
    )
    english = told(tmp_path, text)
    assert [term.label for term in english.terms] == ["Boote", "Trees"]
    assert english.get("Trees").alternatives == ("Arbres", "Baum", "Bäume")  # type: ignore[union-attr]
    assert english.get("Boote").broader == ("Trees",)  # type: ignore[union-attr]
    assert english.remarks[0] == "1 concept without a name in 'en', named as in another: 'de' (1)."
    assert "'de' (2), 'fr' (1)" in english.remarks[1]
    assert [term.label for term in told(tmp_path, text, language="de").terms] == ["Boote", "Bäume"]
    assert told(tmp_path, HEAD + 'e:2 a skos:Concept ; skos:prefLabel "Boote"@de .').language == "de"


def test_what_has_no_room_is_said(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        HEAD + 'e:1 a skos:Concept ; skos:prefLabel "Trees" ; skos:related e:2 ; skos:exactMatch "x y" .\n'
        "e:2 a skos:Concept . e:1 skos:broader e:9 .\n"
        'e:3 a skos:Concept ; skos:prefLabel "Trees" .',
    )
    assert [term.label for term in found.terms] == ["Trees", "Trees (3)"]
    for words in ("1 concept without a name", "skos:related (1)", "'x y'", "Two concepts", "does not name"):
        assert any(words in remark for remark in found.remarks), words


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:skos="http://www.w3.org/2004/02/skos/core#"><skos:Concept rdf:about="http://e.org/1">'
    "<skos:prefLabel>{}</skos:prefLabel></skos:Concept></rdf:RDF>"
)
LITERAL = "^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral> ."


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("v.rdf", BOMB + RDF.format("&b;"), "declares a document type"),
        (
            "v.rdf",
            ('<?xml version="1.0" encoding="utf-16"?>' + BOMB + RDF.format("x")).encode("utf-16"),
            "declares",
        ),
        ("v.rdf", '<!DOCTYPE x SYSTEM "file:///etc/passwd">' + RDF.format("x"), "declares a document type"),
        (
            "v.rdf",
            RDF.format(BOMB.replace("<", "&lt;").replace("&a;", "&amp;a;").replace("&b;", "")),
            "entities",
        ),
        ("v.ttl", f"<urn:a> <urn:b> '''{BOMB}'''{LITERAL}", "entities"),
        ("v.ttl", f"<urn:a> <urn:b> '''{BOMB}'''{LITERAL}".replace("<!", "\\u003C!"), "entities"),
        (
            "v.jsonld",
            '{"@context": "http://127.0.0.1:9/c", "@id": "urn:a"}',
            "asks for a context from elsewhere",
        ),
        ("v.jsonld", '{"@context": [{}, "c.jsonld"], "@id": "urn:a"}', "asks for a context from elsewhere"),
        (
            "v.jsonld",
            '[{"a": [{"\\u0040context": "file:///etc/passwd"}]}]',
            "asks for a context from elsewhere",
        ),
        (
            "v.jsonld",
            '{"@context": {"@import": "http://127.0.0.1:9/c"}}',
            "asks for a context from elsewhere",
        ),
        ("v.jsonld", '{"@context": {"a": {"@id": "urn:a", "@context": "x.json"}}}', "asks for a context"),
        ("v.jsonld", "[" * 100_000, "cannot be read as JSON-LD"),
        ("v.ttl", "<urn:a> <urn:b> " + "(" * 100_000, "cannot be read as Turtle"),
        ("v.ttl", "no turtle", "cannot be read as Turtle"),
        ("v.ttl", b"\xff\xfe\x00", "cannot be read as Turtle"),
        ("v.rdf", "<rdf:RDF", "cannot be read as RDF/XML"),
        ("v.jsonld", "{", "cannot be read as JSON-LD"),
    ],
)
def test_files_of_strangers_are_refused_in_a_sentence(
    name: str, text: str | bytes, words: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=words) as refused:
        told(tmp_path, text, name)
    assert len(str(refused.value)) < 600


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    with path.open("wb") as stream:
        stream.write(b"#")
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="no more than 34 MB"):
        read(path)


def test_literals_of_a_wrong_type_are_no_concern_and_log_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = (
        HEAD
        + 'e:1 a skos:Concept ; skos:prefLabel "x" ; e:n "abc"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    )
    assert told(tmp_path, text).terms[0].label == "x"
    assert not caplog.records


def test_addresses_that_are_none_are_no_concern(tmp_path: Path) -> None:
    text = RDF.format("x").replace("</skos:Concept>", '<n:p xmlns:n="urn:a|b#">1</n:p></skos:Concept>')
    found = told(tmp_path, text, "v.rdf")
    assert found.terms[0].label == "x"
    assert "urn:a|b#p (1)" in found.remarks[0]


def test_relative_addresses_tell_no_folder(tmp_path: Path) -> None:
    term = told(tmp_path, HEAD + '<x> a skos:Concept ; skos:prefLabel "x" .').terms[0]
    assert term.uri == "http://relative.invalid/x"


def test_xml_refuses_what_it_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"U\+0001"):
        write(Vocabulary("v", (Term("a\x01b"),)), tmp_path / "v.rdf")


def test_only_skos_loads_rdflib(tmp_path: Path) -> None:
    write(TAGS, tmp_path / "v.csv")
    program = (
        "import sys; from pathlib import Path; from cartellino.curate.vocabulary import read\n"
        "read(Path(sys.argv[1])); assert 'rdflib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "v.csv")], check=True)
