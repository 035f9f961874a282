"""multipart/form-data (RFC 7578), written part by part and read."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import cast

import httpx


@dataclass(frozen=True)
class Part:
    name: str
    body: bytes = field(repr=False)
    content_type: str
    filename: str | None = None


class Form:
    """A body that can be sent again."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = list(parts)
        self._boundary = secrets.token_hex(16)

    @property
    def content_type(self) -> str:
        return f"multipart/form-data; boundary={self._boundary}"

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            yield self._head(part)
            yield part.body
            yield b"\r\n"
        yield f"--{self._boundary}--\r\n".encode()

    def _head(self, part: Part) -> bytes:
        disposition = f'form-data; name="{_escaped(part.name)}"'
        if part.filename is not None:
            disposition += f'; filename="{_escaped(part.filename)}"'
        lines = [f"--{self._boundary}", f"Content-Disposition: {disposition}", f"Content-Type: {part.content_type}"]
        return "\r\n".join([*lines, "", ""]).encode()


def _escaped(text: str) -> str:
    """As browsers write names (HTML, multipart/form-data encoding algorithm)."""
    return text.replace("\n", "%0A").replace("\r", "%0D").replace('"', "%22")


def parts_of(response: httpx.Response) -> dict[str, bytes]:
    """The parts of an answer that is a form, by their names."""
    head = f"Content-Type: {response.headers['Content-Type']}\r\n\r\n".encode()
    message = message_from_bytes(head + response.content, policy=HTTP)
    return {
        str(part.get_param("name", header="content-disposition")): cast(bytes, part.get_payload(decode=True))
        for part in message.iter_parts()
    }
