"""Server and description agree: every answer is described, and every described error is given."""

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import media
import pytest
from conftest import PICTURES, decoded, encoded
from description import Description
from faceward_client import BINARY, LIVENESS, PATTERN, Answer, Part, Server, answer_to, arguments, form, picture

DETECT = LIVENESS + "detect"
PICTURES_ALONE = [PATTERN + "extract", "/v1/face/quality", "/v1/face/detect"]
FORMS = ["compare", "verify", "extract_and_compare", "compare_n", "verify_n", "extract_and_compare_n"]
# Only a mistake in the program could give these: two templates need neither a decoder nor a network.
OUT_OF_REACH = {("compare", "BPE-001001"), ("compareN", "BPE-001001")}


@pytest.fixture(scope="session")
def description(server):
    return Description.of(server)


@pytest.fixture(scope="session")
def good(portraits, templates, faces) -> dict[str, tuple[bytes, str]]:
    """For each path that is posted to, a body and its Content-Type."""
    bodies = {PATTERN + method: form(arguments(method, portraits["a1"], templates["a1"])) for method in FORMS}
    face = media.jpeg(faces["obama"])
    alone = {path: (portraits["a1"], "image/jpeg") for path in PICTURES_ALONE}
    return bodies | alone | {DETECT: (face, "image/jpeg")}


def post(server: Server, path: str, body: bytes, kind: str, **headers: str) -> Answer:
    extra = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.request("POST", path, body, {"Content-Type": kind, **extra})


def test_good_requests(server, description, good, clip, shots):
    for path, (body, kind) in good.items():
        answer = post(server, path, body, kind)
        assert answer.status == 200, answer.body
        description.check(answer, "POST", path)
    for verb, path in description.operations():
        if verb == "GET":
            answer = server.request("GET", description.expanded(path))
            assert answer.status == 200
            description.check(answer, "GET", path)
    parts = [Part("clip", clip), Part("shots", media.zipped(shots)), picture("photo", good[DETECT][0])]
    payload = {
        "folder:meta_data": {"customer": 4711},
        "resolution_endpoint": "https://hooks.example.com/",
        "media:meta_data": {"clip": {"takes": [1, None]}, "photo": {"a": "b"}},
        "media:tags": {"shots": ["x"]},
        "analyses": [{"type": "quality", "params": {"extract_best_shot": True}}, {"type": "QUALITY", "meta_data": {}}],
    }
    description.validator({"$ref": "#/components/schemas/Payload"}).validate(payload)
    answer = server.detect(parts, payload)
    assert answer.status == 200, answer.body
    folder = description.check(answer, "POST", DETECT)
    assert folder["analyses"][0]["results_media"][0]["output_images"]


def test_base64_and_what_the_client_has(server, description, portraits):
    coded = post(server, PATTERN + "extract", base64.b64encode(portraits["a1"]), "image/jpeg",
                 Content_Transfer_Encoding="base64")
    assert coded.headers["Content-Transfer-Encoding"] == "base64"
    description.check(coded, "POST", PATTERN + "extract")
    for path in ("/openapi.json", "/docs", "/docs/{file}"):
        first = server.request("GET", description.expanded(path))
        again = server.request("GET", description.expanded(path), headers={"If-None-Match": first.headers["ETag"]})
        assert again.status == 304
        description.check(again, "GET", path)


def test_explanations_and_a_drawing(server, description, good):
    for path in (PATTERN + "compare", PATTERN + "verify", PATTERN + "extract_and_compare", DETECT):
        body, kind = good[path]
        answer = post(server, path + "?explain=1", body, kind)
        content = description.check(answer, "POST", path)
        assert list(content["score"] if path == PATTERN + "verify" else content)[-1] == "explain"
    drawn = post(server, "/v1/face/detect?draw=1", *good["/v1/face/detect"])
    assert drawn.headers.get_content_type() == "image/jpeg"
    description.check(drawn, "POST", "/v1/face/detect")


def refused(description: Description, answer: Answer, verb: str, path: str, code: str) -> None:
    assert description.check(answer, verb, path)["code"] == code, answer.body


def test_wrong_requests(server, description, good):
    group = {path: "LDE" if path.startswith(LIVENESS) else "BPE" for path in (p for _, p in description.operations())}
    for verb, path in description.operations():
        other = server.request("PUT", description.expanded(path), b"")
        refused(description, other, verb, path, f"{group[path]}-002002")
    for path in good:
        refused(description, post(server, path, b"x", "text/plain"), "POST", path, f"{group[path]}-002001")
        body, kind = good[path]
        wrong = post(server, path, body, kind, Content_Transfer_Encoding="gzip")
        refused(description, wrong, "POST", path, f"{group[path]}-002006")
    nowhere = server.request("GET", "/docs/nothing")
    refused(description, nowhere, "GET", "/docs/{file}", "SRV-404")


def test_wrong_parts(server, description, portraits, templates):
    for method in FORMS:
        parts = arguments(method, portraits["a1"], templates["a1"])
        for index, part in enumerate(parts):
            unreadable = "BPE-002003" if part.content_type == "image/jpeg" else "BPE-002004"
            for instead, code in ((Part(part.name, part.body, "text/plain", part.filename), "BPE-002005"),
                                  (Part(part.name, b"", part.content_type, part.filename), unreadable)):
                answer = server.post(method, [*parts[:index], instead, *parts[index + 1 :]])
                refused(description, answer, "POST", PATTERN + method, code)
    for path in PICTURES_ALONE:
        refused(description, post(server, path, b"no picture", "image/jpeg"), "POST", path, "BPE-002003")
    for part, code in ((Part("a", b"nothing"), "LDE-002004"), (Part("a", b"x", "text/html"), "LDE-002005")):
        refused(description, server.detect([part]), "POST", DETECT, code)


