"""The feature vector in a template (docs/template-format.md)."""

import numpy as np


def features(face_template: bytes) -> np.ndarray:
    count = int.from_bytes(face_template[6:8], "little")
    return np.frombuffer(face_template, "<f2", count, 56).astype(np.float32)
