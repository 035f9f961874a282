"""Metrics as /metrics shows them, and as docs/metrics.md describes them."""

import re
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = re.compile(r"([a-z_]+)(?:\{(.*)\})? (\S+)$")
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')


@dataclass
class Metric:
    """One family: its type, the names of its labels, and the values that its series have for them."""

    kind: str
    labels: set[str] = field(default_factory=set)
    series: dict[frozenset, float] = field(default_factory=dict)

    def value(self, **labels: str) -> float:
        """The sum of the series with these labels. Of a histogram, how many observations they have."""
        return sum(value for known, value in self.series.items() if set(labels.items()) <= known)

    def values(self, label: str) -> set[str]:
        return {value for known in self.series for name, value in known if name == label}


def shown(port: int) -> dict[str, Metric]:
    """What the admin port shows. A histogram's series are its counts."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        text = answer.read().decode()
    found: dict[str, Metric] = {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:]
            found[name] = Metric(kind)
        elif not line.startswith("#"):
            name, labels, value = SAMPLE.match(line).groups()
            family, part = family_of(name, found)
            pairs = frozenset(LABEL.findall(labels or ""))
            if part not in ("bucket", "sum"):
                found[family].labels |= {label for label, _ in pairs}
                found[family].series[pairs] = float(value)
    return found


def family_of(name: str, known) -> tuple[str, str]:
    """The family of a sample, and which part of a histogram it is."""
    if name in known:
        return name, ""
    family, _, part = name.rpartition("_")
    assert family in known and part in ("bucket", "sum", "count"), name
    return family, part


def rows(text: str, columns: int):
    """Cells of the rows of all tables of that many columns, without their heads."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == columns and not cells[0].startswith("---"):
            yield cells


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def documented() -> tuple[dict[str, Metric], dict[str, set[str]]]:
    """The metrics of docs/metrics.md, and of its labels with a closed set of values these values."""
    text = (ROOT / "docs" / "metrics.md").read_text()
    metrics = {words(name)[0]: Metric(kind, set(words(labels))) for name, kind, labels, _ in rows(text, 4) if words(name)}
    values: dict[str, set[str]] = {}
    label = ""
    for named, value, _ in rows(text, 3):
        label = words(named)[0] if words(named) else label
        if words(value):
            values.setdefault(label, set()).update(words(value))
    return metrics, values
