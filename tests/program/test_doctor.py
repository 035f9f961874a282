"""`faceward doctor` says how things are and what to change; `faceward config check` what is wrong with a file."""

import json
import os
import resource
import shutil
import socket
import subprocess

import pytest
from faceward_client import BINARY, plain_environment, run


def findings(*arguments, **variables) -> tuple[int, dict[str, dict]]:
    """The exit status, and the findings by subject."""
    done = run("doctor", "--json", "--port", "0", *arguments, **variables)
    assert done.stderr == ""
    return done.returncode, {finding["subject"]: finding for finding in json.loads(done.stdout)}


@pytest.fixture(scope="module")
def healthy(packs):
    status, found = findings("--models", packs / "default")
    assert status == 0, found
    return found


def test_everything_is_looked_at(healthy):
    assert list(healthy) == [
        "processor", "cores", "descriptors", "sandbox", "port", "webhooks", "model pack", "engine", "templates", "liveness", "memory",
    ]  # fmt: skip
    good = ["cores", "port", "webhooks", "model pack", "engine", "templates", "liveness"]
    assert [healthy[subject]["state"] for subject in good] == ["ok"] * len(good)
    assert any(kernel in healthy["processor"]["what"] for kernel in ("portable", "avx2", "avx512"))
    assert "MIT" in healthy["engine"]["what"] and "profile balanced" in healthy["engine"]["what"]
    assert "seccomp there" in healthy["sandbox"]["what"]
    assert all(finding["advice"] for finding in healthy.values() if finding["state"] != "ok")


def test_a_person_reads_the_same(packs, healthy):
    done = run("doctor", "--port", "0", "--models", packs / "default")
    assert done.returncode == 0 and done.stdout.startswith("faceward ")
    for subject, finding in healthy.items():
        assert f"{finding['state']:<5} {subject:<15} " in done.stdout


def test_settings_that_ask_too_much_are_named_with_what_would_be_right(packs):
    cores = len(os.sched_getaffinity(0))
    status, found = findings(
        *["--models", packs / "default", "--workers", cores + 1, "--max_connections", "1000000", "--sandbox=false"],
        *["--max_buffered_bytes", 1 << 40, "--host", "0.0.0.0", "--webhook_allow", "hooks.example.com"],
    )
    assert status == 0
    advice = {
        "cores": "workers = 0",
        "descriptors": "LimitNOFILE",
        "sandbox": "sandbox = true",
        "port": "TLS",
        "webhooks": "webhook_secret",
        "memory": "max_buffered_bytes",
    }
    for subject, word in advice.items():
        assert found[subject]["state"] == "note" and word in found[subject]["advice"], found[subject]


def test_a_port_that_is_taken_and_one_that_cannot_be_had(small_pack):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        _, found = findings("--models", small_pack, "--admin_port", port)
    assert found["admin port"]["state"] == "note" and "taken" in found["admin port"]["what"]
    status, found = findings("--models", small_pack, "--host", "192.0.2.1")
    assert status == 1 and found["port"]["state"] == "bad" and found["port"]["advice"]


def test_a_pack_that_does_not_hold(packs, tmp_path):
    pack = shutil.copytree(packs / "default", tmp_path / "pack")
    weights = bytearray((pack / "fr512.bin").read_bytes())
    weights[12345] ^= 1
    (pack / "fr512.bin").write_bytes(weights)
    status, found = findings("--models", pack)
    assert status == 1 and "SHA-256 of fr512.bin" in found["model pack"]["what"] and "engine" not in found
    status, found = findings("--models", tmp_path / "none")
    assert status == 1 and found["model pack"]["state"] == "bad"


def test_settings_that_do_not_hold(tmp_path):
    status, found = findings("--max_queue", "many")
    assert status == 1 and "max_queue" in found["settings"]["what"]


def test_few_descriptors(small_pack):
    command = [BINARY, "doctor", "--json", "--port", "0", "--models", str(small_pack)]
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))  # noqa: E731
    done = subprocess.run(command, env=plain_environment(), capture_output=True, text=True, preexec_fn=limit, timeout=60)
    found = {finding["subject"]: finding for finding in json.loads(done.stdout)}
    assert found["descriptors"]["state"] == "note" and "1088" in found["descriptors"]["advice"]


def test_config_check_says_all_that_is_wrong_with_a_file(tmp_path):
    file = tmp_path / "faceward.toml"
    file.write_text("port = 70000\nprot = 1\napprove_threshold = 0.1\n")
    done = run("config", "check", file)
    assert done.returncode == 1 and done.stdout == ""
    lines = done.stderr.splitlines()
    assert ["line 1" in lines[0], "line 2" in lines[1], "decline_threshold" in lines[2]] == [True] * 3 and len(lines) == 3


def test_config_check_holds_what_holds(tmp_path):
    file = tmp_path / "faceward.toml"
    file.write_text(run("config", "--template").stdout)
    done = run("config", "check", file)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{file} holds.\n", "")
    assert run("config", "check", tmp_path / "none").returncode == 1
    assert run("config", "check").returncode == 2
