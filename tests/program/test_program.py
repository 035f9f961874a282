"""The subcommands, settings and packs of the program."""

import json
import select
import shutil
import socket
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from faceward_client import Part, Server, run


def test_version_names_program_and_engine():
    done = run("version")
    assert done.returncode == 0 and done.stdout.startswith("faceward ") and "OpenVINO 20" in done.stdout


def test_the_template_of_settings_loads_to_the_same(tmp_path):
    template = run("config", "--template").stdout
    file = tmp_path / "faceward.toml"
    file.write_text(template)
    assert run("config", "--config", file).stdout == template


def test_a_setting_is_the_same_word_everywhere_and_the_last_is_stronger(tmp_path):
    file = tmp_path / "faceward.toml"
    file.write_text("max_queue = 5\nport = 1000\nworkers = 3\n")
    shown = run("config", "--config", file, "--max-queue", "7", FACEWARD_MAX_QUEUE="6", FACEWARD_PORT="2000").stdout
    lines = shown.splitlines()
    assert "max_queue = 7" in lines and "port = 2000" in lines and "workers = 3" in lines


def test_a_list_is_words_with_commas_and_a_secret_is_not_printed():
    shown = run("config", "--webhook-allow", "hooks.example.com,*.example.org", FACEWARD_WEBHOOK_SECRET="sesame").stdout
    assert 'webhook_allow = ["hooks.example.com", "*.example.org"]' in shown.splitlines()
    assert "# webhook_secret is set, and not shown here" in shown.splitlines() and "sesame" not in shown


@pytest.mark.parametrize(
    ("arguments", "variables", "named"),
    [
        (["--port", "70000"], {}, ["port", "70000"]),
        (["--profile", ""], {}, ["profile"]),
        (["--port", "1", "--port", "2"], {}, ["--port is given twice"]),
        (["--tolerate_bystanders", "maybe"], {}, ["--tolerate_bystanders", "maybe"]),
        (["--max_buffered_bytes", "2000"], {}, ["max_buffered_bytes", "max_body_bytes"]),
        (["--approve_threshold", "0.2"], {}, ["approve_threshold", "decline_threshold"]),
        ([], {"FACEWARD_WORKERS": "many"}, ["FACEWARD_WORKERS", "many"]),
        ([], {"FACEWARD_NO_SUCH": "1"}, ["FACEWARD_NO_SUCH"]),
    ],
)
def test_a_bad_setting_stops_the_start_and_is_named(packs, arguments, variables, named):
    done = run("serve", "--models", packs / "default", *arguments, **variables)
    assert done.returncode != 0
    assert all(word in done.stderr for word in named), done.stderr


@pytest.mark.parametrize("folder", ["file/under", "file", "/proc/none"])
def test_a_useless_folder_for_compiled_networks_is_done_without(small_pack, tmp_path, folder):
    (tmp_path / "file").write_text("x")
    useless = tmp_path / folder
    picture = shutil.copy(small_pack / "faces.png", tmp_path)
    done = run("extract", "--models", small_pack, "--tolerate_bystanders", "--compiled_cache", useless, picture)
    assert done.returncode == 0 and str(useless) in done.stderr

    own = Server(small_pack, "--compiled_cache", str(useless), wait=False)
    assert str(useless) in own.wait_for("warning")["what"]
    own.wait_for("ready")
    assert own.stop() == 0


def test_the_pack_that_set_up_built_is_found(packs, portraits, tmp_path):
    picture = tmp_path / "a.jpg"
    picture.write_bytes(portraits["a1"])
    for arguments in (["serve"], ["extract", picture], ["models"]):
        done = run(*arguments, FACEWARD_CACHE=str(tmp_path))
        assert done.returncode == 1 and "no model pack" in done.stderr
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "current").symlink_to(packs)
    assert run("extract", picture, FACEWARD_CACHE=str(tmp_path)).returncode == 0
    assert run("models", FACEWARD_CACHE=str(tmp_path)).stdout.startswith("Model pack default ")


