"""What is noticed about ids on the way in; they are never corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from cartellino.acquire.source import Remarks
from cartellino.catalogue.identity import leading_zeros_lost, mangled
from cartellino.errors import InputError
from cartellino.files import readable

# Numbers with which `mangled` cannot find fault: most ids, and this costs them little.
harmless = re.compile(r"[\d./ -]{0,15}(?<!\.0)\Z").match


def listed(path: Path) -> list[str]:
    """The ids in a file: the first cell of each line, each once, in their order; a header is left out.

    Raises
    ------
    InputError
        If there is no such file, or no id in it.
    """
    text = readable(path, "file of ids").read_text(encoding="utf-8-sig", errors="replace")
    cells = (re.split(r"[,;\t]", line, maxsplit=1)[0].strip().strip('"') for line in text.splitlines())
    found = list(dict.fromkeys(filter(None, cells)))
    if found and any(map(str.isdigit, found[1:])) and not found[0].isdigit():
        found = found[1:]
    if not found:
        raise InputError("there is no id in it", str(path), "Write one id on each line.")
    return found


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
