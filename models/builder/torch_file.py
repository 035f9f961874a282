"""Tensors of a torch file of the old kind (before torch 1.6), read without torch.

Such a file is five pickles, one after the other, and then the bytes of each storage. A pickle may call anything that
it can name, so only the four names that a table of tensors needs are resolved.
"""

import math
import pickle
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from .errors import BuildError

MAGIC, PROTOCOL = 0x1950A86A20F9469CFC6C, 1001


class Storage(NamedTuple):
    """Where the values of some tensors lie: the key under which the file brings them, and their type."""

    key: str
    dtype: np.dtype


class View(NamedTuple):
    """A tensor before its storage has been read; offset and stride count values."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]


def read_tensors(path: Path) -> dict[str, np.ndarray]:
    """The tensors of a state dictionary by name, in the file's order. Raises BuildError."""
    try:
        with path.open("rb") as file:
            return _tensors_of(file)
    except (BuildError, pickle.UnpicklingError, EOFError, ValueError) as error:
        raise BuildError(f"{path.name}: not a table of tensors in a torch file of the old kind: {error}") from None


def _tensors_of(file: BinaryIO) -> dict[str, np.ndarray]:
    magic, protocol, system = (_Unpickler(file).load() for _ in range(3))
    if (magic, protocol) != (MAGIC, PROTOCOL) or not system["little_endian"]:
        raise BuildError("it begins otherwise")
    views, keys = _Unpickler(file).load(), _Unpickler(file).load()
    types = {view.storage.key: view.storage.dtype for view in views.values()}
    storages = {key: _read_storage(file, types[key]) for key in keys}
    if file.read(1):
        raise BuildError("bytes are left over")
    return {name: _tensor_of(view, storages[view.storage.key], name) for name, view in views.items()}


def _read_storage(file: BinaryIO, dtype: np.dtype) -> np.ndarray:
    count = int.from_bytes(file.read(8), "little")
    return np.frombuffer(file.read(count * dtype.itemsize), dtype, count)


def _tensor_of(view: View, storage: np.ndarray, name: str) -> np.ndarray:
    count = math.prod(view.size)
    dense = tuple(math.prod(view.size[place + 1 :]) for place in range(len(view.size)))
    if view.stride != dense or not 0 <= view.offset <= storage.size - count:
        raise BuildError(f"{name} does not lie in one piece in its storage")
    return storage[view.offset : view.offset + count].reshape(view.size)


def _view(storage: Storage, offset: int, size: tuple, stride: tuple, *_unused) -> View:
    return View(storage, offset, tuple(size), tuple(stride))


class _Unpickler(pickle.Unpickler):
    NAMES = {
        ("collections", "OrderedDict"): OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): _view,
        ("torch", "FloatStorage"): np.dtype("<f4"),
        ("torch", "LongStorage"): np.dtype("<i8"),
    }

    def find_class(self, module: str, name: str):
        if (module, name) not in self.NAMES:
            raise BuildError(f"it names {module}.{name}, which no table of tensors needs")
        return self.NAMES[module, name]

    def persistent_load(self, saved: tuple) -> Storage:
        kind, dtype, key = saved[:3]
        if kind != "storage":
            raise BuildError(f"it refers to a {kind}")
        return Storage(key, dtype)
