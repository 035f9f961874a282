"""A small client and a server process for the whole-program tests; standard library only."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import uuid
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from pathlib import Path

PATTERN = "/v1/face/pattern/"
LIVENESS = "/v1/face/liveness/"
# What no program may say: a sanitizer's report, or that a filter of system calls killed a decoder (SIGSYS). Both would pass for
# pictures that cannot be decoded.
FAULT = re.compile(r"(Address|Leak|Thread)Sanitizer|: runtime error: |killed by signal 31")
BINARY = os.environ.get("FACEWARD_BINARY", "build/release/app/faceward")


@dataclass
class Part:
    """One part of a form. `content_type` None leaves the header out."""

    name: str
    body: bytes
    content_type: str | None = "application/octet-stream"
    filename: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


def picture(name: str, body: bytes, filename: str | None = None) -> Part:
    return Part(name, body, "image/jpeg", filename)


def form(parts: list[Part], boundary: str = "") -> tuple[bytes, str]:
    """The body and the Content-Type of a multipart/form-data request."""
    boundary = boundary or uuid.uuid4().hex
    pieces = []
    for part in parts:
        disposition = f'form-data; name="{part.name}"'
        if part.filename is not None:
            disposition += f'; filename="{part.filename}"'
        pieces.append(f"--{boundary}\r\nContent-Disposition: {disposition}\r\n".encode())
        if part.content_type is not None:
            pieces.append(f"Content-Type: {part.content_type}\r\n".encode())
        for name, value in part.headers.items():
            pieces.append(f"{name}: {value}\r\n".encode())
        pieces += [b"\r\n", part.body, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    return b"".join(pieces), f"multipart/form-data; boundary={boundary}"


def arguments(method: str, image: bytes, face_template: bytes) -> list[Part]:
    """A good form for a method."""
    one = {
        "bio_feature": Part("bio_feature", face_template),
        "bio_template": Part("bio_template", face_template),
        "template_1": Part("template_1", face_template),
        "templates_n": Part("templates_n", face_template, filename="1"),
        "sample": picture("sample", image),
        "sample_1": picture("sample_1", image),
        "sample_2": picture("sample_2", image),
        "samples_n": picture("samples_n", image, "1"),
    }
    names = {
        "compare": ["bio_feature", "bio_template"],
        "verify": ["sample", "bio_template"],
        "extract_and_compare": ["sample_1", "sample_2"],
        "compare_n": ["template_1", "templates_n"],
        "verify_n": ["sample_1", "templates_n"],
        "extract_and_compare_n": ["sample_1", "samples_n"],
    }
    return [one[name] for name in names[method]]


def is_picture(part: Part) -> bool:
    return part.content_type == "image/jpeg"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self):
        assert self.headers["Content-Type"] == "application/json"
        return json.loads(self.body)

    def error(self) -> tuple[int, str]:
        """Status and code of an error answer, whose shape is checked on the way."""
        answer = self.json()
        assert list(answer) == ["code", "message"], answer
        return self.status, answer["code"]

    def form_parts(self) -> dict[str, tuple[str, bytes]]:
        """name → (content type, body) of a multipart answer, as Python's email package reads it."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = message_from_bytes(head + self.body, policy=HTTP)
        assert message.is_multipart() and not message.defects
        return {
            part.get_param("name", header="content-disposition"): (
                part.get_content_type(),
                part.get_payload(decode=True),
            )
            for part in message.iter_parts()
        }


def plain_environment() -> dict[str, str]:
    """Without the tests' own variables, which the program would refuse as settings it does not know."""
    return {name: value for name, value in os.environ.items() if not name.startswith("FACEWARD_")}


def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess:
    """The program with these arguments and environment variables, to its end."""
    command = [BINARY, *map(str, arguments)]
    done = subprocess.run(command, env=plain_environment() | variables, capture_output=True, text=True, timeout=120)
    assert not FAULT.search(done.stderr), done.stderr
    return done


class Server:
    """The real program on a free loopback port, with its log lines."""

    def __init__(self, models: Path, *options: str, host: str = "127.0.0.1", wait: bool = True,
                 binary: str | Path = BINARY, **variables: str):
        command = [str(binary), "serve", "--host", host, "--port", "0", "--models", str(models), *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=plain_environment() | variables,
        )
        self._log_keeper = None
        self.host = host
        listening = self.wait_for("listening")
        self.port, self.address = listening["port"], listening["address"]
        if wait:
            self.wait_for("ready")
            # From here on nobody may read the log, and a full pipe would stop the server.
            self.log: list[str] = []
            self._log_keeper = threading.Thread(target=self._keep_log, daemon=True)
            self._log_keeper.start()

    def wait_for(self, event: str) -> dict:
        """The next log line of that event."""
        for line in self.process.stderr:
            entry = json.loads(line)
            if entry["event"] == event:
                return entry
        raise AssertionError(f"the server ended with {self.process.wait()} before saying {event}")

    def _keep_log(self) -> None:
        for line in self.process.stderr:
            self.log.append(line)

    def request(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] = {}) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def post(self, method: str, parts: list[Part], **headers: str) -> Answer:
        body, content_type = form(parts)
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("POST", PATTERN + method, body, {"Content-Type": content_type, **extra})

    def extract(self, image: bytes, content_type: str | None = "image/jpeg", **headers: str) -> Answer:
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        if content_type is not None:
            extra["Content-Type"] = content_type
        return self.request("POST", PATTERN + "extract", image, extra)

    def detect(self, parts: list[Part], payload: dict | str | None = None, **headers: str) -> Answer:
        """Sends media, and a payload if there is one."""
        if payload is not None:
            text = payload if isinstance(payload, str) else json.dumps(payload)
            parts = [*parts, Part("payload", text.encode(), "application/json")]
        body, content_type = form(parts)
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("POST", LIVENESS + "detect", body, {"Content-Type": content_type, **extra})

    def detect_picture(self, image: bytes, content_type: str = "image/jpeg", **headers: str) -> Answer:
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("POST", LIVENESS + "detect", image, {"Content-Type": content_type, **extra})

    def stop(self) -> int:
        """Asks it to stop; its exit status, once the log is complete."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=30)
        if self._log_keeper:
            self._log_keeper.join()
            said = "".join(self.log)
            assert not FAULT.search(said), said
        return status


def answer_to(server: Server, request: bytes) -> Answer:
    """The first answer to these bytes."""
    with socket.create_connection((server.host, server.port), timeout=30) as client:
        client.sendall(request)
        response = http.client.HTTPResponse(client)
        response.begin()
        return Answer(response.status, response.headers, response.read())