def test_an_unknown_setting_in_the_file_is_named_with_its_line(packs, tmp_path):
    file = tmp_path / "faceward.toml"
    file.write_text("port = 0\nprot = 1\n")
    done = run("serve", "--models", packs / "default", "--config", file)
    assert done.returncode != 0 and "prot" in done.stderr and "2" in done.stderr


@pytest.fixture
def pack(packs, tmp_path):
    """A copy of the default pack to damage."""
    return shutil.copytree(packs / "default", tmp_path / "pack")


def edited(pack, what: str, instead: str) -> None:
    manifest = pack / "manifest.toml"
    text = manifest.read_text()
    assert what in text
    manifest.write_text(text.replace(what, instead, 1))


@pytest.mark.parametrize(
    ("what", "instead", "complaint"),
    [
        ('licence = "MIT"', 'licence = ""', "licence"),
        ("dimension = 192", "dimension = 256", "dimension is said to be 256"),
        ('id = "fr512"', 'id = "other"', '"fr512", which the pack does not have'),
        ('head = "yunet"', 'head = "scrfd"', "not those of a scrfd head"),
        ("std = [128.0, 128.0, 128.0]", "std = [64.0, 128.0, 128.0]", "does not give the values of its check"),
    ],
)
def test_a_pack_that_does_not_hold_stops_the_start(pack, what, instead, complaint):
    edited(pack, what, instead)
    done = run("serve", "--port", "0", "--workers", "1", "--models", pack)
    assert done.returncode == 1 and complaint in done.stderr, done.stderr
    checked = run("models", "check", pack)
    assert checked.returncode == 1 and complaint in checked.stdout


def test_changed_weights_stop_the_start(pack):
    weights = bytearray((pack / "fr512.bin").read_bytes())
    weights[12345] ^= 1
    (pack / "fr512.bin").write_bytes(weights)
    done = run("serve", "--port", "0", "--workers", "1", "--models", pack)
    assert done.returncode == 1 and "SHA-256 of fr512.bin" in done.stderr


@pytest.mark.parametrize("name", ["default", "strict"])
def test_models_shows_licence_origin_and_training_data(packs, name):
    shown = run("models", "--models", packs / name).stdout
    assert shown.count("licence ") == shown.count("origin ") == shown.count("training data ") >= 3
    assert run("models", "check", packs / name).returncode == 0


def test_extract_and_compare_work_without_a_server(server, templates, portraits, packs, tmp_path):
    for name, image in portraits.items():
        (tmp_path / f"{name}.jpg").write_bytes(image)
    (tmp_path / "no.jpg").write_bytes(b"no picture")
    models = ["--models", packs / "default"]
    done = run("extract", *models, tmp_path / "a1.jpg", tmp_path / "no.jpg")
    assert done.returncode == 1 and "no.jpg: the picture cannot be read" in done.stderr
    assert (tmp_path / "a1.jpg.template").read_bytes() == templates["a1"]

    done = run("compare", *models, "--json", tmp_path / "a1.jpg.template", tmp_path / "a2.jpg", tmp_path / "b.jpg")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["decision"] for line in lines] == ["approved", "declined"]
    compared = server.post("compare", [Part("bio_feature", templates["a1"]), Part("bio_template", templates["a2"])])
    assert lines[0]["score"] == compared.json()["score"]


def test_compare_tells_of_each_file_what_it_can(portraits, packs, tmp_path):
    for name, image in portraits.items():
        (tmp_path / f"{name}.jpg").write_bytes(image)
    (tmp_path / "no.jpg").write_bytes(b"no picture")
    files = [tmp_path / f"{name}.jpg" for name in ("a1", "a2", "no", "absent", "b")]
    command = ["compare", "--models", packs / "default", "--profile", "fast"]

    done = run(*command, *files)
    assert done.returncode == 1
    assert [line.split()[-1] for line in done.stdout.splitlines()] == ["approved", "declined"]
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [str(file) for file in files[2:4]]

    done = run(*command, "--json", *files)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (1, "")
    assert [line["reference"] for line in lines] == [str(file) for file in files[1:]]
    assert [list(line)[2] for line in lines] == ["score", "error", "error", "score"]

    done = run(*command, "--json", files[2], files[0])
    assert done.returncode == 1 and list(json.loads(done.stdout)) == ["probe", "error"]
    assert "compare [OPTIONS] probe reference..." in run("compare", "--help").stdout


