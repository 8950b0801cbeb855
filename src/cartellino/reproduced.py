"""Studies carried out on a collection, and their pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cartellino.files import one_writer
from cartellino.model import Page

if TYPE_CHECKING:
    from cartellino.museum import Museum


def reproduce(
    museum: Museum,
    study: str,
    *,
    scale: str = "laptop",
    seeds: Sequence[int] = (0,),
    labels: Mapping[str, str] | None = None,
) -> Page:
    """Carry out a study and write its page, ``reports/NAME/report.html``.

    Parameters
    ----------
    museum : Museum
        The collection to run it on.
    study : str
        The name of a study that comes with Cartellino (``p1`` … ``p5``), or a TOML file.
    scale, seeds, labels
        As of `cartellino.studies.run.carry_out`.
    """
    from cartellino.studies import report
    from cartellino.studies import study as studies
    from cartellino.studies.run import carry_out
    from cartellino.studies.told import told

    wanted = studies.load(study)
    with one_writer(museum.folder / "train.lock", "training"):
        tabled = carry_out(museum, wanted, scale=scale, seeds=seeds, labels=labels)
        data = told(wanted, tabled, scale, seeds)
        return Page(report.write(museum, data, tabled, museum.folder / "reports" / f"{wanted.name}-{scale}"))
