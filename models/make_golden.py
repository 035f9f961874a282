#!/usr/bin/env python3
"""Writes golden/<network>.json: what each network's original runtime answers to known pictures.

Run when a network is added or replaced, never by a build. Besides the builder's libraries it needs the runtime that
the network's file was made for: onnx and onnxruntime, ai-edge-litert, tensorflow-cpu, or for a .pth file torch 1.13.
"""

import argparse
import importlib.util
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from builder.fetch import Cache
from builder.golden import CHECK_VALUES, tensor_of

ROOM = Path(__file__).resolve().parent
SAMPLES = 16

PORTRAIT_CORNERS = [(160, 60), (190, 80), (200, 110), (180, 180)]  # several, as three logits to a picture are few
PORTRAIT_FACE = {"picture": "portrait", "left": 145, "top": 20, "size": 160}
PORTRAIT_ALIGNED = {"picture": "portrait", "left": 168, "top": 75, "size": 112}


def attack_cases(size: int) -> list[dict]:
    crops = [{"picture": "portrait", "left": left, "top": top, "size": size} for left, top in PORTRAIT_CORNERS]
    return [{"picture": "pattern", "size": size}, *crops]


CASES = {
    "yunet": [{"picture": "pattern", "size": 320}, {"picture": "portrait", "left": 0, "top": 0, "size": 640}],
    "retinaface": [{"picture": "pattern", "size": 160}, PORTRAIT_FACE],
    "centerface": [{"picture": "pattern", "size": 160}, PORTRAIT_FACE],
    "mobilefacenet": [{"picture": "pattern", "size": 112}, PORTRAIT_ALIGNED],
    "fr512": [{"picture": "pattern", "size": 112}, PORTRAIT_ALIGNED],
    "minifasnet_v2": attack_cases(80),
    "minifasnet_v1se": attack_cases(80),
    "fr_liveness": attack_cases(128),
    "face_mesh": [{"picture": "pattern", "size": 256}, {"picture": "portrait", "left": 96, "top": 0, "size": 256}],
}

Runner = Callable[[np.ndarray], list[np.ndarray]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="the folder that build.py keeps fetched files in")
    parser.add_argument("networks", nargs="*", help="all of them without one")
    arguments = parser.parse_args()
    sources = tomllib.loads((ROOM / "sources.toml").read_text())
    cache = Cache(arguments.cache, sources, print)
    portrait = cache.member(sources["selftest"])
    for network in arguments.networks or sources["network"]:
        source = sources["network"][network]
        run, runtime = open_original(source, sources["architecture"], cache)
        spec = source["manifest"]["input"]
        cases = points_cases(spec["points"], sources, cache) if "points" in spec else CASES[network]
        cases = [
            case | {"outputs": [sample(output) for output in run(tensor_of(case, spec, portrait))]} for case in cases
        ]
        write(ROOM / "golden" / f"{network}.json", {"made_with": runtime, "cases": cases})


def points_cases(points: list[int], sources: dict, cache: Cache) -> list[dict]:
    """For a network that takes points of the face mesh: the pattern, and those of the portrait's mesh."""
    source, case = sources["network"]["face_mesh"], CASES["face_mesh"][-1]
    run, _ = open_original(source, sources["architecture"], cache)
    values = run(tensor_of(case, source["manifest"]["input"], cache.member(sources["selftest"])))[0]
    mesh = values.reshape(-1, 3)[points, :2]
    found = [[float(f"{value:.6g}") for value in point] for point in mesh]
    return [{"picture": "pattern", "points": len(points)}, {"picture": case["picture"], "points": found}]


def open_original(source: dict, architectures: dict, cache: Cache) -> tuple[Runner, str]:
    """The file in the runtime that its format belongs to, and that runtime's name."""
    file = cache.member(source)
    if file.suffix == ".pth":
        return open_torch(file, cache.member(architectures["minifasnet"]), source["member"])
    if file.suffix == ".tflite":
        return open_tflite(file, source.get("output_size"))
    return {".onnx": open_onnx, ".pb": open_tensorflow}[file.suffix](file)


