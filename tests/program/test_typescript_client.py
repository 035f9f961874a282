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
from document import blocks
from faceward_client import Answer

NODE_TESTS = Path(__file__).resolve().parents[1] / "node" / "client.test.mjs"
# The page of the document, and somebody who uses it and tells what it showed.
PAGE = next(block.text for block in blocks("docs/clients.md") if block.language == "html") + """
<script type="module">
  const shown = new Set();
  const output = document.querySelector("output");
  new MutationObserver(() => {
    shown.add(output.textContent);
    if (!output.textContent.includes("%"))
      fetch("/result", { method: "POST", body: JSON.stringify([...shown, String(document.querySelector("video").srcObject)]) });
  }).observe(output, { childList: true });
  document.querySelector("button").click();
</script>
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    """A folder whose node_modules hold the client."""
    folder = tmp_path_factory.mktemp("typescript")
    typescript_package.build(folder)
    return folder


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
    assert "tests 14" in done.stdout and "skipped 0" in done.stdout, done.stdout


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
                self.server.answer = answer
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_):
            pass

    (package / "index.html").write_text(PAGE)
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.came = threading.Event()
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
    *progress, verdict, camera_after = site.result
    folder = site.answer.json()
    assert verdict == ("Welcome" if folder["system_resolution"] == "SUCCESS" else "This does not look like a live person")
    assert progress[-1] == "Look into the camera: 100 %" and camera_after == "null"
    medium = folder["media"][0]
    assert medium["media_type"] == "SHOTS_SET_FOLDER"
    info = medium["info"]["shots_set"]
    assert 10 <= info["count"] <= 38 and (info["width"], info["height"]) == (640, 480)
