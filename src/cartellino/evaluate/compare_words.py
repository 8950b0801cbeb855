"""What a comparison says, in sentences: never a winner without evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from cartellino.show import words

_OF_A_PART = {"test": "test", "folds": "cross-validated"}


def headline(data: Mapping[str, Any]) -> str:
    """The sentence that says whether there is a best model, or that it cannot be told."""
    best, works = data["best"], words.count(data["works"], f"{_OF_A_PART[data['part']]} work")
    figure = _figure(data, _model(data, best))
    others = [each["name"] for each in data["models"] if each["name"] != best]
    beaten = [pair["second"] for pair in data["pairs"] if pair["better"] == best == pair["first"]]
    beaten += [pair["first"] for pair in data["pairs"] if pair["better"] == best == pair["second"]]
    even = [name for name in others if name not in beaten]
    if data["against"] == "first" and best != data["models"][0]["name"]:
        return _against_first(data, works)
    if not even:
        return f"On {works} ‘{best}’ is better than {_listed(beaten)}: {figure}."
    if not beaten:
        return (
            f"On {works} none of the {words.number(len(data['models']))} is shown to be better: "
            f"‘{best}’ has the highest figure ({figure}), and {_listed(even)} {_differs(even)} from it "
            "within the interval."
        )
    return (
        f"On {works} ‘{best}’ is better than {_listed(beaten)} ({figure}); {_listed(even)} {_differs(even)} "
        "from it within the interval."
    )


def sentences(data: Mapping[str, Any]) -> list[str]:
    """What a director can read in a minute, below the headline."""
    told = [in_words(data, pair) for pair in data["pairs"][:3]]
    if len(data["pairs"]) > 3:
        told.append(f"{words.count(len(data['pairs']) - 3, 'more pair')} of models stand in the table below.")
    told += [_corrected(data), _costs(data), _alike(data)]
    told.append(
        f"Measured on {data['part_in_words']}. It holds for works like those that were labelled, and for "
        "models that learnt from as many."
    )
    return [sentence for sentence in told if sentence]


def in_words(data: Mapping[str, Any], pair: Mapping[str, Any]) -> str:
    """One pair of models: by how much they differ, and what that is worth."""
    first, second, exact = pair["first"], pair["second"], pair["mcnemar"]
    told = ""
    if exact is not None and exact["first"] == exact["second"] == 0:
        return f"‘{first}’ and ‘{second}’ are right for the same works."
    if exact is not None:
        told = (
            f"‘{first}’ is right for {words.count(exact['first'], 'work')} that ‘{second}’ gets wrong, and "
            f"‘{second}’ for {words.number(exact['second'])} that ‘{first}’ gets wrong. "
        )
    apart = difference(data, pair, data["main"])
    chance = _chance(pair["p_corrected"])
    if pair["better"] is None:
        return (
            f"{told}‘{first}’ and ‘{second}’ differ by {apart}, which is within the interval: "
            f"chance alone does as much {chance}."
        )
    return f"{told}‘{pair['better']}’ is better, by {apart.lstrip('−')}: chance alone does as much {chance}."


def difference(data: Mapping[str, Any], pair: Mapping[str, Any], key: str) -> str:
    """A difference with its interval: '2.1 points (0.4 to 3.9)', or '0.021 (0.004 to 0.039)'."""
    told = pair["differences"][key]
    if told["value"] is None:
        return "–"
    measure = next(each for each in data["measures"] if each["key"] == key)
    factor, digits, unit = (100.0, 1, " points") if measure["share"] else (1.0, 3, "")
    turned = -1.0 if pair["better"] == pair["second"] and pair["better"] is not None else 1.0
    ends = sorted(turned * factor * told[end] for end in ("low", "high") if told[end] is not None)
    value = _signed(turned * factor * told["value"], digits)
    if len(ends) < 2:
        return f"{value}{unit}"
    return f"{value}{unit} ({_signed(ends[0], digits)} to {_signed(ends[1], digits)})"


def shown(measure: Mapping[str, Any], told: Mapping[str, Any], works: int) -> tuple[str, str]:
    """A figure and its interval, as a table's cells."""
    if told["value"] is None:
        return "–", "–"
    if measure["share"]:
        return words.percent(told["value"], works), words.span(told["low"], told["high"], works)
    return f"{told['value']:.3f}", f"{told['low']:.3f}–{told['high']:.3f}"


