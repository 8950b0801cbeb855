"""Serve a museum: python -m tests.museum --data DIR --port 8080 --faults all."""

from __future__ import annotations

import argparse
import contextlib
import threading
from pathlib import Path

from .faults import Faults
from .records import painted, stored
from .server import Museum


def _faults(words: str) -> Faults:
    try:
        return Faults.named(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.museum", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of records; painted into if it has none"
    )
    parser.add_argument("--port", type=int, default=0, help="where; a free port unless told")
    parser.add_argument(
        "--faults", type=_faults, default=Faults(), help="none, all, all=0.02, stall=0.1,seed=3"
    )
    parser.add_argument("--rate", type=float, help="requests a second that are served; 403 above")
    return parser.parse_args()


def main() -> None:
    """Serve until interrupted; the address is printed once it can be asked."""
    told = _told()
    records, images = stored(told.data) or painted(told.data)
    with Museum(records, images, told.faults, told.rate, port=told.port) as museum:
        print(f"{len(records)} objects at {museum.address}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
