"""The peer of the throughput comparison: the same task as a competent engineer would build it in Python.

FastAPI on uvicorn, YuNet at 640 pixels and MobileFaceNet on OpenVINO at its defaults, one pool of engines as large as the
machine has cores, pictures decoded and aligned by OpenCV. POST /extract with a JPEG gives the embedding's bytes.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from queue import SimpleQueue

import cv2
import numpy as np
import openvino as ov
from fastapi import FastAPI, HTTPException, Request, Response

PACK = os.environ["PACK"]
CROP = np.float32([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
SIDE = 640


class Engine:
    """One face detector and one recogniser."""

    def __init__(self, detector, recogniser):
        self._detector, self._recogniser = detector.create_infer_request(), recogniser.create_infer_request()

    def extract(self, jpeg: bytes) -> bytes | None:
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            return None
        points = self._landmarks(picture)
        if points is None:
            return None
        transform, _ = cv2.estimateAffinePartial2D(points, CROP, method=cv2.LMEDS)
        crop = cv2.warpAffine(picture, transform, (112, 112))
        tensor = (crop[None, :, :, ::-1].astype(np.float32) - 127.5) / 128
        vector = next(iter(self._recogniser.infer([tensor]).values()))[0]
        return (vector / np.linalg.norm(vector)).astype(np.float32).tobytes()

    def _landmarks(self, picture: np.ndarray) -> np.ndarray | None:
        scale = SIDE / max(picture.shape[:2])
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        canvas = np.zeros((SIDE, SIDE, 3), np.uint8)
        canvas[: small.shape[0], : small.shape[1]] = small
        outputs = list(self._detector.infer([cv2.dnn.blobFromImage(canvas)]).values())
        by_width = lambda n: sorted((o[0] for o in outputs if o.shape[-1] == n), key=len, reverse=True)
        scores, landmarks = by_width(1), by_width(10)
        best, points = 0.6, None
        for level, stride in enumerate((8, 16, 32)):
            sure = np.sqrt(np.clip(scores[2 * level], 0, 1) * np.clip(scores[2 * level + 1], 0, 1))[:, 0]
            top = int(sure.argmax())
            if sure[top] >= best:
                cell = np.array([top % (SIDE // stride), top // (SIDE // stride)])
                best, points = sure[top], (landmarks[level][top].reshape(5, 2) + cell) * stride / scale
        return None if points is None else points.astype(np.float32)


@asynccontextmanager
async def lifespan(app: FastAPI):
    core = ov.Core()
    detector = core.read_model(f"{PACK}/yunet.xml")
    detector.reshape([1, 3, SIDE, SIDE])
    networks = core.compile_model(detector, "CPU"), core.compile_model(core.read_model(f"{PACK}/mobilefacenet.xml"), "CPU")
    count = len(os.sched_getaffinity(0))
    app.state.engines = SimpleQueue()
    for _ in range(count):
        app.state.engines.put(Engine(*networks))
    app.state.threads = ThreadPoolExecutor(count)
    yield


app = FastAPI(lifespan=lifespan)


@app.post("/extract")
async def extract(request: Request) -> Response:
    jpeg = await request.body()

    def work() -> bytes | None:
        engine = app.state.engines.get()
        try:
            return engine.extract(jpeg)
        finally:
            app.state.engines.put(engine)

    vector = await asyncio.get_running_loop().run_in_executor(app.state.threads, work)
    if vector is None:
        raise HTTPException(400, "no face")
    return Response(vector, media_type="application/octet-stream")