def open_onnx(file: Path) -> tuple[Runner, str]:
    import onnx
    import onnxruntime

    model = onnx.load(file)
    weights = {weight.name for weight in model.graph.initializer}
    entries = [value for value in model.graph.input if value.name not in weights]
    for value in [*entries, *model.graph.output]:  # their declared sizes are only the exporter's example
        for place, dimension in enumerate(value.type.tensor_type.shape.dim):
            dimension.dim_param = f"{value.name}_{place}"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
    name = entries[0].name
    return lambda tensor: session.run(None, {name: tensor}), f"ONNX Runtime {onnxruntime.__version__}"


def open_tflite(file: Path, output_size: int | None) -> tuple[Runner, str]:
    """output_size: how many values the output has that is wanted; the first one's is when it is None."""
    from importlib.metadata import version

    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    plain = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES  # the delegate's own error can come near the tolerance
    interpreter = Interpreter(str(file), num_threads=1, experimental_op_resolver_type=plain)
    interpreter.allocate_tensors()
    entry, exits = interpreter.get_input_details()[0], interpreter.get_output_details()
    exit_ = next(each for each in exits if output_size in (None, np.prod(each["shape"])))

    def run(tensor: np.ndarray) -> list[np.ndarray]:
        interpreter.set_tensor(entry["index"], np.repeat(tensor, entry["shape"][0], axis=0))
        interpreter.invoke()
        answer = interpreter.get_tensor(exit_["index"])
        return [answer if answer.ndim == 1 else answer[:1]]

    return run, f"LiteRT {version('ai-edge-litert')}"


def open_tensorflow(file: Path) -> tuple[Runner, str]:
    import tensorflow as tf

    definition = tf.compat.v1.GraphDef.FromString(file.read_bytes())

    def import_graph():
        tf.compat.v1.import_graph_def(definition, name="")

    function = tf.compat.v1.wrap_function(import_graph, []).prune("x:0", "Identity:0")
    return lambda tensor: [function(tf.constant(tensor)).numpy()], f"TensorFlow {tf.__version__}"


def open_torch(file: Path, architecture: Path, member: str) -> tuple[Runner, str]:
    """A MiniFASNet in its makers' own layers; `member` ends in the name of their class."""
    import torch

    specification = importlib.util.spec_from_file_location("architecture", architecture)
    layers = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(layers)
    network = getattr(layers, Path(member).stem.split("_")[-1])(conv6_kernel=(5, 5))
    state = torch.load(file, map_location="cpu", weights_only=True)
    network.load_state_dict({name.removeprefix("module."): tensor for name, tensor in state.items()})
    network.eval()
    torch.set_num_threads(1)

    def run(tensor: np.ndarray) -> list[np.ndarray]:
        with torch.no_grad():
            return [network(torch.from_numpy(tensor)).numpy()]

    return run, f"PyTorch {torch.__version__}"


def sample(output: np.ndarray) -> dict:
    """The first values, evenly spread ones and the largest of an output, with their flat indices."""
    flat = output.ravel()
    spread = np.linspace(0, max(flat.size - 1, 0), min(SAMPLES, flat.size), dtype=int)
    largest = np.argsort(-np.abs(flat), kind="stable")[: SAMPLES // 2]
    first = np.arange(min(CHECK_VALUES, flat.size))
    rest = np.setdiff1d(np.concatenate([spread, largest]), first)
    indices = np.concatenate([first, rest]).astype(int)
    return {
        "shape": list(output.shape),
        "indices": indices.tolist(),
        "values": [float(f"{value:.7g}") for value in flat[indices]],
    }


def write(path: Path, golden: dict) -> None:
    """JSON with a line for each list of numbers."""
    lines = [f' "made_with": {json.dumps(golden["made_with"])},', ' "cases": [']
    for case in golden["cases"]:
        recipe = {key: value for key, value in case.items() if key != "outputs"}
        lines.append(f'  {json.dumps(recipe)[:-1]}, "outputs": [')
        lines.append(",\n".join(f"   {json.dumps(output)}" for output in case["outputs"]) + "\n  ]},")
    lines[-1] = lines[-1].rstrip(",")
    path.write_text("{\n" + "\n".join(lines) + "\n ]\n}\n")


if __name__ == "__main__":
    main()
