"""The MiniFASNets of Silent-Face-Anti-Spoofing, rebuilt as OpenVINO networks from their torch files.

The files hold tensors only. Their names and shapes tell the network: convolutions, each with a batch normalisation
that is folded into it here, in bottlenecks of which some end in a squeeze-and-excitation.
"""

from itertools import count, takewhile
from pathlib import Path

import numpy as np
import openvino as ov
from openvino import Node, opset8

from .errors import BuildError
from .torch_file import read_tensors

PREFIX = "module."  # what training on several devices puts before every name
SIDE = 80  # of the input in pixels
EPSILON = 1e-5  # of the batch normalisations, torch's default; the files do not say


def read_minifasnet(path: Path) -> ov.Model:
    """The network: `image` (f32, 1 x 3 x 80 x 80, BGR, 0..255) to `logits` (f32, 1 x 3). Raises BuildError."""
    return build({name.removeprefix(PREFIX): tensor for name, tensor in read_tensors(path).items()})


def build(tensors: dict[str, np.ndarray]) -> ov.Model:
    """The network of these tensors. Raises BuildError when one is missing or has no place in it."""
    layers = Layers(tensors)
    image = opset8.parameter([1, 3, SIDE, SIDE], np.float32, "image")
    features = layers.block(image, "conv1", stride=2, padding=1)
    features = layers.block(features, "conv2_dw", padding=1)
    for shrinking, residual in (("conv_23", "conv_3"), ("conv_34", "conv_4"), ("conv_45", "conv_5")):
        features = layers.bottleneck(features, shrinking, stride=2)
        for prefix in takewhile(layers.holds, (f"{residual}.model.{place}" for place in count())):
            features = opset8.add(features, layers.bottleneck(features, prefix))
    features = layers.block(layers.block(features, "conv_6_sep"), "conv_6_dw")
    logits = layers.head(features)
    layers.refuse_unused()
    image.output(0).get_tensor().set_names({"image"})
    logits.output(0).get_tensor().set_names({"logits"})
    return ov.Model([logits], [image], "minifasnet")


class Layers:
    """Makes layers of the tensors under a name; keeps account of those not used yet."""

    def __init__(self, tensors: dict[str, np.ndarray]):
        self._tensors = tensors
        self._unused = set(tensors)

    def holds(self, prefix: str) -> bool:
        return any(name.startswith(f"{prefix}.") for name in self._tensors)

    def refuse_unused(self) -> None:
        if self._unused:
            raise BuildError(f"the network has no place for {', '.join(sorted(self._unused)[:4])}")

    def block(self, source: Node, prefix: str, stride: int = 1, padding: int = 0) -> Node:
        """A convolution, and where there are slopes for it a PReLU."""
        features = self.convolution(source, f"{prefix}.conv", f"{prefix}.bn", stride, padding)
        if not self.holds(f"{prefix}.prelu"):
            return features
        return opset8.prelu(features, opset8.constant(self._take(f"{prefix}.prelu.weight")))

    def bottleneck(self, source: Node, prefix: str, stride: int = 1) -> Node:
        """Widened, seen at each channel's neighbourhood, narrowed; then maybe weighed by channel."""
        features = self.block(source, f"{prefix}.conv")
        features = self.block(features, f"{prefix}.conv_dw", stride, padding=1)
        features = self.block(features, f"{prefix}.project")
        return self.excitation(features, f"{prefix}.se_module") if self.holds(f"{prefix}.se_module") else features

    def excitation(self, source: Node, prefix: str) -> Node:
        """Channels weighed by what their means say."""
        means = opset8.reduce_mean(source, np.array([2, 3], np.int64), keep_dims=True)
        squeezed = opset8.relu(self.convolution(means, f"{prefix}.fc1", f"{prefix}.bn1"))
        return opset8.multiply(source, opset8.sigmoid(self.convolution(squeezed, f"{prefix}.fc2", f"{prefix}.bn2")))

    def convolution(self, source: Node, weights: str, norm: str, stride: int = 1, padding: int = 0) -> Node:
        """A convolution without bias and the normalisation behind it; one filter a channel when that is its shape."""
        kernel = self._take(f"{weights}.weight")
        scale, shift = self._normalisation(norm)
        kernel = (kernel * scale[:, None, None, None]).astype(np.float32)
        geometry = [stride] * 2, [padding] * 2, [padding] * 2, [1, 1]
        if kernel.shape[1] == 1:
            result = opset8.group_convolution(source, opset8.constant(kernel[:, None]), *geometry)
        else:
            result = opset8.convolution(source, opset8.constant(kernel), *geometry)
        return opset8.add(result, opset8.constant(shift.astype(np.float32)[None, :, None, None]))

    def head(self, source: Node) -> Node:
        """Two linear layers with a normalisation between them, which are one linear layer."""
        scale, shift = self._normalisation("bn")
        last = self._take("prob.weight").astype(np.float64)
        weights = ((last * scale) @ self._take("linear.weight")).astype(np.float32)
        flat = opset8.reshape(source, np.array([1, -1], np.int64), False)
        product = opset8.matmul(flat, opset8.constant(weights), False, True)
        return opset8.add(product, opset8.constant((last @ shift).astype(np.float32)[None]))

    def _normalisation(self, prefix: str) -> tuple[np.ndarray, np.ndarray]:
        """Scale and shift of each channel, f64."""
        self._unused.discard(f"{prefix}.num_batches_tracked")  # counts batches while training
        names = ("weight", "bias", "running_mean", "running_var")
        gain, bias, mean, variance = (self._take(f"{prefix}.{name}").astype(np.float64) for name in names)
        scale = gain / np.sqrt(variance + EPSILON)
        return scale, bias - mean * scale

    def _take(self, name: str) -> np.ndarray:
        if name not in self._tensors:
            raise BuildError(f"the network lacks {name}")
        self._unused.discard(name)
        return self._tensors[name]
