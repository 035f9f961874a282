"""What Schemathesis cannot know: how pictures and templates are made, and how answers that are no JSON are read."""

import json
import os
from email import message_from_bytes
from email.policy import HTTP
from pathlib import Path

import schemathesis
from hypothesis import strategies

PICTURE = Path(os.environ["SAMPLE_PICTURE"]).read_bytes()
TEMPLATE = Path(os.environ["SAMPLE_TEMPLATE"]).read_bytes()

for kind in ("image/jpeg", "image/png"):
    schemathesis.openapi.media_type(kind, strategies.sampled_from([PICTURE, PICTURE[:2000], b""]))
schemathesis.openapi.media_type(
    "application/octet-stream", strategies.sampled_from([TEMPLATE, TEMPLATE[:-1], b""])
)


@schemathesis.hook
def filter_headers(context, headers) -> bool:
    """An empty header is none, and so no wrong one."""
    return (headers or {}).get("Content-Transfer-Encoding") != ""


@schemathesis.deserializer("image/jpeg", "application/octet-stream")
def octets(context, response):
    return response.content.decode("latin-1")


@schemathesis.deserializer("multipart/form-data")
def parts(context, response):
    head = f"Content-Type: {response.headers['content-type'][0]}\r\n\r\n".encode()
    return {
        part.get_param("name", header="content-disposition"): json.loads(part.get_content())
        if part.get_content_type() == "application/json"
        else part.get_payload(decode=True).decode("latin-1")
        for part in message_from_bytes(head + response.content, policy=HTTP).iter_parts()
    }
