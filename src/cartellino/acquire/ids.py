"""What is noticed about ids on the way in; they are never corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cartellino.acquire.source import Remarks
from cartellino.catalogue.identity import leading_zeros_lost, mangled

# Numbers with which `mangled` cannot find fault: most ids, and this costs them little.
harmless = re.compile(r"[\d./ -]{0,15}(?<!\.0)\Z").match


def look_at(remarks: Remarks, line: int, work_id: str, accession: str) -> None:
    """Remark on an id or accession number that a spreadsheet seems to have changed."""
    for told in dict.fromkeys((work_id, accession)):
        remark = mangled(told)
        if remark:
            remarks.add(remark, line, work_id)


def note(header: str, ids: Iterable[str]) -> list[str]:
    """What is to be said about a whole column of ids."""
    told = leading_zeros_lost(ids)
    return [f"in '{header}', {told}"] if told else []
