"""Vocabularies for tests: drawn by Hypothesis, with every awkward letter and id."""

from __future__ import annotations

from hypothesis import strategies as st

from cartellino.curate.vocabulary import Term, Vocabulary

# Everything a museum may have typed but halves of surrogate pairs, which no file in UTF-8 can hold.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
XML_TEXT = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\n\t\r"
    ),
    max_size=8,
)
ADDRESSES = st.sampled_from(
    ["http://example.org/a", "https://example.org/b#c", "urn:isbn:123", "http://x.org/ü"]
)
IDS = {
    "aat": st.sampled_from(
        ["300015045", "http://vocab.getty.edu/page/aat/300189568", "300", "no id", "a|b\\c"]
    ),
    "ulan": st.sampled_from(["500010879", "(not assigned)"]),
    "tgn": st.sampled_from(["7011781", "1000080", "70"]),
    "ia": st.just("901000042"),
    "wikidata": st.sampled_from(["Q42", "https://www.wikidata.org/wiki/Q1", "42"]),
    "other": ADDRESSES | st.just("not one"),
}


def vocabularies(text: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[Vocabulary]:
    labels = text.filter(str.strip)
    names = st.lists(text, max_size=3).map(tuple)
    ids = st.fixed_dictionaries({}, optional={k: st.lists(v, max_size=2).map(tuple) for k, v in IDS.items()})
    term = st.builds(
        Term,
        labels,
        ids,
        alternatives=names,
        hidden=names,
        broader=names,
        definition=text,
        note=text,
        close=st.lists(ADDRESSES, max_size=2).map(tuple),
    )
    terms = st.lists(term, max_size=4, unique_by=lambda each: each.label).map(tuple)
    return st.builds(Vocabulary, labels, terms, st.sampled_from(["en", "de", "pt-br"]))
