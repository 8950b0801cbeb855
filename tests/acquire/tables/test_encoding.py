"""The encoding of a text file, found from all of its bytes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.acquire.tables.encoding import Encoding, at_home, find
from cartellino.errors import InputError

GERMAN = "id;titel;künstler\n1;Frühstück im Grünen, Öl auf Leinwand;Müller\n2;Straße mit Bäumen;Höß\n"
FRENCH = "id,titre\n1,Déjeuner sur l'herbe à Argenteuil\n2,La Forêt près d'Étretat\n"
POLISH = "id,tytuł,autor\n" + "".join(
    f"{n},{title}\n"
    for n, title in enumerate(
        ["Babie lato,Józef Chełmoński", "Żółte róże,Stanisław Wyspiański", "Kąpiący się chłopcy,Łukasz"]
    )
)


def found(data: bytes, told: str | None = None) -> Encoding:
    return find(lambda: io.BytesIO(data), "works.csv", told)


@pytest.mark.parametrize("text", [GERMAN, FRENCH])
@pytest.mark.parametrize("name", ["utf-8", "cp1252", "latin-1", "mac_roman", "utf-16-le", "utf-16-be"])
def test_western_tables_are_read_as_they_were_written(text, name):
    encoding = found(text.encode(name))
    assert text.encode(name).decode(encoding.name) == text
    assert encoding.sound
    assert encoding.sure


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(name):
    encoding = found(GERMAN.encode(name))
    assert encoding.bom
    assert GERMAN.encode(name).decode(encoding.name) == "\ufeff" + GERMAN


def test_other_scripts_are_recognised_but_called_a_guess():
    encoding = found(POLISH.encode("cp1250"))
    assert POLISH.encode("cp1250").decode(encoding.name) == POLISH
    assert not encoding.sure


def test_an_accent_far_behind_the_start_is_still_seen():
    data = b"id,title\n" + b"1,plain\n" * 400_000 + "2,Dürer à Venise\n".encode("cp1252")
    assert found(data).name == "cp1252"


def test_a_damaged_line_among_many_leaves_the_file_utf8_but_unsound():
    lines = [f"{n},Café {n}\n".encode() for n in range(50)]
    encoding = found(b"id,title\n" + b"".join(lines) + b"99,Caf\xe9\n")
    assert encoding.name == "utf-8"
    assert not encoding.sound
    assert encoding.errors == "surrogateescape"


def test_a_character_cut_by_the_end_of_the_file_is_unsound():
    assert not found("id,title\n1,Café\n2,Café\n3,Café\n4,é".encode()[:-1]).sound


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le"])
def test_nul_characters_make_a_file_unsound(name):
    assert not found(("id,title\n" + "1,plain and long enough\n" * 20 + "2,a\0b\n").encode(name)).sound


def test_binary_data_is_refused():
    with pytest.raises(InputError, match="not text"):
        found(bytes(range(256)) * 16)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_are_told_from_the_first_row_outside_quotes(newline):
    text = newline.join(['id,"object\nnumber"', '1,"two\r\nlines"', "2,b", ""])
    assert found(text.encode()).newline == newline


def test_a_named_encoding_is_obeyed_and_checked():
    assert found("1,é\n".encode("mac_roman"), "mac_roman") == Encoding("mac-roman")
    assert not found(b"1,\x81\n", "cp1252").sound
    assert found("1,é\n".encode("utf-16"), "utf-16") == Encoding("utf-16-le", bom=True)
    with pytest.raises(InputError, match="no encoding is called 'klingon'"):
        found(b"id\n", "klingon")


def test_characters_at_home_in_western_europe():
    assert at_home("Musée d’Orsay – Straße, 12 × 5 cm, «Peña»") == 1.0
    assert at_home("MusÈe") == at_home("D\x9frer") == at_home("Портрет") == 0.0


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_utf8_never_passes_for_something_else(text):
    data = ("id,title\n" + text).encode()
    encoding = found(data)
    assert data.decode(encoding.name) == "id,title\n" + text
