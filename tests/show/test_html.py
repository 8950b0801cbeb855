"""Pages that are one file and obey nobody's titles."""

from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError

from cartellino.show import html


def test_the_style_sheet_brings_its_letters() -> None:
    sheet = html.stylesheet()
    assert sheet.count("data:font/woff2;base64,") == 3
    assert not re.search(r"url\((?!\"data:)", sheet)


def test_values_are_escaped() -> None:
    template = html.environment().from_string("<p title='{{ title }}'>{{ title }}</p>")
    page = template.render(title="<script>'\"&")
    assert page == "<p title='&lt;script&gt;&#39;&#34;&amp;'>&lt;script&gt;&#39;&#34;&amp;</p>"


def test_sentences_are_escaped_and_keep_numbers_with_their_sign() -> None:
    assert str(html.typeset("<b> 92.0 % of")) == "&lt;b&gt; 92.0\N{NO-BREAK SPACE}% of"


def test_the_words_are_at_hand() -> None:
    template = html.environment().from_string(
        "{{ n | count('work') }}, {{ p | percent(226) }}, {{ p | hedge }}"
    )
    assert template.render(n=2282, p=0.92) == "2,282 works, 92.0 %, probably"


def test_what_is_missing_is_not_silently_blank() -> None:
    with pytest.raises(UndefinedError):
        html.environment().from_string("{{ nothing }}").render()
