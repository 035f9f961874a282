"""The TypeScript client against the real server: under Node.js, and in a browser with a camera."""

import json
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import media
import pytest
import typescript_package
from conftest import decoded, encoded
from faceward_client import Answer

NODE_TESTS = Path(__file__).resolve().parents[1] / "node" / "client.test.mjs"
PAGE = """<!doctype html>
<script type="importmap">
  {"imports": {"faceward": "/node_modules/faceward/dist/index.js", "fflate": "/node_modules/fflate/esm/browser.js"}}
</script>
<video></video>
<script type="module">
  import { Client, recordFromCamera } from "faceward";
  const tell = (result) => fetch("/result", { method: "POST", body: JSON.stringify(result) });
  try {
    const told = [];
    const video = document.querySelector("video");
    const archive = await recordFromCamera(video, { seconds: 2, onFrame: (done) => told.push(done) });
    const client = new Client(location.origin);
    const { media, raw } = await client.detectMedia({ selfie: archive }, { analyses: [{ extractBestShot: true }] });
    const { kind, bestShot } = media[0];
    await tell({ told, kind, width: bestShot.width, info: raw.media[0].info, closed: video.srcObject === null });
  } catch (error) {
    await tell({ error: String(error) });
  }
</script>
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    """A folder whose node_modules hold the client."""
    return typescript_package.build(tmp_path_factory.mktemp("typescript")).parent


def test_under_node(package, server, portraits, templates, faces, clip, nobody, tmp_path):
    for name, content in {
        **{f"{name}.jpg": picture for name, picture in portraits.items()}, **templates,
        "a1.png": encoded(decoded(portraits["a1"]), ".png"), "face.jpg": media.jpeg(faces["obama"]),
        "clip.mp4": clip, "nobody.jpg": nobody,
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    shutil.copy(NODE_TESTS, package)
    variables = {"FACEWARD_ADDRESS": server.address, "SAMPLES": str(tmp_path)}
    done = subprocess.run([typescript_package.NODE, "--test", NODE_TESTS.name], cwd=package, env=variables,
                          capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "tests 10" in done.stdout and "skipped 0" in done.stdout, done.stdout


@pytest.fixture
def site(package, server):
    """The page, the client, and the server's methods under one origin; keeps what the page tells."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(package))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/result":
                self.server.result = json.loads(body)
                self.server.came.set()
                answer = Answer(200, {"Content-Type": "text/plain"}, b"")
            else:
                answer = server.request("POST", self.path, body, {"Content-Type": self.headers["Content-Type"]})
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_):
            pass

    (package / "index.html").write_text(PAGE)
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.result, listening.came = None, threading.Event()
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield listening
    listening.shutdown()


def test_a_face_before_the_camera(site, sway, tmp_path):
    camera = tmp_path / "camera.mjpeg"
    media.video(camera, sway, "-pix_fmt", "yuvj420p", "-q:v", "3")
    browser = subprocess.Popen(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile",
         "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
         f"--use-file-for-fake-video-capture={camera}", f"http://127.0.0.1:{site.server_port}/"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert site.came.wait(60)
    finally:
        browser.terminate()
        browser.wait(20)
    told = site.result.pop("told", [])
    assert site.result.get("error") is None
    assert 10 <= len(told) <= 26 and told == sorted(told) and told[-1] == 1
    info = site.result["info"]["shots_set"]
    assert (site.result["kind"], site.result["width"]) == ("SHOTS_SET_FOLDER", 640)
    assert info["count"] == len(told) and (info["width"], info["height"]) == (640, 480)
    assert site.result["closed"]
