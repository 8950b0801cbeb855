"""Near-duplicates: how many of a made set are found, how many are wrong, and how long proposing takes.

Run: python benchmarks/duplicates.py [--every 6] [--pictures 500000] [--json FILE]

The made set takes every sixth picture of the Met sample and of wikiart7 (CARTELLINO_DATA, or ../shared/data
beside the checkout) and makes a copy by each operation: crops ('crop 5%': each side by up to 5 % at random;
'crop =5%': every side by 5 %), borders (around, at random, or on two sides; black, white, grey, coloured, or
the picture's own colour), JPEG, resizing, and mixes. Every other of these pictures is kept for figures, and
what was chosen was chosen on others. Each copy goes through the picture store like any picture. For
precision, one copy ('mix of some') of each chosen picture stands among all real pictures; a confirmed pair is
right if both come from one picture, or if they were looked at and show the same (duplicates-looked-at.json).
Proposing
is timed on made-up pictures whose 384 bits (six views of 64) are correlated as those of the real ones are.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

import harness
from cartellino.curate.likeness.confirm import ENOUGH, agreement
from cartellino.curate.likeness.propose import proposed
from cartellino.pictures.sketch import Sketch, sketched
from cartellino.pictures.store import PictureStore
from cartellino.settings import PictureSettings

Random = np.random.Generator
Make = Callable[[Image.Image, Random], Image.Image]
_BATCH = 128
_LOOKED_AT = Path(__file__).with_name("duplicates-looked-at.json")


def cropped(image: Image.Image, shares: Sequence[float]) -> Image.Image:
    left, top, right, bottom = shares
    width, height = image.size
    box = (
        round(left * width),
        round(top * height),
        width - round(right * width),
        height - round(bottom * height),
    )
    return image.crop(box)


def framed(image: Image.Image, random: Random, most: float) -> Image.Image:
    width, height = image.size
    kind = random.integers(3)
    shares = np.full(4, most) if kind == 0 else random.uniform(0, most, 4)
    if kind == 2:
        shares = np.array([most, 0, most, 0] if random.integers(2) else [0, most, 0, most])
    left, top, right, bottom = (round(s * n) for s, n in zip(shares, (width, height) * 2, strict=True))
    own = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    grey = (int(random.integers(100, 200)),) * 3
    any_ = tuple(int(level) for level in random.integers(0, 256, 3))
    colour = [(0, 0, 0), (255, 255, 255), grey, any_, own][random.integers(5)]
    canvas = Image.new("RGB", (width + left + right, height + top + bottom), colour)
    canvas.paste(image, (left, top))
    return canvas


def resized(image: Image.Image, by: float) -> Image.Image:
    size = max(1, round(image.width * by)), max(1, round(image.height * by))
    return image.resize(size, Image.Resampling.LANCZOS)


def poor(image: Image.Image, quality: int) -> Image.Image:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return Image.open(stream)


def mixed(image: Image.Image, random: Random, often: float) -> Image.Image:
    if random.random() < often:
        image = cropped(image, random.uniform(0, 0.05, 4))
    if random.random() < often:
        image = framed(image, random, random.uniform(0, 0.1))
    if random.random() < often:
        image = resized(image, random.uniform(0.25, 1))
    return poor(image, int(random.integers(30, 96)))


def operations() -> dict[str, Make]:
    made: dict[str, Make] = {}
    for share in (0.01, 0.02, 0.03, 0.05, 0.1, 0.2):
        made[f"crop {share:.0%}"] = lambda image, random, s=share: cropped(image, random.uniform(0, s, 4))
        made[f"crop ={share:.0%}"] = lambda image, random, s=share: cropped(image, [s] * 4)
    made["crop 5% of one side"] = lambda image, random: cropped(image, 0.05 * np.eye(4)[random.integers(4)])
    for share in (0.02, 0.05, 0.1):
        made[f"border {share:.0%}"] = lambda image, random, s=share: framed(image, random, s)
    for quality in (90, 70, 50, 30):
        made[f"JPEG {quality}"] = lambda image, random, q=quality: poor(image, q)
    for name, by in (("1/2", 0.5), ("1/4", 0.25)):
        made[f"resize {name}"] = lambda image, random, b=by: resized(image, b)
    made["mix of some"] = lambda image, random: mixed(image, random, 0.6)
    made["mix of all"] = lambda image, random: mixed(image, random, 1.0)
    return made


def files() -> list[Path]:
    told = os.environ.get("CARTELLINO_DATA")
    data = Path(told) if told else Path(__file__).resolve().parents[2] / "shared" / "data"
    return [file for name in ("met", "wikiart7") for file in sorted((data / name / "images").glob("*.jpg"))]


def measured(data: bytes) -> Sketch:
    with tempfile.TemporaryDirectory() as folder:
        store = PictureStore(Path(folder), PictureSettings())
        kept = store.add(data)
        return sketched(store.path(kept), kept)


def measured_file(file: Path) -> Sketch:
    return measured(file.read_bytes())


def copies(task: tuple[int, Path]) -> list[Sketch]:
    number, file = task
    found = []
    for place, make in enumerate(operations().values()):
        stream = io.BytesIO()
        with Image.open(file) as image:
            copy = make(image.convert("RGB"), np.random.default_rng([number, place]))
        quality = "keep" if copy.format == "JPEG" else 90
        copy.save(stream, "JPEG", quality=quality)
        found.append(measured(stream.getvalue()))
    return found


def confirmed(sketches: Sequence[Sketch], pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    parts = [pairs[start : start + _BATCH] for start in range(0, len(pairs), _BATCH)]
    found = [agreement([sketches[a] for a, _ in part], [sketches[b] for _, b in part]) for part in parts]
    return np.concatenate([*found, np.empty(0)])


def near(sketches: Sequence[Sketch]) -> list[tuple[int, int]]:
    first, second = proposed(np.stack([each.views for each in sketches]))
    return list(zip(first.tolist(), second.tolist(), strict=True))


def recall(real: Sequence[Sketch], made: Sequence[Sketch]) -> tuple[float, float]:
    """Shares of copies that are proposed, and confirmed."""
    count = len(real)
    right = {(number, number + count) for number in range(count)}
    both = [*real, *made]
    found = sorted(right & set(near(both)))
    return len(found) / count, float((confirmed(both, found) >= ENOUGH).sum()) / count


def precision(
    real: Sequence[Sketch], names: Sequence[str], numbers: Sequence[int], made: Sequence[Sketch]
) -> dict[str, object]:
    """Right pairs among those confirmed, of all real pictures and a copy of some."""
    both, whose = [*real, *made], [*range(len(real)), *numbers]
    begun, pairs = time.perf_counter(), near(both)
    halfway, agreeing = time.perf_counter(), confirmed(both, pairs)
    looked_at = {frozenset(pair) for pair in json.loads(_LOOKED_AT.read_text(encoding="utf-8"))}
    right, wrong = 0, set()
    for (one, other), close in zip(pairs, agreeing, strict=True):
        originals = frozenset((names[whose[one]], names[whose[other]]))
        if close >= ENOUGH:
            good = len(originals) == 1 or originals in looked_at
            right += good
            wrong |= set() if good else {(" ".join(sorted(originals)), round(float(close), 2))}
    confirmed_pairs = int((agreeing >= ENOUGH).sum())
    return {
        "pictures": len(both),
        "proposed": len(pairs),
        "confirmed": confirmed_pairs,
        "precision": right / max(1, confirmed_pairs),
        "seconds to propose": halfway - begun,
        "milliseconds to confirm a pair": 1e3 * (time.perf_counter() - halfway) / max(1, len(pairs)),
        "wrong": sorted(wrong),
    }


def alike(views: np.ndarray, count: int) -> np.ndarray:
    """Views of made-up pictures, their bits as frequent and as correlated as those of real ones."""
    from scipy.special import ndtri

    bits = np.unpackbits(views.astype(">u8").view(np.uint8), axis=1).astype(np.float64)
    share = bits.mean(0).clip(1e-4, 1 - 1e-4)
    apart = bits - bits.mean(0)
    spread = np.sqrt((apart**2).mean(0)) + 1e-6
    together = np.sin(np.pi / 2 * (apart.T @ apart / len(bits) / np.outer(spread, spread)).clip(-1, 1))
    values, vectors = np.linalg.eigh(together)
    root = vectors * np.sqrt(values.clip(0))
    root /= np.maximum(np.linalg.norm(root, axis=1, keepdims=True), 1e-9)
    random, limits, found = np.random.default_rng(0), ndtri(1 - share), []
    for start in range(0, count, 20_000):
        drawn = random.standard_normal((min(20_000, count - start), len(share))) @ root.T
        found.append(np.packbits(drawn > limits, axis=1).view(">u8").astype(np.uint64))
    return np.concatenate(found)


def propose(views: str, count: int) -> dict[str, float]:
    """Seconds and memory of proposing, in a process of its own."""
    many = alike(np.load(views), count)
    begun, cpu = time.perf_counter(), harness.cpu_seconds()
    first, _ = proposed(many)
    seconds, busy = time.perf_counter() - begun, harness.cpu_seconds() - cpu
    return {"seconds": seconds, "cpu": busy, "count": count, "proposed": len(first)}


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("--every", type=int, default=6)
    told.add_argument("--pictures", type=int, default=500_000)
    told.add_argument("--json", type=Path)
    options = told.parse_args()
    results = quality(options.every)
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/views.npy", np.stack([each.views for each in results.pop("real")]))
        common = {"views": f"{folder}/views.npy", "count": options.pictures}
        size = harness.Contender("propose", __file__, "propose", common).run()
    print(
        f"\n{options.pictures:,} pictures of six views: {size['proposed']:,.0f} pairs proposed in "
        f"{size['seconds']:.0f} s ({size['cpu']:.0f} s of processor time), {size['peak']:,.0f} MiB"
    )
    if options.json:
        harness.write(options.json, "near-duplicates", {**results, "size": size})


def quality(every: int) -> dict[str, object]:
    found = files()
    numbers = [number for number in range(0, len(found), every) if (number // every) % 2 == 0]
    with ProcessPoolExecutor(2) as pool:
        real = list(pool.map(measured_file, found, chunksize=50))
        made = list(pool.map(copies, [(number, found[number]) for number in numbers], chunksize=10))
    rows, table = [["", "proposed", "confirmed"]], {}
    for place, name in enumerate(operations()):
        shares = recall([real[number] for number in numbers], [each[place] for each in made])
        table[name] = shares
        rows.append([name, *(f"{share:.3f}" for share in shares)])
    print(harness.aligned(rows))
    some = list(operations()).index("mix of some")
    told = precision(real, [file.stem for file in found], numbers, [each[some] for each in made])
    print("\n".join(f"{key}: {value}" for key, value in told.items()))
    return {"recall": table, "precision": told, "real": real}


if __name__ == "__main__":
    main()
