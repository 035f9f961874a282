"""Torch files, read without torch, and the MiniFASNets rebuilt from them."""

import io
import os
import pickle
import sys
import types
from collections import OrderedDict
from pathlib import Path

import numpy as np
import openvino as ov
import pytest
from numpy.lib.stride_tricks import sliding_window_view

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from builder import golden, minifasnet, torch_file  # noqa: E402
from builder.convert import convert  # noqa: E402
from builder.errors import BuildError  # noqa: E402

# --- torch files


class Stored:
    """A storage as the writer below knows it."""

    def __init__(self, key, values, kind="storage"):
        self.key, self.values, self.kind = key, values, kind


class Tensor:
    """A tensor: a view of a storage, as torch pickles it."""

    def __init__(self, storage, offset=0, size=(6,), stride=(1,)):
        self.storage, self.place = storage, (offset, size, stride)

    def __reduce__(self):
        return sys.modules["torch._utils"]._rebuild_tensor_v2, (self.storage, *self.place, False, OrderedDict())


@pytest.fixture
def torch_names(monkeypatch):
    """Modules under torch's names, so that pickles can name what is in them."""
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    for name in ("FloatStorage", "LongStorage"):
        setattr(torch, name, type(name, (), {"__module__": "torch"}))
    utils._rebuild_tensor_v2 = types.FunctionType((lambda *_: None).__code__, {}, "_rebuild_tensor_v2")
    utils._rebuild_tensor_v2.__module__, utils._rebuild_tensor_v2.__qualname__ = utils.__name__, "_rebuild_tensor_v2"
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)


def pickled(value) -> bytes:
    class Pickler(pickle.Pickler):
        def persistent_id(self, thing):
            if isinstance(thing, Stored):
                name = "LongStorage" if thing.values.dtype == np.int64 else "FloatStorage"
                return (thing.kind, getattr(sys.modules["torch"], name), thing.key, "cpu", thing.values.size)

    out = io.BytesIO()
    Pickler(out, 2).dump(value)
    return out.getvalue()


def torch_bytes(state, storages, magic=torch_file.MAGIC, little_endian=True) -> bytes:
    parts = [magic, torch_file.PROTOCOL, {"little_endian": little_endian}, state, [each.key for each in storages]]
    data = [each.values.size.to_bytes(8, "little") + each.values.tobytes() for each in storages]
    return b"".join([*map(pickled, parts), *data])


