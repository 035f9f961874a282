"""What a call takes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Union

#: A picture, medium or template: its bytes, or the path of a file.
Bytes = Union[bytes, os.PathLike[str]]


def bytes_of(value: Bytes) -> bytes:
    return value if isinstance(value, bytes) else Path(value).read_bytes()


def picture_type(picture: bytes) -> str:
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"


def filename_of(value: Bytes) -> str | None:
    return None if isinstance(value, bytes) else Path(value).name


@dataclass(frozen=True)
class Analysis:
    """What is asked of media."""

    threshold_spoofing: float | None = None  #: 0…1, a higher attack probability declines; None: the server's
    extract_best_shot: bool = False
    meta_data: Mapping[str, Any] = field(default_factory=dict)  #: comes back as it is

    def as_json(self) -> dict[str, Any]:
        params: dict[str, Any] = {"extract_best_shot": self.extract_best_shot}
        if self.threshold_spoofing is not None:
            params["threshold_spoofing"] = self.threshold_spoofing
        return {"type": "quality", "meta_data": dict(self.meta_data), "params": params}
