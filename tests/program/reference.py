"""An independent pipeline in Python, for golden values: OpenCV's resampling and the networks of a built pack.

It follows the documented steps (docs/architecture.md) and shares no code with the product.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import openvino as ov

CROP = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
SETTINGS = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": 1, "INFERENCE_PRECISION_HINT": "f32"}


@dataclass
class Found:
    points: np.ndarray  # 5 x (x, y), pixels
    features: np.ndarray  # unit length
    scale: float  # crop pixels per picture pixel


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


class Reference:
    """Profile balanced of the default pack."""

    def __init__(self, pack: Path):
        core = ov.Core()

        def network(name: str, shape: list[int]):
            model = core.read_model(pack / f"{name}.xml")
            model.reshape(shape)
            return core.compile_model(model, "CPU", SETTINGS)

        self._detectors = {side: network("yunet", [1, 3, side, side]) for side in (320, 640)}
        self._refiner = network("retinaface", [1, 160, 160, 3])
        self._small = network("mobilefacenet", [1, 112, 112, 3])
        self._large = network("fr512", [1, 3, 112, 112])

    def find(self, picture: np.ndarray) -> Found | None:
        """The largest face of a BGR picture, or None."""
        for side in (320, 640):
            faces = self._detect(picture, side)
            if len(faces):
                break
        else:
            return None
        box = max(faces, key=lambda f: (f[2] - f[0]) * (f[3] - f[1]))
        points = self._refine(picture, box)
        if points is None:
            points = box[5:].reshape(5, 2)
        crop, scale = align(picture, points)
        return Found(points, self._embed(crop), scale)

    def _detect(self, picture: np.ndarray, side: int) -> np.ndarray:
        height, width = picture.shape[:2]
        scale = side / max(width, height)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        canvas = np.zeros((side, side, 3), np.uint8)
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        canvas[: size[1], : size[0]] = cv2.resize(picture, size, interpolation=method)
        outputs = self._detectors[side](canvas.transpose(2, 0, 1)[None].astype(np.float32))
        by_width = lambda n: sorted((v[0] for v in outputs.values() if v.shape[-1] == n), key=len, reverse=True)
        scores, boxes, landmarks = by_width(1), by_width(4), by_width(10)
        rows = []
        for level, stride in enumerate((8, 16, 32)):
            sure = np.sqrt(np.clip(scores[2 * level], 0, 1) * np.clip(scores[2 * level + 1], 0, 1))[:, 0]
            index = np.flatnonzero(sure >= 0.6)
            cell = np.stack([index % (side // stride), index // (side // stride)], 1)
            centre = (cell + boxes[level][index, :2]) * stride
            half = np.exp(boxes[level][index, 2:]) * stride / 2
            points = (landmarks[level][index].reshape(-1, 5, 2) + cell[:, None]) * stride
            rows.append(np.hstack([centre - half, centre + half, sure[index, None], points.reshape(-1, 10)]))
        kept = suppress(np.concatenate(rows))
        kept[:, [0, 2, *range(5, 15, 2)]] *= width / size[0]
        kept[:, [1, 3, *range(6, 15, 2)]] *= height / size[1]
        return kept

    def _refine(self, picture: np.ndarray, face: np.ndarray) -> np.ndarray | None:
        side = 1.6 * max(face[2] - face[0], face[3] - face[1])
        corner = np.array([face[0] + face[2] - side, face[1] + face[3] - side]) / 2
        scale = 160 / side
        if scale > 0.5:
            crop = cv2.warpAffine(picture, np.array([[scale, 0, -corner[0] * scale], [0, scale, -corner[1] * scale]]), (160, 160))
        else:
            part = cv2.warpAffine(picture, np.array([[1, 0, -corner[0]], [0, 1, -corner[1]]]), (round(side), round(side)))
            crop = cv2.resize(part, (160, 160), interpolation=cv2.INTER_AREA)
        rows = self._refiner(crop[None, :, :, ::-1].astype(np.float32))[0].reshape(-1, 16)
        rows = rows[rows[:, 15] >= 0.5]
        if not len(rows):
            return None
        return rows[np.argmax(rows[:, 15]), 4:14].reshape(5, 2) * 160 / scale + corner

    def _embed(self, crop: np.ndarray) -> np.ndarray:
        small = self._small((crop[None, :, :, ::-1].astype(np.float32) - 127.5) / 128)[0][0]
        large = self._large(((crop.astype(np.float32) - 127) / 128).transpose(2, 0, 1)[None])[0][0]
        return np.concatenate([unit(small), unit(large)]) / np.sqrt(2)


def suppress(rows: np.ndarray) -> np.ndarray:
    rows = rows[np.argsort(-rows[:, 4], kind="stable")]
    kept = []
    while len(rows):
        best, rows = rows[0], rows[1:]
        kept.append(best)
        shared = np.clip(np.minimum(best[2:4], rows[:, 2:4]) - np.maximum(best[:2], rows[:, :2]), 0, None).prod(1)
        area = lambda r: (r[..., 2:4] - r[..., :2]).prod(-1)
        rows = rows[shared <= 0.3 * (area(best) + area(rows) - shared)]
    return np.array(kept).reshape(-1, 15)


def align(picture: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, float]:
    source, target = points - points.mean(0), CROP - CROP.mean(0)
    spread = (source**2).sum()
    a = (source * target).sum() / spread
    b = (source[:, 0] * target[:, 1] - source[:, 1] * target[:, 0]).sum() / spread
    turn = np.array([[a, -b], [b, a]])
    shift = CROP.mean(0) - turn @ points.mean(0)
    return cv2.warpAffine(picture, np.column_stack([turn, shift]), (112, 112)), float(np.hypot(a, b))