def test_the_log_tells_of_requests_and_nothing_of_their_content(small_pack):
    own = Server(small_pack, "--tolerate_bystanders")
    own.extract((small_pack / "faces.png").read_bytes(), "image/png", X_Request_ID="id-7")
    own.request("GET", "/secret-path?token=x")
    assert own.stop() == 0
    entries = [json.loads(line) for line in own.log]
    requests = [entry for entry in entries if entry["event"] == "request"]
    first, second = requests
    assert first["request_id"] == "id-7" and first["route"] == "/v1/face/pattern/extract" and first["status"] == 200
    assert {"read", "queue", "decode", "detect", "align", "embed", "write"} <= set(first["ms"])
    assert (second["status"], second["code"], second["route"]) == (404, "SRV-404", "unknown")
    assert "secret" not in "".join(own.log)
    assert entries[-1]["event"] == "stopped"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_the_address_can_be_asked_as_it_is_logged(small_pack, host):
    try:
        socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError:
        pytest.skip(f"this machine has no {host}")
    own = Server(small_pack, host=host)
    with urllib.request.urlopen(own.address + "/version") as answer:
        assert answer.status == 200
    assert own.stop() == 0


def test_a_full_queue_answers_503_at_once(packs, portraits):
    own = Server(packs / "default", "--workers", "1", "--max_queue", "1")
    with ThreadPoolExecutor(12) as clients:
        answers = list(clients.map(lambda _: own.extract(portraits["b"]), range(24)))
    refused = [answer for answer in answers if answer.status == 503]
    assert {answer.status for answer in answers} == {200, 503}
    assert all(answer.error() == (503, "SRV-503") and int(answer.headers["Retry-After"]) > 0 for answer in refused)
    assert own.extract(portraits["b"]).status == 200
    assert own.stop() == 0


def test_a_comparison_of_large_bodies_waits_for_a_worker(small_pack, templates):
    own = Server(small_pack)
    for body in (templates["a1"], bytes(100_000)):
        answer = own.post("compare", [Part(name, body) for name in ("bio_feature", "bio_template")])
        assert answer.error() == (400, "BPE-002004")
    assert own.stop() == 0
    small, large = [entry for entry in map(json.loads, own.log) if entry["event"] == "request"]
    assert "queue" not in small["ms"] and "queue" in large["ms"]


def test_bodies_of_stalled_clients_take_no_more_memory_than_is_set(small_pack):
    limits = ["--max_body_bytes", "1000000", "--max_buffered_bytes", "1500000"]
    own = Server(small_pack, "--tolerate_bystanders", *limits)
    head = b"POST /v1/face/pattern/extract HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    stalled = [socket.create_connection(("127.0.0.1", own.port)) for _ in range(4)]
    for client in stalled:
        client.sendall(head + bytes(900_000))
    refused = [client for client in stalled if select.select([client], [], [], 1)[0]]
    assert len(refused) == 3
    assert refused[0].recv(1000).startswith(b"HTTP/1.1 503 ")
    assert own.extract(bytes(900_000)).error() == (503, "SRV-503")
    assert own.extract((small_pack / "faces.png").read_bytes(), "image/png").status == 200
    for client in stalled:
        client.close()
    assert own.stop() == 0


def test_limits_are_settings(small_pack):
    own = Server(small_pack, "--max_body_bytes", "100000", "--max_pixels", "100000", "--max_parts", "2")
    assert own.extract(b"\0" * 100_001).error() == (413, "SRV-413")
    assert own.post("compare", [Part(name, b"x") for name in ("a", "b", "c")]).error() == (400, "BPE-002006")
    assert own.stop() == 0
