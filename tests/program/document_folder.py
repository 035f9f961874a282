"""A folder like a clone, in which the examples of one document run."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from conftest import PACKS
from document import ROOT, Block
from faceward_client import BINARY, plain_environment

BIN = Path(sys.executable).parent
NODE = Path(os.environ["FACEWARD_NODE"])
PACKAGES = Path(os.environ["FACEWARD_NODE_PACKAGES"])
BUILD = Path(BINARY).resolve().parents[1]

# Ports that documents name. Each folder has free ones for them, because tests run side by side.
PORTS = ("8080", "9000", "9090")

# In place of the commands that set up a machine and build, what they come to once that is done.
STAND_INS = {
    # The built program, in the background once it is ready; the one that ran before is stopped.
    "run": f"""
        # Where nobody collects orphans, one that has ended stays as a zombie.
        [[ ! -e server.pid ]] || {{ kill $(<server.pid); while grep -qs '^State:[[:space:]]*[^ZX[:space:]]' /proc/$(<server.pid)/status; do sleep 0.05; done; }}
        rm -f server.log && touch server.log
        FACEWARD_PORT=$PORT_8080 {BINARY} serve "$@" 2>>server.log >/dev/null & echo $! >server.pid
        until grep -q '"event":"ready"' server.log; do kill -0 $(<server.pid) || {{ cat server.log; exit 1; }}; sleep 0.05; done
    """,
    # The tests that the arguments choose are there. To run them is what runs this.
    "test": f"""
        ctest --test-dir {BUILD} --show-only --no-tests=error "$@"
    """,
    # The test docs/site renders them.
    "docs/render": f"""
        [[ -x {ROOT}/docs/render ]]
    """,
}  # fmt: skip


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return str(listening.getsockname()[1])


def write_script(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/usr/bin/env bash\nset -euo pipefail\n" + text)
    path.chmod(0o755)


def exports(text: str) -> str:
    """The lines of a script that set what holds for the commands after it."""
    return "".join(line for line in text.splitlines(keepends=True) if line.startswith("export "))


class Folder:
    """Has the files, the clients, the programs, and a server from the first example on.

    `exported`: what the shell has been told before the first example. `options`: those of the server.
    """

    def __init__(self, path: Path, files: dict[str, bytes], exported: str = "", options: tuple[str, ...] = ()):
        self.path = path
        self.exported = exported
        self.ports = {port: free_port() for port in PORTS}
        for part in ("clients", "deploy"):
            shutil.copytree(ROOT / part, path / part, ignore=shutil.ignore_patterns("dist", "node_modules"))
        for name, content in files.items():
            (path / name).parent.mkdir(exist_ok=True)
            (path / name).write_bytes(content)
        (path / "PACK").symlink_to(PACKS / "default")
        for name, text in STAND_INS.items():
            write_script(path / name, text)
        (path / "build/release/app").mkdir(parents=True)
        (path / "build/release/app/faceward").symlink_to(Path(BINARY).resolve())
        write_script(path / "bin/newman", f'exec {NODE} {PACKAGES}/newman/bin/newman.js "$@"')
        self.environment = self._environment()
        command = ["./run", *map(self._with_ports, options)]
        subprocess.run(command, cwd=path, env=self.environment, check=True, timeout=60)

    def _environment(self) -> dict[str, str]:
        """That of a user who has the network: what would be fetched is there already."""
        site = self.path / "site"
        return plain_environment() | {
            "PATH": os.pathsep.join(map(str, (self.path / "bin", BIN, NODE.parent, os.environ["PATH"]))),
            "FACEWARD_MODELS": str(PACKS / "default"), "FACEWARD_PORT": "0", "FACEWARD_WORKERS": "1", "PORT_8080": self.ports["8080"],
            "PIP_TARGET": str(site), "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0",
            "PYTHONPATH": str(site), "npm_config_offline": "true",
            "npm_config_cache": str(PACKAGES.parents[2] / "npm"),
        }  # fmt: skip

    def run(self, block: Block, place: str) -> str:
        """What the block prints."""
        commands = {"sh": ["bash", "-euo", "pipefail"], "python": [BIN / "python"], "ts": [NODE]}
        text = self._with_ports(block.text)
        text = text.replace("newman run", f"newman run --env-var baseUrl=http://127.0.0.1:{self.ports['8080']}")
        script = self.path / f"example{block.line}.{block.language}"
        script.write_text(self.exported + text if block.language == "sh" else text)
        done = subprocess.run([*commands[block.language], script], cwd=self.path, env=self.environment,
                              capture_output=True, text=True, check=False, timeout=120)  # fmt: skip
        assert done.returncode == 0, f"{place}\n{text}\n{done.stdout}\n{done.stderr}"
        self.exported += exports(text) if block.language == "sh" else ""
        return done.stdout

    def _with_ports(self, text: str) -> str:
        return re.sub(r"\b(" + "|".join(PORTS) + r")\b", lambda found: self.ports[found[0]], text)

    def stop(self) -> None:
        subprocess.run("kill $(<server.pid)", shell=True, cwd=self.path, executable="/bin/bash", check=True)
