"""What the columns of a table are for."""

from __future__ import annotations

import pytest

from cartellino.acquire.tables.columns import Told, columns, guess, named_roles
from cartellino.errors import InputError
from cartellino.records import Column

ROWS = [[str(n), f"1975.{n}", f"Title {n % 3}", f"{n}.jpg", "Italian"] for n in range(20)]


def roles(header, rows=ROWS, **told):
    return guess(header, rows, Told(**told), "works.csv")


def test_the_mets_columns():
    found = roles(["Object ID", "Object Number", "Title", "File", "Culture"])
    assert (found.id, found.accession, found.title, found.picture) == (0, 1, 2, 3)


@pytest.mark.parametrize(
    "name",
    [
        "objectID",
        "Object_Number",
        "Inventarnummer",
        "Inv.-Nr.",
        "N° inv.",
        "Numéro d'inventaire",
        "Accession No.",
        "irn",
    ],
)
def test_ids_by_many_names(name):
    assert roles(["Notes", name, "Title", "x", "Culture"]).id == 1


def test_a_number_serves_as_id_where_no_system_id_is_there():
    found = roles(["a", "Inventory number", "Title", "x", "Culture"])
    assert (found.id, found.accession) == (1, None)


def test_an_id_that_repeats_is_taken_with_a_note():
    rows = [["1", "a.jpg"], ["1", "b.jpg"], ["2", "c.jpg"]]
    found = roles(["Object ID", "view"], rows)
    assert found.id == 0
    assert "repeat" in found.notes[0]


def test_picture_files_stand_for_ids_where_nothing_else_does():
    found = roles(["file", "style"], [[f"{n}.jpg", "Baroque"] for n in range(5)])
    assert (found.id, found.picture) == (0, 0)
    assert "stand for them" in found.notes[0]


def test_several_candidates_are_listed():
    with pytest.raises(InputError, match="'ID', 'Object ID'"):
        roles(["ID", "Object ID"], [["1", "a"], ["2", "b"]])
    with pytest.raises(InputError, match=r"'alpha', 'beta'\. Name it with --id-column"):
        roles(["alpha", "beta", "gamma"], [["1", "a", "x"], ["2", "b", "x"]])


def test_no_candidate_gets_a_sentence():
    with pytest.raises(InputError, match="no column of ids"):
        roles(["colour"], [["red"], ["red"]])


def test_a_column_can_be_named_and_a_wrong_name_gets_near_ones():
    assert roles(["Object ID", "Object Number", "Title", "x", "y"], id="object number").id == 1
    with pytest.raises(InputError, match=r"no column 'Objekt Number'.*There are: Object Number"):
        roles(["Object ID", "Object Number", "Title", "x", "y"], id="Objekt Number")


def test_picture_columns_are_known_by_their_cells():
    urls = [[str(n), f"https://museum.org/{n}.jpg", f"{n}.TIF"] for n in range(9)]
    assert roles(["id", "Image", "scan"], urls).picture == 2
    yes = [[str(n), "yes"] for n in range(9)]
    assert roles(["id", "image"], yes).picture is None
    assert roles(["id", "image"], yes, picture="image").picture == 1


def test_columns_keep_headers_and_get_names_apart():
    header = ["id", "Title", "", "title"]
    found = columns(header, roles(header, [["1", "a", "b", "c"]]))
    assert [column.header for column in found] == header
    assert len({column.name.casefold() for column in found}) == 4
    assert [column.role for column in found] == ["id", "title", "", ""]


def test_named_roles():
    assert named_roles(["id", "title", "file"]) == (
        Column("id", "id", "id"),
        Column("title", "title", "title"),
        Column("file", "file", "picture"),
    )
