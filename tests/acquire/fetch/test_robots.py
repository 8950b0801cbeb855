from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.acquire.fetch.robots import Robots, forbids_learning, read

EXAMPLE = """\
# RFC 9309, 5.1, and a group of our own
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow: /

User-Agent: Cartellino/1.0
User-Agent: bazbot
Disallow: /
Allow: /public/
Disallow: /public/secret
Allow:
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", False),
        ("/public/1.jpg", True),
        ("/public/secret/1", False),
        ("/robots.txt", True),
        ("/x.gif", False),
    ],
)
def test_the_group_that_names_us_counts_alone_and_the_longest_rule_in_it(path: str, allowed: bool) -> None:
    assert read(EXAMPLE).allows(path) is allowed


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/a.gif", False), ("/a.gif?b", True), ("/example/1", False), ("/publications/a", True), ("/", True)],
)
def test_the_group_of_everyone_counts_where_none_names_us(path: str, allowed: bool) -> None:
    assert read(EXAMPLE.replace("Cartellino", "other")).allows(path) is allowed


def test_equally_long_rules_allow_and_escapes_are_no_way_around() -> None:
    assert read("User-agent: *\nDisallow: /a\nAllow: /a").allows("/a")
    assert not read("User-agent: *\nDisallow: /geheim").allows("/%67eheim")
    assert not read("User-agent: *\nDisallow: /m%C3%BCnzen").allows("/m%c3%bcnzen/1")


def test_without_rules_everything_is_allowed() -> None:
    for text in ("", "<html>404</html>", "Disallow: /", "User-agent: *\nDisallow:"):
        assert read(text).allows("/anything")
    assert Robots().allows("/")


@given(st.text(), st.text())
def test_any_file_can_be_read(text: str, path: str) -> None:
    read("User-agent: *\n" + text).allows("/" + path)
    read(f"User-agent: *\nDisallow: {path}").allows("/" + text)


@pytest.mark.parametrize(
    ("tags", "forbidden"),
    [
        ([], False),
        (["noindex"], False),
        (["noai"], True),
        (["noindex, NoImageAI"], True),
        (["googlebot: noai"], False),
        (["cartellino: noai"], True),
        (["otherbot: noindex, noai", "noarchive"], False),
        (["noindex", "noai"], True),
        (["unavailable_after: 25 Jun 2030 15:00:00 PST"], False),
    ],
)
def test_tags_against_learning(tags: list[str], forbidden: bool) -> None:
    assert forbids_learning(tags) is forbidden