def state_bytes(tensors: dict[str, np.ndarray]) -> bytes:
    """A torch file with a storage for each tensor."""
    storages = [Stored(name, values) for name, values in tensors.items()]
    strides = [tuple(step // each.values.itemsize for step in each.values.strides) for each in storages]
    views = (Tensor(each, 0, each.values.shape, stride) for each, stride in zip(storages, strides, strict=True))
    return torch_bytes(OrderedDict(zip(tensors, views, strict=True)), storages)


def read(tmp_path, data: bytes):
    (tmp_path / "net.pth").write_bytes(data)
    return torch_file.read_tensors(tmp_path / "net.pth")


def test_tensors_come_back_from_a_torch_file(tmp_path, torch_names):
    shared = Stored("7", np.arange(8, dtype=np.float32))
    counts = Stored("3", np.array([5], np.int64))
    state = OrderedDict(a=Tensor(shared, 2, (3, 2), (2, 1)), b=Tensor(shared), n=Tensor(counts, 0, (), ()))
    tensors = read(tmp_path, torch_bytes(state, [counts, shared]))
    assert list(tensors) == ["a", "b", "n"]
    assert tensors["a"].tolist() == [[2, 3], [4, 5], [6, 7]]
    assert (tensors["b"].tolist(), tensors["n"].item(), tensors["n"].dtype) == (list(range(6)), 5, np.int64)


class Call:
    """Pickled as a call of `function`."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("function", [os.mkdir, eval, OrderedDict.fromkeys])
def test_a_torch_file_that_names_anything_else_is_refused_and_nothing_is_called(tmp_path, torch_names, function):
    trap = Call(function, str(tmp_path / "trap"))
    for data in (pickled(trap), torch_bytes(OrderedDict(a=trap), [])):
        with pytest.raises(BuildError, match="it names .*, which no table of tensors needs"):
            read(tmp_path, data)
    assert not (tmp_path / "trap").exists()


VALUES = Stored("1", np.arange(6, dtype=np.float32))


@pytest.mark.parametrize(
    "tensor, settings, extra, complaint",
    [
        (Tensor(VALUES, 0, (2, 3), (1, 2)), {}, b"", "one piece"),
        (Tensor(VALUES, 1, (6,), (1,)), {}, b"", "one piece"),
        (Tensor(VALUES, -1, (2,), (1,)), {}, b"", "one piece"),
        (Tensor(Stored("1", VALUES.values, "module")), {}, b"", "refers to a module"),
        (Tensor(VALUES), {"magic": 7}, b"", "begins otherwise"),
        (Tensor(VALUES), {"little_endian": False}, b"", "begins otherwise"),
        (Tensor(VALUES), {}, b"x", "left over"),
    ],
)
def test_a_malformed_torch_file_is_refused(tmp_path, torch_names, tensor, settings, extra, complaint):
    with pytest.raises(BuildError, match=complaint):
        read(tmp_path, torch_bytes(OrderedDict(a=tensor), [VALUES], **settings) + extra)


def test_a_cut_off_or_foreign_file_is_refused(tmp_path, torch_names):
    whole = torch_bytes(OrderedDict(a=Tensor(VALUES)), [VALUES])
    for data in (whole[:-1], whole[:30], b"", b"PK\x03\x04 the newer kind is a ZIP file"):
        with pytest.raises(BuildError, match="not a table of tensors"):
            read(tmp_path, data)


# --- MiniFASNets

GEOMETRY = {"conv1": (2, 1), "conv2_dw": (1, 1)}  # stride and padding of convolutions; (1, 0) where nothing is said
GEOMETRY |= {f"{name}.conv_dw": (2, 1) for name in ("conv_23", "conv_34", "conv_45")}
GEOMETRY |= {f"conv_{stage}.model.0.conv_dw": (1, 1) for stage in (3, 4, 5)}


def small_tensors() -> dict[str, np.ndarray]:
    """The tensors of a MiniFASNet four channels wide, one residual bottleneck a stage, one of them with excitation."""
    random, tensors = np.random.default_rng(1), {}

    def fill(name, *shape):
        tensors[name] = (random.uniform(0.2, 1, shape) * random.choice([-1, 1], shape)).astype(np.float32)

    def norm(name, width):
        for part in ("weight", "bias", "running_mean"):
            fill(f"{name}.{part}", width)
        tensors[f"{name}.running_var"] = random.uniform(0.5, 2, width).astype(np.float32)
        tensors[f"{name}.num_batches_tracked"] = np.array(9, np.int64)

    def block(name, given, width, side=1, slopes=True):
        fill(f"{name}.conv.weight", width, given, side, side)
        norm(f"{name}.bn", width)
        if slopes:
            fill(f"{name}.prelu.weight", width)

    def bottleneck(name):
        block(f"{name}.conv", 4, 6)
        block(f"{name}.conv_dw", 1, 6, 3)
        block(f"{name}.project", 6, 4, slopes=False)

    block("conv1", 3, 4, 3)
    block("conv2_dw", 1, 4, 3)
    for name in ("conv_23", "conv_3.model.0", "conv_34", "conv_4.model.0", "conv_45", "conv_5.model.0"):
        bottleneck(name)
    for part, given, width in (("1", 4, 2), ("2", 2, 4)):
        fill(f"conv_4.model.0.se_module.fc{part}.weight", width, given, 1, 1)
        norm(f"conv_4.model.0.se_module.bn{part}", width)
    block("conv_6_sep", 4, 8)
    block("conv_6_dw", 1, 8, 5, slopes=False)
    fill("linear.weight", 5, 8)
    norm("bn", 5)
    fill("prob.weight", 3, 5)
    return tensors


class Reference:
    """What torch computes for those tensors, layer by layer."""

    def __init__(self, tensors):
        self.tensors = tensors

    def norm(self, features, name):
        weight, bias, mean, variance = (
            self.tensors[f"{name}.{part}"].reshape(-1, *[1] * (features.ndim - 1))
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        return (features - mean) / np.sqrt(variance + 1e-5) * weight + bias

    def convolved(self, features, weights, stride=1, padding=0):
        padded = np.pad(features, [(0, 0), (padding, padding), (padding, padding)])
        windows = sliding_window_view(padded, weights.shape[2:], (1, 2))[:, ::stride, ::stride]
        if weights.shape[1] == 1:
            return np.einsum("chwyx,cyx->chw", windows, weights[:, 0])
        return np.einsum("chwyx,ocyx->ohw", windows, weights)

    def block(self, features, name):
        convolved = self.convolved(features, self.tensors[f"{name}.conv.weight"], *GEOMETRY.get(name, (1, 0)))
        features = self.norm(convolved, f"{name}.bn")
        slopes = self.tensors.get(f"{name}.prelu.weight", np.ones(1))
        return np.where(features > 0, features, features * slopes[:, None, None])

    def bottleneck(self, features, name):
        for part in ("conv", "conv_dw", "project"):
            features = self.block(features, f"{name}.{part}")
        if (inner := f"{name}.se_module") + ".fc1.weight" not in self.tensors:
            return features
        means = features.mean((1, 2), keepdims=True)
        squeezed = self.norm(self.convolved(means, self.tensors[f"{inner}.fc1.weight"]), f"{inner}.bn1")
        squeezed = np.maximum(squeezed, 0)
        weights = self.norm(self.convolved(squeezed, self.tensors[f"{inner}.fc2.weight"]), f"{inner}.bn2")
        return features / (1 + np.exp(-weights))

    def __call__(self, image):
        features = self.block(self.block(image.astype(np.float64), "conv1"), "conv2_dw")
        for shrinking, residual in (("conv_23", "conv_3"), ("conv_34", "conv_4"), ("conv_45", "conv_5")):
            features = self.bottleneck(features, shrinking)
            features = features + self.bottleneck(features, f"{residual}.model.0")
        flat = self.block(self.block(features, "conv_6_sep"), "conv_6_dw").ravel()
        return self.tensors["prob.weight"] @ self.norm(self.tensors["linear.weight"] @ flat, "bn")


def test_a_minifasnet_is_rebuilt_from_its_torch_file(tmp_path, torch_names):
    tensors = small_tensors()
    (tmp_path / "net.pth").write_bytes(state_bytes({f"module.{name}": values for name, values in tensors.items()}))
    convert(tmp_path / "net.pth", [1, 3, 80, 80], tmp_path / "net.xml")
    network = ov.Core().read_model(tmp_path / "net.xml")
    assert (network.input().get_names(), network.output().get_names()) == ({"image"}, {"logits"})
    image = np.random.default_rng(2).uniform(-1, 1, (3, 80, 80)).astype(np.float32)
    logits = ov.Core().compile_model(network, "CPU", golden.CONFIG)(image[None])[0]
    assert logits.shape == (1, 3)
    expected = Reference(tensors)(image)
    assert np.abs(logits[0] - expected).max() < 1e-4 * np.abs(expected).max()


@pytest.mark.parametrize("name", ["fc.weight", "conv_3.model.2.conv.conv.weight", "conv1.prelu.bias"])
def test_a_tensor_without_a_place_is_refused(name):
    with pytest.raises(BuildError, match=f"no place for {name}"):
        minifasnet.build(small_tensors() | {name: np.zeros(3, np.float32)})


def test_a_missing_tensor_is_named():
    tensors = small_tensors()
    del tensors["conv_34.project.bn.bias"]
    with pytest.raises(BuildError, match="lacks conv_34.project.bn.bias"):
        minifasnet.build(tensors)
