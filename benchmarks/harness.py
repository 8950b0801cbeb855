"""The benchmark harness: contenders side by side, each in a process of its own, taken in turns.

A contender is a function of a benchmark file that does its set-up, then returns what it measured:
``{"seconds": …, "count": …}`` and, if it likes, ``"cpu"`` (seconds of all its threads and children) and
other numbers. Contenders take turns, forwards and backwards, so that a busy minute of the machine hits all
of them; ratios are medians over the rounds, and figures of different runs are never compared.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

Figures = dict[str, float]


@dataclass(frozen=True)
class Contender:
    """Something to measure.

    Parameters
    ----------
    name : str
        How the table calls it.
    file, function : str
        The benchmark file (``__file__``) and the name of the function in it.
    options : dict
        Its keyword arguments, as JSON can hold them.
    python : str
        The interpreter that runs it.
    """

    name: str
    file: str
    function: str
    options: dict[str, Any] = field(default_factory=dict)
    python: str = sys.executable

    def run(self) -> Figures:
        """Measure once, in a new process."""
        command = [self.python, __file__, self.file, self.function, json.dumps(self.options)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        return figures


def compare(contenders: Sequence[Contender], rounds: int) -> dict[str, list[Figures]]:
    """Measure every contender `rounds` times, taking turns."""
    measured: dict[str, list[Figures]] = {contender.name: [] for contender in contenders}
    for number in range(rounds):
        for contender in contenders if number % 2 == 0 else reversed(contenders):
            print(f"round {number + 1} of {rounds}: {contender.name}", file=sys.stderr)
            measured[contender.name].append(contender.run())
    return measured


def rate(measured: Iterable[Figures]) -> float:
    """Units a second, the median over the rounds."""
    return median(figures["count"] / figures["seconds"] for figures in measured)


def ratio(one: Sequence[Figures], other: Sequence[Figures], key: str = "seconds") -> float:
    """How many times as fast `one` is as `other`: the median over the rounds, each within itself."""
    pairs = zip(one, other, strict=True)
    return median((b[key] / b["count"]) / (a[key] / a["count"]) for a, b in pairs)


def table(measured: dict[str, list[Figures]], unit: str, baseline: str) -> str:
    """An aligned table: rates and their range, ratios by the clock and by processor time, memory."""
    rows = [["", f"{unit}/s", "range", f"of {baseline}", "by CPU time", "CPU ms each", "peak MiB"]]
    for name, rounds in measured.items():
        rates = [figures["count"] / figures["seconds"] for figures in rounds]
        each = median(1e3 * figures["cpu"] / figures["count"] for figures in rounds)
        rows.append(
            [
                name,
                f"{median(rates):,.1f}",
                f"{min(rates):,.1f}–{max(rates):,.1f}",
                f"{ratio(rounds, measured[baseline]):.2f}",
                f"{ratio(rounds, measured[baseline], 'cpu'):.2f}",
                f"{each:,.2f}",
                f"{max(figures['peak'] for figures in rounds):,.0f}",
            ]
        )
    return aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as text: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        [
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    )
    return "\n".join("  ".join(line).rstrip() for line in lines)


def write(path: Path, title: str, results: dict[str, Any]) -> None:
    """Keep results as JSON, with the machine and the date they are of."""
    machine = {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
    told = {"title": title, "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine}
    path.write_text(json.dumps(told | results, indent=1) + "\n", encoding="utf-8")


def peak_mib() -> float:
    """Most memory this process has held, in MiB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike getrusage's, this figure starts anew with each program
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def cpu_seconds() -> float:
    """Processor seconds of this process and of the children it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor()


def _contend(file: str, function: str, options: str) -> None:
    path = Path(file)
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    before = cpu_seconds()
    figures = getattr(module, function)(**json.loads(options))
    defaults = {"peak": peak_mib(), "cpu": cpu_seconds() - before, "count": 1}
    print(json.dumps(defaults | figures))


if __name__ == "__main__":
    _contend(*sys.argv[1:])
