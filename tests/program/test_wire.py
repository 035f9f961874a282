"""What goes over the wire: broken and slow requests, and the answer of verify in the hands of other parsers."""

import base64
import http.client
import json
import shutil
import socket
import subprocess

import pytest
from faceward_client import PATTERN, Answer, Part, Server, answer_to, form, picture


@pytest.mark.parametrize(
    ("request_head", "error"),
    [
        (b"garbage\r\n\r\n", (400, "SRV-400")),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", (400, "SRV-400")),
        (b"GET /version HTTP/1.1\r\n\r\n", (400, "SRV-400")),
        (b"GET /version HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", (400, "SRV-400")),
        (b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", (400, "SRV-400")),
        (b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", (400, "SRV-400")),
        (b"GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n", (404, "SRV-404")),
        (b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", (413, "SRV-413")),
        (b"GET /version HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", (431, "SRV-431")),
        (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", (431, "SRV-431")),
    ],
)
def test_a_request_that_cannot_be_read(server, request_head, error):
    answer = answer_to(server, request_head)
    assert answer.error() == error
    assert answer.headers["X-Request-ID"]


def test_a_slow_request(small_pack):
    own = Server(small_pack, "--read_timeout_ms", "200")
    head = b"POST /v1/face/pattern/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"
    for begun in (b"GET", head, head + b"12345"):
        assert answer_to(own, begun).error() == (408, "SRV-408")
    assert own.stop() == 0


def test_a_body_far_over_the_limit_still_gets_its_answer(small_pack):
    own = Server(small_pack, "--max_body_bytes", "100000")
    assert own.extract(bytes(200_000_000)).error() == (413, "SRV-413")
    assert own.stop() == 0


def test_before_the_models_are_loaded_the_server_says_so(packs, portraits):
    own = Server(packs / "default", "--compiled_cache", "off", "--workers", "4", wait=False)
    health = own.request("GET", PATTERN + "health").json()
    assert (health["status"], health["message"]) == (3, "still warming up")
    assert own.extract(portraits["a1"]).error() == (400, "BPE-001002")
    assert own.request("GET", "/version").json()["models"] == []
    own.wait_for("ready")
    assert own.request("GET", PATTERN + "health").json()["status"] == 0
    assert own.extract(portraits["a1"]).status == 200
    assert own.stop() == 0


def test_a_client_that_closes_its_sending_side_gets_its_answer(server, portraits):
    body, kind = form([picture("sample_1", portraits["a1"]), picture("sample_2", portraits["a2"])])
    head = f"POST {PATTERN}extract_and_compare HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((server.host, server.port), timeout=30) as client:
        client.sendall(head.encode() + body)
        client.shutdown(socket.SHUT_WR)
        response = http.client.HTTPResponse(client)
        response.begin()
        assert json.loads(response.read())["decision"] == "approved"


@pytest.fixture
def verified(server, portraits, templates):
    answer = server.post("verify", [Part("bio_template", templates["a1"]), picture("sample", portraits["a2"])])
    assert answer.status == 200
    return answer


def test_curl_verifies(server, portraits, templates, tmp_path):
    curl = shutil.which("curl")
    if not curl:
        pytest.skip("curl is not here")
    (tmp_path / "a2.jpg").write_bytes(portraits["a2"])
    (tmp_path / "a1.template").write_bytes(templates["a1"])
    command = [curl, "--silent", "--show-error", "--fail", "--output", "body", "--write-out", "%{content_type}"]
    command += ["-F", "sample=@a2.jpg;type=image/jpeg", "-F", "bio_template=@a1.template", server.address + PATTERN + "verify"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    parts = Answer(200, {"Content-Type": done.stdout}, (tmp_path / "body").read_bytes()).form_parts()
    assert parts["bio_feature"] == ("application/octet-stream", templates["a2"])


READ_FORM = """
const [type, body] = JSON.parse(require("fs").readFileSync(0));
new Response(Buffer.from(body, "base64"), { headers: { "Content-Type": type } }).formData().then(async (form) => {
  const feature = form.get("bio_feature");
  const bytes = Buffer.from(await feature.arrayBuffer()).toString("base64");
  console.log(JSON.stringify([[...form.keys()], JSON.parse(await form.get("score").text?.() ?? form.get("score")), bytes]));
});
"""


def test_the_form_parser_of_browsers_reads_the_answer_of_verify(verified, templates):
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not here")
    given = json.dumps([verified.headers["Content-Type"], base64.b64encode(verified.body).decode()])
    done = subprocess.run([node, "-e", READ_FORM], input=given, capture_output=True, text=True, check=False)
    if "Response is not defined" in done.stderr:
        pytest.skip("this node has no Response")
    names, score, feature = json.loads(done.stdout)
    assert names == ["score", "bio_feature"] and list(score) == ["score"]
    assert base64.b64decode(feature) == templates["a2"]
