"""The feature store: what was appended is read back, in any order, after any death."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cartellino.errors import CollectionError, FeatureError, StorageError
from cartellino.features.store import FeatureStore

WIDTH = 5
Opener = Callable[..., FeatureStore]


def digest(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def vector(number: int, width: int = WIDTH) -> np.ndarray:
    return np.float32(number) + np.arange(width, dtype=np.float32) / 8


def fill(store: FeatureStore, numbers: list[int]) -> int:
    vectors = np.array([vector(n, store.width) for n in numbers], np.float32).reshape(-1, store.width)
    return store.append([digest(n) for n in numbers], vectors)


def numbers_in(store: FeatureStore) -> list[int]:
    return [int(v[0]) for _, vectors in store.stream(3) for v in vectors]


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[Opener]:
    opened: list[FeatureStore] = []

    def open_(backbone: str = "lite2:all", hash_: str = "a" * 64, width: int = WIDTH) -> FeatureStore:
        opened.append(FeatureStore(tmp_path, backbone, hash_, width))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(st.integers(0, 60), max_size=20), max_size=6), data=st.data())
def test_what_was_appended_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[int]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("store")
    kept: dict[int, None] = {}
    for batch in batches:
        with FeatureStore(folder, "lite2:all", "a" * 64, WIDTH) as store:
            new = set(batch) - set(kept)
            assert fill(store, batch) == len(new)
            kept |= dict.fromkeys(batch)
    with FeatureStore(folder, "lite2:all", "a" * 64, WIDTH) as store:
        assert numbers_in(store) == list(kept)
        assert store.count() == len(kept)
        asked = data.draw(st.lists(st.sampled_from(sorted(kept)), max_size=50)) if kept else []
        read = store.read([digest(n) for n in asked])
        assert read.shape == (len(asked), WIDTH)
        assert [int(v[0]) for v in read] == asked
        assert store.missing(map(digest, range(61))) == [digest(n) for n in range(61) if n not in kept]


def test_a_stream_gives_digests_beside_their_vectors(opener: Opener) -> None:
    store = opener()
    fill(store, list(range(10)))
    for digests, vectors in store.stream(4):
        np.testing.assert_array_equal(store.read(digests), vectors)
        assert len(digests) <= 4


def test_the_first_vector_of_a_picture_stays(opener: Opener) -> None:
    store = opener()
    fill(store, [1])
    assert store.append([digest(1), digest(2)], np.stack([vector(7), vector(2)])) == 1
    np.testing.assert_array_equal(store.read([digest(1), digest(2)]), [vector(1), vector(2)])


def test_missing_vectors_are_named(opener: Opener) -> None:
    store = opener()
    fill(store, [1])
    with pytest.raises(FeatureError, match=f"1 picture has no features yet \\({digest(2)[:12]}\\)"):
        store.read([digest(1), digest(2)])
    with pytest.raises(FeatureError, match="9 pictures have no features yet"):
        store.read([digest(n) for n in range(1, 11)])


@pytest.mark.parametrize(
    ("backbone", "hash_", "width"), [("lite2:all", "b" * 64, WIDTH), ("lite2:all", "a" * 64, WIDTH + 1)]
)
def test_vectors_of_another_kind_are_refused(opener: Opener, backbone: str, hash_: str, width: int) -> None:
    opener()
    with pytest.raises(
        FeatureError, match=r"come from lite2:all aaaaaaaaaaaa \(5 numbers\), not from"
    ) as caught:
        opener(backbone, hash_, width)
    assert f"{hash_[:12]} ({width} numbers)" in str(caught.value)


def test_each_layout_has_its_own_vectors(opener: Opener) -> None:
    everything, head = opener(), opener("lite2:head", "b" * 64)
    fill(everything, [1, 2])
    fill(head, [3])
    assert (numbers_in(everything), numbers_in(head)) == ([1, 2], [3])


@pytest.mark.parametrize(
    "vectors",
    [np.zeros((1, WIDTH)), np.zeros((1, WIDTH + 1), np.float32), np.zeros((2, WIDTH), np.float32)],
)
def test_vectors_of_another_shape_or_type_are_refused(opener: Opener, vectors: np.ndarray) -> None:
    with pytest.raises(FeatureError, match="vectors of 5 numbers"):
        opener().append([digest(1)], vectors)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused(opener: Opener, bad: float) -> None:
    store = opener()
    with pytest.raises(FeatureError, match="not finite"):
        store.append([digest(1)], np.full((1, WIDTH), bad, np.float32))
    assert store.count() == 0


def test_one_writer_at_a_time_while_others_read(opener: Opener) -> None:
    one, other = opener(), opener()
    fill(one, [1])
    assert numbers_in(other) == [1]
    with pytest.raises(CollectionError, match="extracting features"):
        fill(other, [2])
    one.close()
    fill(other, [2])
    assert numbers_in(other) == [1, 2]


def test_rows_that_nobody_names_are_written_over(opener: Opener, tmp_path: Path) -> None:
    first = opener()
    fill(first, [1, 2])
    first.close()
    with (tmp_path / "lite2-all" / "vectors.f32").open("ab") as stream:
        stream.write(b"\xff" * 31)  # what a process leaves that dies before the index is told
    second = opener()
    fill(second, [3, 4])
    assert numbers_in(second) == [1, 2, 3, 4]


def test_a_file_that_was_not_copied_whole_is_told(opener: Opener, tmp_path: Path) -> None:
    store = opener()
    fill(store, [1, 2, 3])
    path = tmp_path / "lite2-all" / "vectors.f32"
    path.write_bytes(path.read_bytes()[:-4])
    assert [int(v[0]) for v in store.read([digest(1), digest(2)])] == [1, 2]
    with pytest.raises(FeatureError, match="ends early"):
        store.read([digest(3)])


def test_a_damaged_index_is_told(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "lite2-all").mkdir()
    (tmp_path / "lite2-all" / "index.sqlite").write_bytes(
        b"not a database, but long enough to be taken for one" * 9
    )
    with pytest.raises(FeatureError, match="damaged"):
        opener()


def test_a_folder_that_cannot_be_made_is_told(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "lite2-all").write_text("a file")
    with pytest.raises(StorageError):
        opener()


KILLED = """
import sys
from pathlib import Path
from features.test_store import fill
from cartellino.features.store import FeatureStore

