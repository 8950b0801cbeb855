"""A recipe for people who choose one: its settings, what it sees, what it is made of, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cartellino.classify import recipe as recipes
from cartellino.classify.families import FAMILIES, family
from cartellino.classify.meanings import meanings
from cartellino.classify.outline import Layer
from cartellino.classify.recipe import Recipe
from cartellino.features.registry import BACKBONES, load_backbone
from cartellino.features.weighing import weighed
from cartellino.files import shipped

_NOT_SETTINGS = ("name", "family", "summary")


def listed() -> list[dict[str, Any]]:
    """Every shipped recipe: 'name', 'family', 'summary' and 'extras' (what it needs, as a list)."""
    return [_headed(recipes.load(name)) for name in shipped("recipes")]


def described(recipe: Recipe, backbone: str, classes: int) -> dict[str, Any]:
    """All about a recipe.

    Parameters
    ----------
    recipe : Recipe
        The recipe.
    backbone : str
        The view that it sees where it names none of its own.
    classes : int
        How many labels it would tell apart.

    Returns
    -------
    dict
        As of `listed`, and 'classes'; 'settings' ('name', 'value', 'default', 'wanted', 'meaning'); 'sees'
        ('view', 'numbers', 'size', 'parameters', 'multiply_adds'; empty for pictures themselves); 'layers'
        ('name', 'kind', 'shape', 'parameters', 'multiply_adds'); 'parameters' and 'multiply_adds', those of
        what is learnt; 'all_multiply_adds', for a picture, with those of what it sees. None is what nobody
        can know beforehand.

    Raises
    ------
    MissingExtraError
        If a view or a network of its needs an extra that is not installed.
    """
    views = [] if recipe.looks_at_pictures else [_view(each) for each in recipe.views or (backbone,)]
    outline = family(recipe.family).outline(recipe, sum(each["numbers"] for each in views), classes)
    layers = [Layer(*each) for each in outline.layers]
    costs = [outline.multiply_adds, *(each["multiply_adds"] for each in views)]
    return {
        **_headed(recipe),
        "classes": classes,
        "settings": settings(recipe),
        "sees": views,
        "layers": [{**layer._asdict(), "shape": list(layer.shape)} for layer in layers],
        "parameters": outline.parameters,
        "multiply_adds": outline.multiply_adds,
        "all_multiply_adds": None if None in costs else sum(costs),
    }


def settings(recipe: Recipe) -> list[dict[str, Any]]:
    """Its settings with defaults, what each can be, and what it means; the family's own come first."""
    own = family(recipe.family)
    told = meanings(Recipe) | meanings(own.documented())
    table = {
        **own.settings,
        **{key: each for key, each in recipes.COMMON.items() if key not in _NOT_SETTINGS},
    }
    values = recipe.to_dict()
    return [
        {
            "name": name,
            "value": _json(values[name]),
            "default": _json(each.default),
            "wanted": each.wanted,
            "meaning": told.get(name, ""),
        }
        for name, each in table.items()
    ]


def brief(value: Any) -> Any:
    """A setting's value for people: a member is the recipe that it is, and what it changes of it."""
    if isinstance(value, Mapping):
        short = {key: brief(each) for key, each in value.items()}
        return _as_changed(short) if "family" in value else short
    return [brief(each) for each in value] if isinstance(value, (list, tuple)) else value


def _as_changed(member: Mapping[str, Any]) -> dict[str, Any]:
    name, shared = str(member["name"]), member["name"] in shipped("recipes")
    base = recipes.load(name) if shared else Recipe(name, str(member["family"]))
    known = {key: brief(value) for key, value in base.to_dict().items()}
    others = {key: value for key, value in member.items() if key not in _NOT_SETTINGS and known[key] != value}
    return {"recipe": name, **others} if shared else {"family": member["family"], **others}


def _headed(recipe: Recipe) -> dict[str, Any]:
    return {
        "name": recipe.name,
        "family": recipe.family,
        "summary": recipe.summary,
        "extras": list(_extras(recipe)),
    }


def _extras(recipe: Recipe) -> Sequence[str]:
    """The extras that its family, its views and its members need, each once."""
    needed = [FAMILIES.extras.get(recipe.family)]
    needed += [BACKBONES.extras.get(view.partition(":")[0].partition("@")[0]) for view in recipe.views]
    needed += [extra for member in family(recipe.family).members(recipe) for extra in _extras(member)]
    return tuple(dict.fromkeys(each for each in needed if each))


def _view(name: str) -> dict[str, Any]:
    backbone = load_backbone(name)
    graph = backbone.graph()
    parameters, multiply_adds = (None, None) if graph is None else weighed(graph)
    return {
        "view": backbone.id,
        "numbers": backbone.width,
        "size": backbone.size,
        "parameters": parameters,
        "multiply_adds": None if multiply_adds is None else multiply_adds * backbone.look.squares,
    }


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
