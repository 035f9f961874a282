"""What a score stands for: error rates over the score, from the calibration of the default pack's profile balanced."""

import math
import tomllib
from pathlib import Path

import svg

CALIBRATION, SET = "fusion", "CFP 126-250, all cross pairs, frontal and profile"
LEFT, RIGHT, TOP, BOTTOM = 80, 690, 44, 330
LEAST = -6  # decades


def draw(root: Path) -> str:
    table = tomllib.loads((root / "models/calibration.toml").read_text())[CALIBRATION]
    rows = [row for row in table["rates"] if row["set"] == SET]

    def x(score: float) -> float:
        odds = [math.log(s / (1 - s)) for s in (0.05, score, 0.99)]
        return LEFT + (RIGHT - LEFT) * (odds[1] - odds[0]) / (odds[2] - odds[0])

    def y(rate: float) -> float:
        return TOP + (BOTTOM - TOP) * math.log10(rate) / LEAST

    shapes = [svg.box(x(0.5), TOP, x(0.85) - x(0.5), BOTTOM - TOP, fill="#fff3dc", stroke="none")]
    names = (("declined", LEFT, x(0.5)), ("operator_required", x(0.5), x(0.85)), ("approved", x(0.85), RIGHT))
    for name, start, end in names:
        shapes.append(svg.text((start + end) / 2, TOP - 10, name, size=12, colour=svg.SOFT))
    for decade in range(LEAST, 1):
        level = y(10.0**decade)
        shapes.append(svg.path([(LEFT, level), (RIGHT, level)], colour="#dde4ea", width=1))
        shapes.append(svg.text(LEFT - 8, level + 4, "1" if decade == 0 else f"1e{decade}", size=12, colour=svg.SOFT, anchor="end"))
    for score in (0.05, 0.1, 0.2, 0.5, 0.7, 0.85, 0.95, 0.99):
        shapes.append(svg.path([(x(score), BOTTOM), (x(score), BOTTOM + 5)], width=1))
        shapes.append(svg.text(x(score), BOTTOM + 20, f"{score:g}", size=12, colour=svg.SOFT))
    for key, colour, word in (("fmr", svg.ACCENT, "false match rate"), ("fnmr", svg.WARN, "false non-match rate")):
        points = [(x(row["score"]), y(row[key])) for row in rows if row[key] > 0]
        shapes.append(svg.path(points, colour=colour, width=2.2))
        shapes += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in points]
        place = (x(0.62), y(10**-4.6)) if key == "fmr" else (x(0.27), y(10**-2.4))
        shapes.append(svg.text(*place, word, colour=colour, weight=600))
    shapes.append(svg.text((LEFT + RIGHT) / 2, BOTTOM + 44, f"score (linear in log-odds); {SET}; default pack, balanced", size=12, colour=svg.SOFT))
    return svg.page(720, BOTTOM + 62, "Error rates over the score", shapes)
