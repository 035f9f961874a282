"""Videos and archives for the tests, made of photographs while the tests run: nothing moving is kept in the repository."""

import io
import subprocess
import tarfile
import zipfile
from pathlib import Path

import cv2
import numpy as np

RATE = 25
H264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "12"]


def portrait(photograph: np.ndarray, box: list[float], size: tuple[int, int], share: float = 0.36) -> np.ndarray:
    """The photograph cut and scaled to `size` (width, height), its face in the middle and `share` of the height."""
    width, height = size
    scale = share * height / (box[3] - box[1])
    centre = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    move = np.array([[scale, 0, width / 2 - scale * centre[0]], [0, scale, height / 2 - scale * centre[1]]])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    if scale < 0.5:
        photograph = cv2.resize(photograph, None, fx=2 * scale, fy=2 * scale, interpolation=cv2.INTER_AREA)
        move[:, :2] = np.eye(2) / 2
    return cv2.warpAffine(photograph, move, size, flags=method, borderMode=cv2.BORDER_REFLECT)


def swaying(picture: np.ndarray, count: int) -> list[np.ndarray]:
    """The picture as a hand-held camera would see it."""
    height, width = picture.shape[:2]
    frames = []
    for i in range(count):
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), 1.5 * np.sin(i / 7), 1 + 0.02 * np.sin(i / 5))
        turn[:, 2] += [4 * np.sin(i / 6), 3 * np.cos(i / 8)]
        frames.append(cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REFLECT))
    return frames


def ffmpeg(*arguments: str | Path, frames: list[np.ndarray] = [], rate: float = RATE) -> None:
    """Runs ffmpeg; `frames` are its input `-`."""
    source = []
    if frames:
        height, width = frames[0].shape[:2]
        shape = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{width}x{height}", "-r", str(rate)]
        source = [*shape, "-i", "-"]
    command = ["ffmpeg", "-loglevel", "error", "-y", *source, *map(str, arguments)]
    done = subprocess.run(command, input=b"".join(f.tobytes() for f in frames), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def video(path: Path, frames: list[np.ndarray], *arguments: str, rate: float = RATE) -> bytes:
    """A video of the frames, encoded as the arguments and the file's ending say."""
    ffmpeg(*arguments, path, frames=frames, rate=rate)
    return path.read_bytes()


def jpeg(picture: np.ndarray, quality: int = 92) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def zipped(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(entries: dict[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()
