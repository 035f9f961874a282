"""Networks of several formats, rewritten as OpenVINO IR."""

import math
from pathlib import Path

import numpy as np
import openvino as ov
from openvino import opset8

from .errors import BuildError
from .minifasnet import read_minifasnet


def convert(source: Path, shape: list[int], target: Path, output_size: int | None = None) -> None:
    """Writes `target` (.xml) and the .bin beside it: f32, batch 1, the same bytes each time.

    source: .onnx, .tflite, a frozen TensorFlow graph (.pb) or a MiniFASNet's torch file (.pth); shape: of the input,
    -1 where it stays free; output_size: how many values the one output has that is kept, all are when it is None.
    """
    network = read_minifasnet(source) if source.suffix == ".pth" else ov.Core().read_model(source)
    free_batch(network)
    network.reshape(shape)
    if output_size is not None:
        network = keep_output(network, output_size)
    zero_denormals(network)
    name_operations(network)
    ov.save_model(network, target, compress_to_fp16=False)


def free_batch(network: ov.Model) -> None:
    """Takes a fixed batch of more than one out of the patterns of Reshape operations."""
    batch = network.input().get_partial_shape()[0]
    if batch.is_dynamic or batch.get_length() == 1:
        return
    for operation in network.get_ops():
        if operation.get_type_name() != "Reshape":
            continue
        pattern = operation.input_value(1).get_node()
        if pattern.get_type_name() == "Constant" and pattern.data.size > 1 and pattern.data[0] == batch.get_length():
            freed = np.concatenate([[-1], pattern.data[1:]]).astype(pattern.data.dtype)
            operation.input(1).replace_source_output(opset8.constant(freed).output(0))


def keep_output(network: ov.Model, size: int) -> ov.Model:
    """The network without its other outputs and what only they need. Raises BuildError unless one has that size."""
    kept = [output for output in network.outputs if output.partial_shape.is_static and math.prod(output.shape) == size]
    if len(kept) != 1:
        raise BuildError(f"{len(kept)} outputs have {size} values")
    return ov.Model([kept[0].get_node()], network.get_parameters(), network.get_friendly_name())


def zero_denormals(network: ov.Model, limit: float = 1e-30) -> None:
    """Zeroes weights too small to count, which would make products denormal and thereby slow on some CPUs."""
    for operation in network.get_ops():
        if operation.get_type_name() != "Constant" or operation.get_element_type() != ov.Type.f32:
            continue
        tiny = (operation.data != 0) & (np.abs(operation.data) < limit)
        if tiny.any():
            zeroed = opset8.constant(np.where(tiny, np.float32(0), operation.data))
            for reader in operation.output(0).get_target_inputs():
                reader.replace_source_output(zeroed.output(0))


def name_operations(network: ov.Model) -> None:
    """Names operations by their place: the library's own names count what the process has read so far.

    Only inputs and outputs keep the names of their tensors: compiling merges neighbouring operations, and an output
    would then answer to an inner tensor's name too.
    """
    kept = {name for output in network.outputs for name in output.get_names()}
    for place, operation in enumerate(network.get_ordered_ops()):
        if operation.get_type_name() == "Parameter":
            continue
        operation.set_friendly_name(f"{operation.get_type_name()}_{place}")
        for output in operation.outputs():
            if not output.get_names() & kept:
                output.get_tensor().set_names(set())
