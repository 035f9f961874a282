"""Alert rules and dashboard are well formed, and ask for metrics, labels and values that exist; the runbook knows every
alert, and the service's unit is one that systemd takes."""

import json
import re
import shutil
import subprocess

import promql_parser
import pytest
import yaml
from faceward_client import BINARY, run
from metrics import ROOT, documented, family_of

ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yaml"
DASHBOARD = ROOT / "deploy" / "grafana" / "faceward.json"
SYSTEMD = ROOT / "deploy" / "systemd"
GIVEN_BY_PROMETHEUS = {"instance", "job"}


def rules() -> list[dict]:
    (group,) = yaml.safe_load(ALERTS.read_text())["groups"]
    return group["rules"]


def panels() -> list[dict]:
    return [panel for panel in json.loads(DASHBOARD.read_text())["panels"] if panel["type"] != "row"]


def questions() -> list[str]:
    """All expressions, with durations and choices where the dashboard has variables."""
    asked = [target["expr"] for panel in panels() for target in panel["targets"]]
    plain = [expr.replace("$__rate_interval", "5m").replace("$instance", ".*") for expr in asked]
    return [rule["expr"] for rule in rules()] + plain


def selectors(expr):
    """All selectors of series in a parsed expression."""
    if isinstance(expr, promql_parser.VectorSelector):
        yield expr
        return
    parts = [getattr(expr, name, None) for name in ("expr", "lhs", "rhs", "vector_selector", "param")]
    for part in [*parts, *list(getattr(expr, "args", []) or [])]:
        if part is not None:
            yield from selectors(part)


def choices(pattern: str) -> list[str]:
    return pattern.split("|") if re.fullmatch(r"[a-z_|]+", pattern) else []


@pytest.mark.parametrize("question", questions())
def test_a_question_is_about_what_there_is(question):
    metrics, values = documented()
    asked = list(selectors(promql_parser.parse(question)))
    assert asked
    for selector in asked:
        if selector.name == "up":
            continue
        family, part = family_of(selector.name, metrics)
        assert (part != "") == (metrics[family].kind == "histogram"), selector.name
        for matcher in selector.matchers.matchers:
            assert matcher.name in metrics[family].labels | GIVEN_BY_PROMETHEUS, question
            if matcher.name in values:
                assert set(choices(matcher.value)) <= values[matcher.name], question
    for grouped in re.findall(r"\bby \(([^)]*)\)", question):
        names = {name.strip() for name in grouped.split(",")}
        assert names <= {label for m in metrics.values() for label in m.labels} | GIVEN_BY_PROMETHEUS | {"le"}, question


def test_every_metric_of_faceward_is_on_the_dashboard():
    text = DASHBOARD.read_text()
    metrics, _ = documented()
    assert [name for name in metrics if name.startswith("faceward_") and name not in text] == []


def test_rules_are_complete():
    names = [rule["alert"] for rule in rules()]
    assert len(set(names)) == len(names)
    for rule in rules():
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}, rule["alert"]
        assert rule["labels"]["severity"] in ("warning", "critical") and rule["annotations"]["summary"]


def test_the_runbook_has_every_alert_in_their_order():
    headings = re.findall(r"^## (\w+)$", (ROOT / "docs/runbook.md").read_text(), re.MULTILINE)
    assert headings == [rule["alert"] for rule in rules()]


def test_systemd_takes_the_unit(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here")
    unit = (SYSTEMD / "faceward.service").read_text()
    program = "/opt/faceward/build/release/app/faceward"
    assert program in unit and "\nUser=faceward\n" in unit
    here = tmp_path / "faceward.service"
    here.write_text(unit.replace(program, str(BINARY)).replace("\nUser=faceward\n", "\nUser=daemon\n"))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", here], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "faceward.service" not in done.stderr, done.stderr


def test_the_services_settings_are_settings():
    done = run("config", "--config", SYSTEMD / "faceward.toml")
    assert done.returncode == 0, done.stderr
    grace = int(re.search(r"^shutdown_grace_ms = (\d+)$", done.stdout, re.MULTILINE)[1])
    stop = int(re.search(r"^TimeoutStopSec=(\d+)$", (SYSTEMD / "faceward.service").read_text(), re.MULTILINE)[1])
    assert stop * 1000 > grace


def test_panels_have_places_of_their_own():
    board = json.loads(DASHBOARD.read_text())
    places = [(p["gridPos"]["x"], p["gridPos"]["y"]) for p in board["panels"]]
    assert len(set(places)) == len(places) and len({p["id"] for p in board["panels"]}) == len(places)
    assert all(p["gridPos"]["x"] + p["gridPos"]["w"] <= 24 for p in board["panels"])
    assert all(p["datasource"]["uid"] == "${datasource}" for p in panels())
