"""The answer of a detect request is taken to the address that its payload names, where the operator allows it."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import media
import pytest
from faceward_client import Part, Server

SECRET = "a secret of the test"


@pytest.fixture
def receiver():
    """An HTTP server that keeps what is posted to it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.posts.append((self.path, dict(self.headers), body))
            self.server.came.release()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    listening.posts, listening.came = [], threading.Semaphore(0)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield listening
    listening.shutdown()


def test_the_same_json_arrives_signed(packs, faces, receiver):
    own = Server(packs / "default", "--profile", "fast", "--workers", "1", "--webhook_allow", "127.0.0.1", "--webhook_secret", SECRET)
    url = f"http://127.0.0.1:{receiver.server_port}/done?x=1"
    answer = own.detect([Part("a", media.jpeg(faces["obama"]))], {"resolution_endpoint": url}, X_Request_ID="id-9")
    assert answer.status == 200 and receiver.came.acquire(timeout=20)
    path, headers, body = receiver.posts[0]
    assert path == "/done?x=1" and body == answer.body and json.loads(body)["resolution_endpoint"] == url
    assert headers["Content-Type"] == "application/json" and headers["X-Request-ID"] == "id-9"
    signed = headers["X-Faceward-Timestamp"].encode() + b"." + body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Faceward-Signature"] == f"sha256={expected}"
    assert own.stop() == 0
    assert SECRET not in "".join(own.log)


def test_the_trace_of_the_request_goes_on(packs, faces, receiver):
    own = Server(packs / "default", "--profile", "fast", "--workers", "1", "--webhook_allow", "127.0.0.1")
    url = f"http://127.0.0.1:{receiver.server_port}/"
    trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    media_parts = [Part("a", media.jpeg(faces["obama"]))]
    own.detect(media_parts, {"resolution_endpoint": url}, traceparent=f"00-{trace}-{parent}-01")
    own.detect(media_parts, {"resolution_endpoint": url}, traceparent=f"00-{trace}-{parent}")
    assert receiver.came.acquire(timeout=20) and receiver.came.acquire(timeout=20)
    assert own.stop() == 0
    first, second = [entry for entry in map(json.loads, own.log) if entry["event"] == "request"]
    assert first["trace_id"] == trace and first["parent_id"] == parent and "trace_id" not in second
    sent = {headers["X-Request-ID"]: headers.get("traceparent") for _, headers, _ in receiver.posts}
    assert sent == {first["request_id"]: f"00-{trace}-{first['span_id']}-01", second["request_id"]: None}


def test_nobody_is_called_who_is_not_listed(packs, faces, receiver):
    own = Server(packs / "default", "--profile", "fast", "--workers", "1", "--webhook_allow", "hooks.example.com,*")
    url = f"http://127.0.0.1:{receiver.server_port}/"
    answer = own.detect([Part("a", media.jpeg(faces["obama"]))], {"resolution_endpoint": url})
    assert answer.status == 200 and answer.json()["resolution_endpoint"] == url
    assert own.stop() == 0
    events = [json.loads(line) for line in own.log if '"webhook"' in line]
    assert [event["outcome"] for event in events] == ["not_allowed"] and not receiver.posts
