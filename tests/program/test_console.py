"""The console's page as the server hands it out; web/tests tries it in a browser."""

import json
import re

import pytest
from faceward_client import Server, run


@pytest.fixture(scope="module")
def page(server):
    answer = server.request("GET", "/console")
    assert answer.status == 200 and answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer


def test_the_page_is_checked_for_a_new_one_and_not_sent_twice(server, page):
    assert page.headers["Cache-Control"] == "no-cache"
    again = server.request("GET", "/console", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", page.headers["ETag"])
    assert again.headers["Content-Length"] is None
    assert server.request("GET", "/console/").body == page.body


def test_what_the_page_loads_is_kept_for_good(server, page):
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.body.decode())
    assert len(loaded) >= 3
    for path in loaded:
        assert path.startswith("/console/assets/"), path
        answer = server.request("GET", path)
        assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"]


def test_the_page_runs_nothing_but_its_own_files(page):
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert not re.search(r"unsafe|data:|https?:|\*", policy)
    assert "<style" not in page.body.decode() and not re.search(r"<script(?![^>]* src=)", page.body.decode())


def test_facts_name_every_network_with_its_licence(server, packs):
    facts = server.request("GET", "/console/facts.json").json()
    shown = run("models", "--models", packs / "default").stdout
    assert facts["profile"] == "balanced" and len(facts["networks"]) > 5
    for network in facts["networks"]:
        assert f"{network['name']} {network['version']} (" in shown and network["licence"]
    assert facts["thresholds"] == {"approve": 0.85, "decline": 0.5, "liveness": 0.5}
    assert facts["advice_below"]["sharpness"] == 50 and len(facts["advice_below"]) == 15
    assert {rate["score"] for rate in facts["calibration"]["rates"]} >= {0.5, 0.85}


def test_notices_name_what_the_page_is_made_of(server):
    notices = server.request("GET", "/console/notices.txt").body.decode()
    for name in ("preact", "fflate", "geist"):
        assert name in notices
    assert "SIL OPEN FONT LICENSE" in notices and "MIT" in notices


@pytest.mark.parametrize(("console", "host", "status"), [("off", "127.0.0.1", 404), ("on", "127.0.0.1", 200), ("auto", "localhost", 200)])
def test_the_console_is_a_setting(small_pack, console, host, status):
    own = Server(small_pack, "--console", console, host=host)
    answer = own.request("GET", "/console")
    assert answer.status == status
    if status == 404:
        assert answer.error() == (404, "SRV-404")
        assert own.request("GET", "/console/facts.json").status == 404
    assert own.stop() == 0
    requests = [entry for entry in map(json.loads, own.log) if entry["event"] == "request"]
    assert requests[0]["route"] == ("/console" if status == 200 else "unknown")
