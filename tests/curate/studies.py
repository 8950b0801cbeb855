"""Tables with the counts of the five studies, as far as they print them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from .museum import Row

# Chen and Chen 2020, before and after cleaning.
BEFORE = {
    "American": 1592, "Japanese": 1149, "Chinese": 1097, "French": 940, "Italian": 759, "Dutch": 429,
    "Indian": 559, "British": 300, "German": 259, "Spanish": 125, "Flemish": 109,
}  # fmt: skip
AFTER = {
    "American": 1585, "Japanese": 1084, "Chinese": 1034, "French": 815, "Italian": 688, "Dutch": 412,
    "Indian": 372, "British": 280, "German": 172, "Spanish": 115, "Flemish": 106,
}  # fmt: skip
PAINTINGS, PLACES = 7_938, 125
# Overlapping places as the Met writes them, in turn.
OWN_NAMES = {
    "Indian": ("India", "India (Gujarat)", "India (Rajasthan)", "Gujarat", "Rajasthan"),
    "British": ("British", "England", "United Kingdom"),
    "Japanese": ("Japan",),
    "Chinese": ("China",),
}
# Picar 2021: 2,206 paintings of six styles. Counts of the styles are not printed; these are about ten times
# the test parts that the printed shares have as denominators (137, 44, 19, 18, 10 and 2), cut to 2,206.
STYLES = {
    "Impressionism": 1_270, "Cubism": 439, "Expressionism": 193, "Pop Art": 181, "Byzantine Art": 99,
    "Abstract Expressionism": 24,
}  # fmt: skip
# The numbered labels: 8,263 images of class 13, 6,745 of class 51, 4,991 of the other 48.
NUMBERED = {"13": 8_263, "51": 6_745}
OTHERS, OTHER_CLASSES = 4_991, 48


def paintings() -> tuple[list[Row], list[str]]:
    """The Met's paintings before cleaning, under its own names, and the ids that cleaning took out."""
    rows = [
        _painting(f"{culture} {n}", _own(culture, n))
        for culture, works in BEFORE.items()
        for n in range(works)
    ]
    own = {name for names in OWN_NAMES.values() for name in names} | set(BEFORE) - set(OWN_NAMES)
    rare = [f"Place {n}" for n in range(PLACES - len(own))]
    rest = PAINTINGS - sum(BEFORE.values())
    rows += [_painting(f"rare {n}", rare[n % len(rare)]) for n in range(rest)]
    out = [f"{culture} {n}" for culture, works in BEFORE.items() for n in range(works - AFTER[culture])]
    boxes: list[Row] = [
        {"id": f"box {n}", "culture": "French", "classification": "Snuff-boxes"} for n in range(300)
    ]
    return [*rows, *boxes], out


def _painting(work: str, culture: str) -> Row:
    """French painters' works have no culture in the Met's records, but an artist with a nationality."""
    written = {"culture": culture, "artistNationality": ""}
    if culture == "French":
        written = {"culture": "", "artistNationality": culture}
    return {"id": work, **written, "classification": "Paintings"}


def _own(culture: str, n: int) -> str:
    names = OWN_NAMES.get(culture, (culture,))
    return names[n % len(names)]


def styles() -> tuple[list[Row], str]:
    """Paintings by artists, and the table that says what each artist's genres are."""
    artists = {style: [f"{style} {n}" for n in range(2)] for style in STYLES}
    table = [f"{name},{style}" for style, names in artists.items() for name in names]
    table += ['Two-handed,"Realism,Impressionism"', "Other,Baroque"]
    rows = [
        {"id": f"{style}_{n}", "artist": artists[style][n % 2]}
        for style, works in STYLES.items()
        for n in range(works)
    ]
    others = [{"id": f"x{n}", "artist": ("Two-handed", "Other", "Nobody knows")[n % 3]} for n in range(600)]
    return [*rows, *others], "\n".join(["name,genre", *table])


def numbered() -> list[Row]:
    """Images with their first attribute as it is printed, some with a second."""
    firsts = chain.from_iterable([number] * works for number, works in NUMBERED.items())
    rest = (str(100 + n % OTHER_CLASSES) for n in range(OTHERS))
    return [
        {"id": f"i{n}", "attribute_ids": (first, "7") if n % 5 == 0 else first}
        for n, first in enumerate(chain(firsts, rest))
    ]


def tagged(works: int, tags: int, frequent: Mapping[str, int]) -> Iterator[Row]:
    """Works with tags: `frequent` ones stand first so often, the rest of `tags` share the rest."""
    n = 0
    for tag, times in frequent.items():
        for _ in range(times):
            yield {"id": f"t{n}", "tags": (tag, f"Tag {n % tags}") if n % 3 else tag}
            n += 1
    for m in range(n, works):
        yield {"id": f"t{m}", "tags": f"Tag {m % tags}"}
