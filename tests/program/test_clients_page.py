"""Every example of docs/clients.md, run as it stands in a copy of the clone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from document import DOCS, examples

BIN = Path(sys.executable).parent
NODE = Path(os.environ["FACEWARD_NODE"])
PACKAGES = Path(os.environ["FACEWARD_NODE_PACKAGES"])


@pytest.fixture(scope="module")
def clone(tmp_path_factory, portraits, clip) -> Path:
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(DOCS.parent / "clients", folder / "clients", ignore=shutil.ignore_patterns("dist", "node_modules"))
    for name, content in {"face.jpg": portraits["a1"], "other.jpg": portraits["b"], "selfie.mp4": clip}.items():
        (folder / name).write_bytes(content)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """That of a user who has the network: what would be fetched is there already."""
    newman = folder / "bin" / "newman"
    newman.parent.mkdir(exist_ok=True)
    newman.write_text(f'#!/bin/sh\nexec {NODE} {PACKAGES}/newman/bin/newman.js "$@"\n')
    newman.chmod(0o755)
    site = folder / "site"
    return os.environ | {
        "PATH": os.pathsep.join(map(str, (newman.parent, BIN, NODE.parent, os.environ["PATH"]))),
        "PIP_TARGET": str(site), "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0",
        "PYTHONPATH": str(site), "npm_config_offline": "true",
        "npm_config_cache": str(PACKAGES.parents[2] / "npm"),
    }  # fmt: skip


def test_every_example_runs(clone, server):
    commands = {"sh": ["bash", "-euo", "pipefail"], "python": [BIN / "python"], "ts": [NODE]}
    outputs = []
    for number, (language, text) in enumerate(examples("clients.md")):
        if language == "html":  # test_typescript_client.py opens it in a browser
            continue
        script = clone / f"example{number}.{language}"
        text = text.replace("newman run", f"newman run --env-var baseUrl={server.address}")
        script.write_text(text.replace("http://127.0.0.1:8080", server.address))
        done = subprocess.run([*commands[language], script], cwd=clone, env=environment(clone), capture_output=True,
                              text=True, check=False, timeout=120)  # fmt: skip
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        outputs.append(done.stdout)
    told = "\n".join(outputs)
    for words in ('"declined"', '{"filename": "ann", "score": 1.0, "decision": "approved"}', "face.template 1.0 approved",
                  "BPE-002003 Failed to read the biometric sample", "ann approved", '"core"'):
        assert words in told, told
    assert (clone / "best.jpg").read_bytes().startswith(b"\xff\xd8")
