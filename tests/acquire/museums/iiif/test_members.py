"""What collections list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cartellino.acquire.museums.iiif.members import Member, manifests, members

TOP = "https://museum.org/top"


def listed(pages, limit=None, asked=None):
    """The manifests below TOP, in a museum that has these pages."""

    def ask(address):
        if asked is not None:
            asked.append(address)
        return pages.get(address)

    return list(manifests(pages[TOP], TOP, ask, limit))


def test_entries_of_both_versions():
    three = {
        "items": [
            {"id": "a", "type": "Manifest"},
            {"id": "b", "type": "Collection"},
            {"id": "c", "type": "Canvas"},
        ]
    }
    two = {
        "manifests": [{"@id": "m"}, "n"],
        "collections": [{"@id": "c"}],
        "members": [{"@id": "x", "@type": "sc:Manifest"}],
    }
    assert members(three, TOP) == [
        Member("Manifest", "https://museum.org/a"),
        Member("Collection", "https://museum.org/b"),
    ]
    assert [(member.kind, member.address[-1]) for member in members(two, TOP)] == [
        ("Collection", "c"),
        ("Manifest", "m"),
        ("Manifest", "n"),
        ("Manifest", "x"),
    ]


def test_nested_collections_are_followed_in_order_and_circles_left():
    pages = {
        TOP: {
            "items": [
                {"id": "1", "type": "Manifest"},
                {"id": "c", "type": "Collection"},
                {"id": "3", "type": "Manifest"},
            ]
        },
        "https://museum.org/c": {
            "items": [
                {"id": TOP, "type": "Collection"},
                {"id": "2", "type": "Manifest"},
                {"id": "1", "type": "Manifest"},
            ]
        },
    }
    assert [each[-1] for each in listed(pages)] == ["1", "2", "3"]


def test_pages_are_turned_and_none_is_asked_for_that_is_not_needed():
    pages = {
        TOP: {"total": 5, "first": "p1"},
        "https://museum.org/p1": {"manifests": [{"@id": "1"}, {"@id": "2"}], "next": {"id": "p2"}},
        "https://museum.org/p2": {"manifests": [{"@id": "3"}], "next": "p2"},
    }
    asked = []
    assert [each[-1] for each in listed(pages)] == ["1", "2", "3"]
    assert [each[-1] for each in listed(pages, 2, asked)] == ["1", "2"]
    assert asked == ["https://museum.org/p1"]


def test_what_is_told_inside_is_not_asked_for_and_what_cannot_be_had_is_passed_over():
    inside = {"@id": "c", "manifests": [{"@id": "1"}]}
    pages = {TOP: {"collections": [inside, {"@id": "lost"}], "manifests": [{"@id": "2"}]}}
    asked = []
    assert [each[-1] for each in listed(pages, asked=asked)] == ["1", "2"]
    assert asked == ["https://museum.org/lost"]


addresses = st.sampled_from([TOP, *(f"https://museum.org/{n}" for n in range(6))])
entries = st.lists(
    st.fixed_dictionaries({"id": addresses, "type": st.sampled_from(["Manifest", "Collection"])})
)
collections = st.fixed_dictionaries({"items": entries}, optional={"next": addresses, "first": addresses})


@given(st.dictionaries(addresses, collections), collections)
def test_any_tangle_ends_and_names_nothing_twice(pages, top):
    found = listed({**pages, TOP: top})
    assert len(found) == len(set(found))
    assert listed({**pages, TOP: top}, 2) == found[:2]
