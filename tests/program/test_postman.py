"""The Postman collection, run as Postman would against the real server."""

import json
import os
import subprocess
from pathlib import Path

from description import Description

COLLECTION = Path(__file__).resolve().parents[2] / "clients" / "postman" / "faceward.postman_collection.json"
NEWMAN = Path(os.environ["FACEWARD_NODE_PACKAGES"]) / "newman" / "bin" / "newman.js"


def requests_of(item: dict) -> list[dict]:
    return [item["request"]] if "request" in item else [one for part in item["item"] for one in requests_of(part)]


def test_every_request_succeeds_as_its_tests_say(server, portraits, templates, clip, tmp_path):
    for name, content in {"face.jpg": portraits["a1"], "other.jpg": portraits["b"], "selfie.mp4": clip,
                          "face.template": templates["a1"], "other.template": templates["b"]}.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    report = tmp_path / "report.json"
    command = [os.environ["FACEWARD_NODE"], NEWMAN, "run", COLLECTION, "--env-var", f"baseUrl={server.address}",
               "--working-dir", tmp_path, "--reporters", "cli,json", "--reporter-json-export", report]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout
    counts = json.loads(report.read_text())["run"]["stats"]
    assert counts["requests"]["total"] == len(requests_of(json.loads(COLLECTION.read_text())))
    assert counts["assertions"]["total"] >= counts["requests"]["total"] and counts["assertions"]["failed"] == 0


def test_every_method_is_in_it(server):
    found = {(request["method"], "/" + "/".join(request["url"]["path"]))
             for request in requests_of(json.loads(COLLECTION.read_text()))}  # fmt: skip
    described = Description.of(server).operations()
    assert found == {(verb, path) for verb, path in described if "{" not in path}
