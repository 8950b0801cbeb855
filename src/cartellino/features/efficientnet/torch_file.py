"""A reader of PyTorch's old checkpoint format that runs nothing from the file.

The format (``torch.serialization._legacy_save``): a pickled magic number, protocol number and system
information, the pickled state dict, the pickled list of storage keys, and then each storage as a 64-bit
count and its raw elements. Opcodes and names are allowed one by one; whatever else appears is refused.
"""

from __future__ import annotations

import io
import math
import pickle
import pickletools
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cartellino.errors import CartellinoError, FeatureError
from cartellino.files import readable

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_STORAGES = {"FloatStorage": "<f4", "DoubleStorage": "<f8", "HalfStorage": "<f2", "LongStorage": "<i8"}
_OPCODES = {
    *("PROTO", "STOP", "MARK", "GLOBAL", "REDUCE", "BUILD", "BINPERSID"),
    *("BINPUT", "LONG_BINPUT", "BINGET", "LONG_BINGET"),
    *("NONE", "NEWTRUE", "NEWFALSE", "BININT", "BININT1", "BININT2", "LONG1", "BINUNICODE"),
    *("EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3"),
    *("EMPTY_LIST", "APPEND", "APPENDS", "EMPTY_DICT", "SETITEM", "SETITEMS"),
}
# What a malformed stream makes the unpickler, numpy and the checks below raise.
_MALFORMED = (pickle.UnpicklingError, ValueError, TypeError, LookupError, EOFError, AttributeError)
_EXHAUSTED = (MemoryError, OverflowError, RecursionError)


class _Storage(NamedTuple):
    key: str
    type: str
    length: int


class _Tensor(NamedTuple):
    storage: _Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]


def read(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read the state dict of an old-format ``.pth`` file.

    Parameters
    ----------
    path : Path
        A file written by ``torch.save`` before PyTorch 1.6, or without its zip serialisation.

    Returns
    -------
    dict of str to ndarray
        Name to array, in the file's order and of the file's types.

    Raises
    ------
    FeatureError
        If the file is of another format, is damaged, or asks for anything but arrays.
    """
    try:
        return parse(readable(path, "file of weights").read_bytes())
    except FeatureError as error:
        raise FeatureError(error.what, str(path), error.do) from error
    except CartellinoError as error:
        raise FeatureError(error.what, error.where, error.do) from error


def parse(data: bytes) -> dict[str, npt.NDArray[Any]]:
    """Read the state dict from the bytes of an old-format checkpoint; see `read`."""
    if data[:4] == b"PK\x03\x04":
        raise FeatureError(
            "these weights are in PyTorch's newer zip format", "", "Save them with the older serialisation."
        )
    try:
        return _parsed(io.BytesIO(data))
    except _MALFORMED + _EXHAUSTED as error:
        raise _refusal(f"the file is damaged ({error})") from error


def _parsed(stream: io.BytesIO) -> dict[str, npt.NDArray[Any]]:
    if _unpickled(stream) != _MAGIC or _unpickled(stream) != _PROTOCOL:
        raise _refusal("this is not a checkpoint in PyTorch's old format")
    system = _unpickled(stream)
    if not isinstance(system, dict) or system.get("little_endian") is not True:
        raise _refusal("the numbers are not stored little-endian")
    state = _unpickled(stream)
    if not isinstance(state, dict) or not all(
        isinstance(name, str) and isinstance(tensor, _Tensor) for name, tensor in state.items()
    ):
        raise _refusal("the file holds something other than named arrays")
    storages = _storages(stream, _unpickled(stream), state)
    return {name: _array(tensor, storages) for name, tensor in state.items()}


def _storages(stream: io.BytesIO, keys: Any, state: dict[str, _Tensor]) -> dict[str, npt.NDArray[Any]]:
    declared = {tensor.storage.key: tensor.storage for tensor in state.values()}
    if not isinstance(keys, list) or set(keys) != set(declared) or len(keys) != len(declared):
        raise _refusal("the list of storages does not match the arrays")
    return {key: _raw(stream, declared[key]) for key in keys}


def _raw(stream: io.BytesIO, storage: _Storage) -> npt.NDArray[Any]:
    count = int.from_bytes(stream.read(8), "little", signed=True)
    if count != storage.length:
        raise _refusal(f"storage {storage.key} holds {count} numbers where {storage.length} are declared")
    dtype = np.dtype(storage.type)
    data = stream.read(count * dtype.itemsize)
    if len(data) != count * dtype.itemsize:
        raise _refusal("the file ends early")
    return np.frombuffer(data, dtype)


def _array(tensor: _Tensor, storages: dict[str, npt.NDArray[Any]]) -> npt.NDArray[Any]:
    storage = storages[tensor.storage.key]
    reach = sum((n - 1) * step for n, step in zip(tensor.size, tensor.stride, strict=True))
    if math.prod(tensor.size) > len(storage) or (all(tensor.size) and tensor.offset + reach >= len(storage)):
        raise _refusal("an array reaches beyond its storage")
    steps = tuple(step * storage.itemsize for step in tensor.stride)
    view = np.lib.stride_tricks.as_strided(storage[tensor.offset :], tensor.size, steps, writeable=False)
    return np.ascontiguousarray(view).reshape(tensor.size)


class _Named(dict[str, Any]):
    """Stands for OrderedDict; the attributes a state dict carries (its ``_metadata``) are dropped."""

    __slots__ = ()

    def __setstate__(self, state: Any) -> None:
        pass


class _Allowed:
    """A callable that the file may use but, unlike a function or class, cannot set attributes of."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[..., Any]) -> None:
        self._make = make

    def __call__(self, *arguments: Any) -> Any:
        return self._make(*arguments)

    def __setstate__(self, state: Any) -> None:
        raise _refusal("the file tries to change what reads it")


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return _Allowed(_Named)
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _Allowed(_rebuilt)
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        raise _refusal(f"the file asks for '{module}.{name}', which a file of weights has no need of")

    def persistent_load(self, pid: Any) -> _Storage:
        kind, numbers, key, _, count, view = pid
        if kind != "storage" or numbers not in _STORAGES.values() or type(key) is not str or view is not None:
            raise _refusal("a storage is described in a way this reader does not know")
        return _Storage(key, numbers, _natural(count))


def _rebuilt(storage: Any, offset: Any, size: Any, stride: Any, *_: Any) -> _Tensor:
    if not isinstance(storage, _Storage) or len(size) != len(stride):
        raise _refusal("an array is described in a way this reader does not know")
    return _Tensor(storage, _natural(offset), tuple(map(_natural, size)), tuple(map(_natural, stride)))


def _natural(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**40:
        raise _refusal(f"{value!r} stands where a size should be")
    return value


def _unpickled(stream: io.BytesIO) -> Any:
    start = stream.tell()
    _check_opcodes(stream)
    end = stream.tell()
    stream.seek(start)
    return _Unpickler(io.BytesIO(stream.read(end - start)), encoding="ascii").load()


def _check_opcodes(stream: io.BytesIO) -> None:
    for index, (opcode, argument, _) in enumerate(pickletools.genops(stream)):
        if opcode.name not in _OPCODES:
            raise _refusal(f"the file uses the pickle instruction {opcode.name}")
        # CPython's unpickler allots its memo by the largest index, so a short file could ask for gigabytes.
        if opcode.name == "LONG_BINPUT" and int(argument or 0) > index:
            raise _refusal("the file numbers its parts in no known way")


def _refusal(what: str) -> FeatureError:
    return FeatureError(what, "", "Use the weights as they were published, or install the package anew.")
