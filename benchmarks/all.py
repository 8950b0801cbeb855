"""Every benchmark that needs no file of its own, in turn; their results belong in docs/benchmarks.md.

Run: make bench, or python benchmarks/all.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ALL = (
    "startup",
    "catalogue",
    "freezing",
    "duplicates",
    "fetch",
    "pictures",
    "features",
    "views",
    "feature_store",
    "tasks",
    "linear",
    "suspects",
)


def main() -> None:
    """Run them; stop at the first that fails."""
    for name in ALL:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=True, cwd=HERE.parent)


if __name__ == "__main__":
    main()
