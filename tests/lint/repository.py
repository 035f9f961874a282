"""House rules for the files in git: size, length, no binaries, no machine's paths, no hosts but the known ones."""

import re
import sys

from files import repository_files

MOST_BYTES = 1_000_000
MOST_CODE_LINES = 500
CODE = {".cpp", ".hpp", ".py", ".sh", ".cmake", ".ts", ".tsx", ".css", ""}
# Pictures in the documents: of the console, as its tests take them.
PICTURES, MOST_PICTURE_BYTES = "docs/images/*.webp", 150_000

MACHINE_PATH = re.compile(r"(?<![\w.~}$/-])/(?:work|tmp|root)/")
HOST = re.compile(r"https?://\[?([\w.:-]*[\w])")
KNOWN_HOSTS = re.compile(
    r"(127\.0\.0\.1|0\.0\.0\.0|localhost|::1)(:\d+)?$"
    r"|(.+\.)?(example\.(com|org|net)|getpostman\.com|github\.com|apache\.org|arxiv\.org|creativecommons\.org|doi\.org|ietf\.org"
    r"|iso\.org|itu\.int|json-schema\.org|nist\.gov|openapis\.org|opensource\.org|rfc-editor\.org|spdx\.org"
    r"|unicode\.org|w3\.org)(:\d+)?$"
)


def faults(path):
    """Yields what is wrong with one file, in words."""
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        yield f"{len(data)} bytes, more than {MOST_BYTES}"
    if path.match(PICTURES):
        if len(data) > MOST_PICTURE_BYTES:
            yield f"{len(data)} bytes, more than {MOST_PICTURE_BYTES}"
        return
    if b"\0" in data:
        yield "binary"
        return
    lines = data.decode().splitlines()
    if path.suffix in CODE and len(lines) > MOST_CODE_LINES:
        yield f"{len(lines)} lines, more than {MOST_CODE_LINES}"
    for number, line in enumerate(lines, 1):
        if found := MACHINE_PATH.search(line):
            yield f"line {number}: a path of one machine: {found[0]}"
        for host in HOST.findall(line):
            if not KNOWN_HOSTS.match(host):
                yield f"line {number}: host {host} is not among the known ones"


files = repository_files()
found = [f"{path}: {fault}" for path in files for fault in faults(path)]
print("\n".join(found) or f"{len(files)} files hold to the rules")
sys.exit(bool(found))