def test_wrong_pictures(server, description, portraits, templates, nobody, two_people):
    tiny = encoded(cv2.resize(decoded(portraits["a1"]), None, fx=0.05, fy=0.05, interpolation=cv2.INTER_AREA), ".png")
    for image, code in ((tiny, "BPE-003001"), (nobody, "BPE-003002"), (two_people, "BPE-003003")):
        refused(description, server.extract(image), "POST", PATTERN + "extract", code)
        if image != tiny:
            answer = post(server, "/v1/face/quality", image, "image/jpeg")
            refused(description, answer, "POST", "/v1/face/quality", code)
        for method in ("verify", "extract_and_compare", "verify_n", "extract_and_compare_n"):
            answer = server.post(method, arguments(method, image, templates["a1"]))
            refused(description, answer, "POST", PATTERN + method, code)


@pytest.fixture(scope="module")
def strict_limits(small_pack):
    own = Server(small_pack, "--max_body_bytes", "100000", "--max_buffered_bytes", "120000", "--read_timeout_ms", "1500")
    yield own
    assert own.stop() == 0


def test_what_is_refused_before_it_is_read(strict_limits, description):
    def request(verb: str, path: str, *lines: str) -> Answer:
        head = "\r\n".join([f"{verb} {description.expanded(path)} HTTP/1.1", *lines, "", ""])
        return answer_to(strict_limits, head.encode())

    def refuse_all(operation: tuple[str, str]) -> None:
        refused(description, request(*operation), *operation, "SRV-400")
        large = request(*operation, "Host: a", "Content-Length: 100001")
        refused(description, large, *operation, "SRV-413")
        wordy = request(*operation, "Host: a", "X: " + "x" * 20_000)
        refused(description, wordy, *operation, "SRV-431")
        slow = request(*operation, "Host: a", "Content-Length: 2")
        refused(description, slow, *operation, "SRV-408")

    with ThreadPoolExecutor(16) as clients:
        list(clients.map(refuse_all, description.operations()))


def test_a_busy_server(small_pack, description):
    own = Server(small_pack, "--max_body_bytes", "100000", "--max_buffered_bytes", "100000")
    with socket.create_connection((own.host, own.port)) as holder:
        holder.sendall(b"POST /v1/face/pattern/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + bytes(90_000))
        for verb, path in description.operations():
            answer = own.request(verb, description.expanded(path), bytes(50_000))
            refused(description, answer, verb, path, "SRV-503")
    assert own.stop() == 0


def test_a_server_that_is_not_ready(packs, description, good):
    own = Server(packs / "default", "--compiled_cache", "off", "--workers", "4", wait=False)
    for path, (body, kind) in good.items():
        code = "LDE-001002" if path == DETECT else "BPE-001002"
        refused(description, post(own, path, body, kind), "POST", path, code)
    for path in (PATTERN + "health", LIVENESS + "health"):
        health = description.check(own.request("GET", path), "GET", path)
        assert health["status"] == 3 and health["message"]
    assert description.check(own.request("GET", "/version"), "GET", "/version")["models"] == []
    assert own.stop() == 0


def descendants(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(child) for file in children for child in file.read_text().split()]
    return found + [further for child in found for further in descendants(child)]


def test_a_fault_of_the_server(tmp_path, packs, description, good):
    """The program that decodes is gone from the disk, and what ran of it has died."""
    for program in (Path(BINARY), Path(BINARY).with_name("faceward-decoder")):
        shutil.copy(program, tmp_path)
    own = Server(packs / "default", binary=tmp_path / "faceward")
    (tmp_path / "faceward-decoder").unlink()
    for process in descendants(own.process.pid):
        os.kill(process, signal.SIGKILL)
    assert own.extract(good[DETECT][0]).status in (400, 500)  # what the dead ones were to do is the picture's fault
    for path, (body, kind) in good.items():
        if path in (PATTERN + "compare", PATTERN + "compare_n"):
            continue
        code = "LDE-001001" if path == DETECT else "BPE-001001"
        for _ in range(os.cpu_count()):
            answer = post(own, path, body, kind)
            if answer.status == 500:
                break
        refused(description, answer, "POST", path, code)
    assert own.stop() == 0


def test_every_described_error_was_given(description):
    assert description.codes() - description.reached == OUT_OF_REACH


def test_the_version_is_the_programs(server, description):
    assert description.document["info"]["version"] == server.request("GET", "/version").json()["core"]


def test_generated_requests_meet_no_answer_that_is_not_described(server, templates, tmp_path):
    """Schemathesis. That another verb is answered 400 and not 405 is the protocol's; that a request which the schema
    allows is good cannot be said of parts that need filenames, and of base64."""
    face_template = tmp_path / "a.template"
    face_template.write_bytes(templates["a1"])
    command = [
        Path(sys.executable).with_name("schemathesis"), "run", f"{server.address}/openapi.json", "--checks", "all",
        "--exclude-checks", "unsupported_method,positive_data_acceptance", "--max-examples", "25", "--seed", "1",
        "--generation-database", "none", "--no-color",
    ]  # fmt: skip
    variables = {"SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(Path(__file__).parent),
                 "SAMPLE_PICTURE": str(PICTURES / "obama.jpg"), "SAMPLE_TEMPLATE": str(face_template)}
    done = subprocess.run(command, env=os.environ | variables, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout, done.stdout
