"""Two pictures for the self-test of liveness, made of the self-test picture: a person, and a screen that shows her.

They show that the networks tell one from the other, and nothing about how well they do. All arithmetic is on whole
numbers, so that every machine makes the same pixels. Pictures are height x width x RGB, uint8.
"""

from pathlib import Path

import numpy as np

from .files import sha256_of
from .png import read_png, write_png

VIEW = {"left": 74, "top": 28, "side": 300}  # of the self-test picture: face and shoulders
FRAME, TABLE = 40, 80  # widths in pixels: what surrounds the screen, and what surrounds that
FRAME_GREY, TABLE_GREY = 15, 110


def write_samples(portrait: Path, folder: Path) -> dict[str, str]:
    """Writes bona_fide.png and attack.png; their SHA-256. The compression library decides on the bytes."""
    digests = {}
    for make in (bona_fide, attack):
        file = folder / f"{make.__name__}.png"
        write_png(file, make(read_png(portrait)))
        digests[file.name] = sha256_of(file)
    return digests


def bona_fide(portrait: np.ndarray) -> np.ndarray:
    """Face and shoulders, twice as large as in the portrait: 600 x 600."""
    left, top, side = VIEW["left"], VIEW["top"], VIEW["side"]
    return doubled(portrait[top : top + side, left : left + side])


def attack(portrait: np.ndarray) -> np.ndarray:
    """The same on a pale screen with a moiré, in a dark frame on a grey table, slightly out of focus: 840 x 840."""
    screen = bona_fide(portrait).astype(int)
    rows, columns = np.indices(screen.shape[:2])
    wave = abs((3 * columns + 2 * rows) % 24 - 12)  # 0..12
    screen = screen * (156 + 7 * wave[..., None]) // 480 + 90  # 65 to 100 % of half the contrast
    framed = np.pad(screen, [(FRAME, FRAME), (FRAME, FRAME), (0, 0)], constant_values=FRAME_GREY)
    return blurred(np.pad(framed, [(TABLE, TABLE), (TABLE, TABLE), (0, 0)], constant_values=TABLE_GREY))


def doubled(picture: np.ndarray) -> np.ndarray:
    """Twice as large by bilinear interpolation: each new value lies a quarter of the way to a neighbour."""
    values = picture.astype(int)
    for axis in (0, 1):
        edged = np.concatenate([values.take([0], axis), values, values.take([-1], axis)], axis)
        here, before, after = (edged.take(range(at, at + values.shape[axis]), axis) for at in (1, 0, 2))
        pairs = np.stack([3 * here + before, 3 * here + after], axis + 1)
        shape = list(values.shape)
        shape[axis] *= 2
        values = pairs.reshape(shape)
    return ((values + 8) // 16).astype(np.uint8)


def blurred(picture: np.ndarray, reach: int = 2) -> np.ndarray:
    """The mean of the square of neighbours up to `reach` pixels away; edges are repeated."""
    side = 2 * reach + 1
    height, width = picture.shape[:2]
    padded = np.pad(picture.astype(int), [(reach, reach), (reach, reach), (0, 0)], mode="edge")
    total = sum(padded[y : y + height, x : x + width] for y in range(side) for x in range(side))
    return (total // side**2).astype(np.uint8)