with FeatureStore(Path(sys.argv[1]), "lite2:all", "a" * 64, 2136) as store:
    while True:
        start = store.count()
        fill(store, list(range(start, start + 40)))
"""


def test_killed_at_any_moment_it_goes_on_where_it_was(opener: Opener, tmp_path: Path) -> None:
    seen = 0
    store = opener(width=2136)
    for moment in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], cwd=Path(__file__).parents[1]
        ) as process:
            deadline = time.monotonic() + 60
            while store.count() <= seen and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.002)
            time.sleep(0.013 * moment)
            process.kill()
        assert store.count() > seen
        seen = store.count()
        assert seen % 40 == 0
    fill(store, [seen])
    for start, (digests, vectors) in zip(range(0, seen + 1, 100), store.stream(100), strict=True):
        expected = range(start, min(start + 100, seen + 1))
        assert digests == [digest(n) for n in expected]
        np.testing.assert_array_equal(vectors, [vector(n, 2136) for n in expected])


def test_a_long_stream_takes_little_memory(opener: Opener) -> None:
    store = opener()
    for start in range(0, 200_000, 20_000):
        numbers = range(start, start + 20_000)
        block = np.arange(start, start + 20_000, dtype=np.float32)
        store.append([f"{n:064x}" for n in numbers], np.repeat(block[:, None], WIDTH, 1))
    tracemalloc.start()
    try:
        rows = sum(len(digests) for digests, _ in store.stream(1024))
        assert rows == 200_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("backbone_id", "name"),
    [
        ("lite2:all", "lite2-all"),
        ("lite2:all+gram@quarters", "lite2-all+gram@quarters"),
        ("hub:one/two", "hub-one-two-"),
        (f"hub:/a/{'long/' * 60}folder", "folder-"),
    ],
)
def test_each_backbone_has_a_folder_that_any_system_allows(
    tmp_path: Path, backbone_id: str, name: str
) -> None:
    with FeatureStore(tmp_path, backbone_id, "a" * 64, 3) as store:
        folder = store.folder
    assert folder.parent == tmp_path
    assert name in folder.name
    assert len(folder.name) < 100
    assert (folder.name == name) == ("/" not in backbone_id)
