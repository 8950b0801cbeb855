"""What the works are called, from what is to be seen in them."""

from __future__ import annotations

import numpy as np

_TITLES = {
    "Primary Grid": (
        "Composition No. {n}",
        "Composition with {r} Planes",
        "Composition en rouge et bleu",
        "Rhythm of Bars",
        "Tram Lines",
        "Komposition {r}",
        "Grid, Opus {n}",
        "Equilibrium",
        'Study for "Bars & Squares"',
    ),
    "Geometric Tiling": (
        "Panel of Tiles",
        "Wall Revetment",
        "Frieze Fragment",
        "Panel with {tag}",
        "Tiles from the Blue Gate",
        "Spandrel, {tag}",
        "Çini pano",
        "Floor, Room {n}",
    ),
    "Colour Field": (
        "Untitled",
        "Untitled ({n})",
        "No. {n}",
        "Vesper {r}",
        "Threshold",
        "Ohne Titel",
        "Veil {r}",
        "Sans titre",
    ),
    "Ink Wash": (
        "Mist below Mount Orune",
        "Autumn Peaks after Rain",
        "Nine Ridges",
        "Peaks, Leaf {n} of an Album",
        "Hermitage in the Clouds",
        "Evening over the Gorge",
        "Landscape after an Old Master",
    ),
    "": ("", "Unidentified", "Sheet", "[Untitled]", "Study"),
}
_SEEN = (  # the first tag that is there names the work
    ("Still life", ("Fruit on a Table", "Still Life with Jar", "Nature morte", "Stilleben {r}")),
    ("Boats", ("Sails off Saint-Ormin", "Returning Boats", "The Ferry", "Abendfahrt über den Fluß")),
    ("Moon", ("Moonrise", "Moon over the Lys-Noire", "Måneskin")),
    ("House", ("The White House", "Farm at Vennelle", "House among Fields")),
    ("Poplars", ("Poplars", "The {r} Poplars", "Alley at Vennelle")),
    ("Field", ("Ploughed Field", "Harvest Road", "Champ de blé")),
    ("Water", ("The River in {season}", "Quiet Water", "Étude de vagues", "Søndag ved vandet")),
    ("Trees", ("Orchard", "Trees in {season}", "Edge of the Wood")),
)
_SEASONS = ("Spring", "Summer", "Autumn", "Winter", "March", "October")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
ENDLESS = (
    "View from the Upper Window of the Painter's Lodgings in the Street of the Coopers, Looking towards the "
    "River, the Timber Yard, the Bridge of Boats and the Hills beyond, on the Morning after the Great Storm, "
    "with the Ferryman, His Daughter, Two Dogs and the Mayor's Carriage, Drawn from Memory and Finished Later"
)


def title(rng: np.random.Generator, school: str, tags: tuple[str, ...]) -> str:
    """A title for a work of `school` that shows `tags`."""
    seen = next((names for tag, names in _SEEN if tag in tags), ("Landscape",))
    choices = _TITLES.get(school, seen)
    if school == "Ink Wash" and "Boats" in tags:
        choices = ("Returning Boat, Evening Mist", "Fisherman below the Cliffs", *choices)
    return choices[int(rng.integers(len(choices)))].format(
        n=int(rng.integers(1, 60)),
        r=_ROMAN[int(rng.integers(len(_ROMAN)))],
        tag=tags[-1] if tags else "Ornament",
        season=_SEASONS[int(rng.integers(len(_SEASONS)))],
    )
