"""How soon the command line answers, beside Python itself doing nothing.

Run: python benchmarks/startup.py [--rounds 15]

`help` is ``cartellino --help`` by its console script; `status` is ``cartellino status`` on an empty
collection.
The target is that `help` takes at most four times as long as ``python -c pass``.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cartellino

LIMIT = 4.0


def seconds(command: list[str]) -> float:
    """The time of one run of a whole process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Time the contenders in turns and print medians and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    script = shutil.which("cartellino", path=str(Path(sys.executable).parent)) or "cartellino"
    with tempfile.TemporaryDirectory() as folder:
        cartellino.create(folder).close()
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "help": [script, "--help"],
            "status": [script, "status", "--collection", folder],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                taken[name].append(seconds(command))
    bare = taken["python -c pass"]
    for name, times in taken.items():
        ratio = statistics.median(a / b for a, b in zip(times, bare, strict=True))
        print(f"{name:<16}{statistics.median(times) * 1e3:8.1f} ms{ratio:8.2f} x")
    print(f"target: help at most {LIMIT} x")


if __name__ == "__main__":
    main()