def cost_cells(cost: Mapping[str, Any]) -> list[str]:
    """Training time, size, and pictures a second with and without what they are seen by."""
    trained, size = cost["training_seconds"], cost["bytes"]
    return [
        "–" if trained is None else seconds(trained),
        "–" if size is None else megabytes(size),
        *(rate(cost[key]) for key in ("pictures_per_second", "head_pictures_per_second")),
    ]


def seconds(spent: float) -> str:
    """A time for a table: '0.42 s', '12 s', '2 min 05 s'."""
    return f"{spent:.2g} s" if spent < 9.5 else words.duration(spent)


def megabytes(size: int) -> str:
    """A size for a table: '0.18 MB', '24 MB'."""
    told = size / 1e6
    return f"{told:.2f} MB" if told < 10 else f"{told:,.0f} MB"


def rate(told: float | None) -> str:
    """A rate for a table, of two digits that mean something."""
    if told is None:
        return "–"
    digits = max(0, 1 - math.floor(math.log10(max(told, 1e-3))))
    return f"{told:,.{digits}f}" if told < 100 else f"{round(told, -int(math.log10(told)) + 1):,.0f}"


def _against_first(data: Mapping[str, Any], works: str) -> str:
    first = data["models"][0]["name"]
    better = [pair["better"] for pair in data["pairs"] if pair["better"] not in (None, first)]
    if better:
        return f"On {works} {_listed(better)} {'is' if len(better) == 1 else 'are'} better than ‘{first}’."
    return (
        f"On {works} nothing is shown to be better than ‘{first}’ ({_figure(data, data['models'][0])}): "
        f"‘{data['best']}’ has the highest figure, and differs from it within the interval."
    )


def _corrected(data: Mapping[str, Any]) -> str:
    n = len(data["pairs"])
    if n < 2:
        return ""
    return (
        f"{words.number(n)} pairs were held against each other. The more questions, the more often chance "
        "answers one, so that what it does is counted for all of them together (Holm’s correction)."
    )


def _costs(data: Mapping[str, Any]) -> str:
    told = data["frontier"]["predicting"]
    left = [each["name"] for each in data["models"] if each["name"] not in told]
    if not told or not left:
        return ""
    return (
        f"At its cost of predicting, nothing here has a higher figure than {_listed(told)}; "
        f"{_listed(left)} {'costs' if len(left) == 1 else 'cost'} as much or more without a higher one."
    )


def _alike(data: Mapping[str, Any]) -> str:
    n, names = len(data["models"]), [each["name"] for each in data["models"]]
    pairs = [(data["agreement"][a][b], names[a], names[b]) for a in range(n) for b in range(a)]
    share, one, other = min(pairs)
    what = "give the same label to" if data["kind"] == "single" else "agree, by the labels they give, on"
    return f"‘{other}’ and ‘{one}’ {what} {words.percent(share, data['works'])} of the works."


def _model(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(each for each in data["models"] if each["name"] == name)
    return found


def _figure(data: Mapping[str, Any], model: Mapping[str, Any]) -> str:
    measure = next(each for each in data["measures"] if each["key"] == data["main"])
    value, interval = shown(measure, model["figures"][data["main"]], data["works"])
    return f"{measure['name']} {value}, {interval}"


def _chance(p: float) -> str:
    if p >= 0.995:
        return "every time"
    times = 100 * p
    return f"{times:.0f} times in 100" if times >= 1.5 else f"{max(1, round(10 * times))} in 1,000 times"


def _listed(names: Sequence[str]) -> str:
    return words.listing([f"‘{name}’" for name in names])


def _differs(names: Sequence[str]) -> str:
    return "differs" if len(names) == 1 else "differ"


def _signed(value: float, digits: int) -> str:
    told = f"{abs(value):.{digits}f}"
    return f"−{told}" if value < 0 and float(told) else told
