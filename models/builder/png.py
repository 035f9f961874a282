"""Enough of PNG (W3C, second edition) for the self-test pictures: 8-bit RGB, not interlaced."""

import struct
import zlib
from functools import cache
from pathlib import Path

import numpy as np

from .errors import BuildError

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@cache
def read_png(path: Path) -> np.ndarray:
    """The pixels, height x width x RGB, uint8. Raises BuildError."""
    chunks = list(_chunks(path.read_bytes()))
    kind, header = chunks[0]
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if kind != b"IHDR" or (depth, colour, interlaced) != (8, 2, 0):
        raise BuildError(f"{path.name}: only 8-bit RGB that is not interlaced is read")
    lines = np.frombuffer(zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT")), np.uint8)
    lines = lines.reshape(height, 1 + 3 * width)
    picture = np.zeros((height, width, 3), np.uint8)
    above = np.zeros((width, 3), np.uint8)
    for row, line in zip(picture, lines, strict=True):
        row[:] = _unfilter(line[0], line[1:].reshape(width, 3), above)
        above = row
    return picture


def write_png(path: Path, picture: np.ndarray) -> None:
    """Writes pixels, height x width x RGB, uint8. Every line is stored as its difference from the one above."""
    height, width = picture.shape[:2]
    lines = np.full((height, 1 + 3 * width), 2, np.uint8)  # the number of that filter comes before each line
    lines[:, 1:] = np.diff(picture, axis=0, prepend=np.zeros_like(picture[:1])).reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b"")]
    path.write_bytes(SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(data: bytes):
    if not data.startswith(SIGNATURE):
        raise BuildError("the self-test picture is not a PNG file")
    at = len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _unfilter(kind: int, line: np.ndarray, above: np.ndarray) -> np.ndarray:
    """Undoes one of the five filters of PNG, section 9.2; sums are modulo 256."""
    if kind == 0:
        return line
    if kind == 1:
        return np.cumsum(line, axis=0, dtype=np.uint8)
    if kind == 2:
        return line + above
    row, before = bytearray(line.tobytes()), above.tobytes()
    for place, upper in enumerate(before):
        left, upper_left = (row[place - 3], before[place - 3]) if place >= 3 else (0, 0)
        guess = (left + upper) // 2 if kind == 3 else _paeth(left, upper, upper_left)
        row[place] = (row[place] + guess) % 256
    return np.frombuffer(row, np.uint8).reshape(line.shape)


def _paeth(left: int, above: int, upper_left: int) -> int:
    """The neighbour nearest to left + above - upper_left; the first of equals."""
    estimate = left + above - upper_left
    return min((left, above, upper_left), key=lambda value: abs(estimate - value))
