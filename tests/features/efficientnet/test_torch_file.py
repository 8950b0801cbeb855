"""The reader of old checkpoints: what it reads, and what it refuses to be asked."""

from __future__ import annotations

import io
import os
import pickle
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.errors import FeatureError
from cartellino.features.efficientnet import torch_file

MAGIC, PROTOCOL = 0x1950A86A20F9469CFC6C, 1001
SYSTEM = {
    "protocol_version": PROTOCOL,
    "little_endian": True,
    "type_sizes": {"short": 2, "int": 4, "long": 4},
}


class Named:
    """Pickles as the global `module.name`, which need not exist here."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name


class Storage:
    """Pickles as a persistent id, the way torch writes storages."""

    def __init__(self, kind: str, key: str, count: Any, view: Any = None) -> None:
        self.pid = ("storage", Named("torch", kind), key, "cpu", count, view)


class Called:
    """Pickles as a call of `function` with `arguments`, followed by `state` if there is any."""

    def __init__(self, function: Any, arguments: tuple[Any, ...], state: Any = None) -> None:
        self.function, self.arguments, self.state = function, arguments, state


class Writer(pickle._Pickler):
    """The pure-Python pickler, taught to write names that cannot be imported."""

    def persistent_id(self, obj: Any) -> Any:
        return obj.pid if isinstance(obj, Storage) else None

    def save(self, obj: Any, save_persistent_id: bool = True) -> None:
        if isinstance(obj, Named):
            self.write(b"c" + f"{obj.module}\n{obj.name}\n".encode())
        elif isinstance(obj, Called):
            self.save(obj.function)
            self.save(obj.arguments)
            self.write(pickle.REDUCE)
            if obj.state is not None:
                self.save(obj.state)
                self.write(pickle.BUILD)
        else:
            super().save(obj, save_persistent_id)


def pickled(value: Any) -> bytes:
    stream = io.BytesIO()
    Writer(stream, 2).dump(value)
    return stream.getvalue()


def tensor(storage: Storage, offset: Any, size: Any, stride: Any, state: Any = None) -> Called:
    hooks = Called(Named("collections", "OrderedDict"), ())
    rebuild = Named("torch._utils", "_rebuild_tensor_v2")
    return Called(rebuild, (storage, offset, size, stride, False, hooks), state)


def checkpoint(state: Any, storages: dict[str, np.ndarray], keys: Any = None) -> bytes:
    head = b"".join(map(pickled, (MAGIC, PROTOCOL, SYSTEM, state, list(storages) if keys is None else keys)))
    return head + b"".join(struct.pack("<q", array.size) + array.tobytes() for array in storages.values())


NUMBERS = np.arange(12, dtype="<f4")


def simple() -> bytes:
    state = {"a": tensor(Storage("FloatStorage", "7", 12), 2, (2, 3), (3, 1))}
    return checkpoint(state, {"7": NUMBERS})


def refused(data: bytes) -> str:
    with pytest.raises(FeatureError) as caught:
        torch_file.parse(data)
    return str(caught.value)


def test_arrays_come_back_with_offset_and_stride() -> None:
    storage = Storage("FloatStorage", "7", 12)
    state = {
        "rows": tensor(storage, 2, (2, 3), (3, 1)),
        "turned": tensor(storage, 0, (3, 4), (1, 3)),
        "one": tensor(storage, 11, (), ()),
        "none": tensor(storage, 12, (0, 5), (5, 1)),
    }
    read = torch_file.parse(checkpoint(state, {"7": NUMBERS}))
    assert list(read) == ["rows", "turned", "one", "none"]
    np.testing.assert_array_equal(read["rows"], NUMBERS[2:8].reshape(2, 3))
    np.testing.assert_array_equal(read["turned"], NUMBERS.reshape(4, 3).T)
    assert read["one"] == 11
    assert read["none"].shape == (0, 5)


@pytest.mark.parametrize(
    ("kind", "dtype"), [("DoubleStorage", "<f8"), ("HalfStorage", "<f2"), ("LongStorage", "<i8")]
)
def test_other_types_are_read(kind: str, dtype: str) -> None:
    state = {"a": tensor(Storage(kind, "1", 3), 0, (3,), (1,))}
    read = torch_file.parse(checkpoint(state, {"1": np.array([1, 2, 3], dtype)}))
    assert read["a"].dtype == dtype
    assert read["a"].tolist() == [1, 2, 3]


def test_a_state_dict_may_carry_metadata() -> None:
    state = Called(Named("collections", "OrderedDict"), (), {"_metadata": {"": {"version": 1}}})
    assert torch_file.parse(checkpoint(state, {})) == {}


@pytest.mark.parametrize(
    "name", [("os", "system"), ("builtins", "eval"), ("torch", "load"), ("torch._utils", "x")]
)
def test_any_other_name_is_refused_and_not_run(name: tuple[str, str]) -> None:
    assert f"{name[0]}.{name[1]}" in refused(checkpoint(Called(Named(*name), ("exit(1)",)), {}))


def test_code_in_the_very_first_pickle_is_not_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"

    class Malice:
        def __reduce__(self) -> Any:
            return os.mkdir, (str(trace),)

    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        refused(pickle.dumps(Malice(), protocol) + simple())
    assert not trace.exists()


def test_state_cannot_be_set_on_what_the_file_may_use() -> None:
    head = b"".join(map(pickled, (MAGIC, PROTOCOL, SYSTEM)))
    for name in (b"torch._utils\n_rebuild_tensor_v2", b"collections\nOrderedDict"):
        attack = b"\x80\x02c" + name + b"\n}X\x05\x00\x00\x00_makeNsb."
        assert "change what reads it" in refused(head + attack)
    moved = tensor(Storage("FloatStorage", "7", 12), 0, (2, 3), (3, 1), state={"offset": 10**9})
    refused(checkpoint({"a": moved}, {"7": NUMBERS}))


@pytest.mark.parametrize(
    ("offset", "size", "stride"),
    [
        (10, (3,), (1,)),
        (0, (13,), (1,)),
        (0, (2, 2), (12, 1)),
        (-1, (2,), (1,)),
        (0, (2,), (-1,)),
        (0, (2,), (1, 1)),
    ],
)
def test_no_array_reaches_beyond_its_storage(
    offset: int, size: tuple[int, ...], stride: tuple[int, ...]
) -> None:
    state = {"a": tensor(Storage("FloatStorage", "7", 12), offset, size, stride)}
    assert "array" in refused(checkpoint(state, {"7": NUMBERS})) or "size" in refused(
        checkpoint(state, {"7": NUMBERS})
    )


def test_a_huge_memo_is_not_allotted() -> None:
    assert "numbers its parts" in refused(b"\x80\x02}r\xff\xff\xff\x7f.")


@pytest.mark.parametrize("size", [(2**39, 2**39), (2**16, 2**16), (13,)])
def test_an_array_of_more_than_its_storage_is_refused(size: tuple[int, ...]) -> None:
    state = {"a": tensor(Storage("FloatStorage", "7", 12), 0, size, (0,) * len(size))}
    assert "beyond its storage" in refused(checkpoint(state, {"7": NUMBERS}))


def test_other_formats_are_named() -> None:
    assert "zip" in refused(b"PK\x03\x04" + bytes(100))
    assert "old format" in refused(pickled(1) + pickled(2))
    assert "named arrays" in refused(checkpoint([1, 2], {}))


def test_a_storage_of_another_length_is_refused() -> None:
    state = {"a": tensor(Storage("FloatStorage", "7", 11), 0, (2,), (1,))}
    assert "11 are declared" in refused(checkpoint(state, {"7": NUMBERS}))
    assert "list of storages" in refused(checkpoint(state, {"7": NUMBERS}, keys=["8"]))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_refused_in_words(data: bytes) -> None:
    assert refused(data).endswith(".")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(simple()) - 1), st.integers(0, 255), st.booleans())
def test_a_damaged_file_is_read_or_refused_never_worse(place: int, byte: int, cut: bool) -> None:
    sound = bytearray(simple())
    sound[place] = byte
    try:
        read = torch_file.parse(bytes(sound[:place] if cut else sound))
    except FeatureError:
        return
    assert all(isinstance(array, np.ndarray) for array in read.values())


def test_the_file_is_named_in_the_refusal(tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    with pytest.raises(FeatureError, match="no such file of weights"):
        torch_file.read(path)
    path.write_bytes(simple()[:-5])
    with pytest.raises(FeatureError, match=r"weights\.pth.*ends early"):
        torch_file.read(path)
