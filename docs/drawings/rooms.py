"""The rooms of the code and who uses whom, from the code's own includes."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import svg

INCLUDE = re.compile(r'^#include "((?:common|engine|service|evaluation|app)/[^"]+)"', re.MULTILINE)
# The way of a request, which the drawing shows in colour; each step must be an include.
STEPS = [("service/api", "service/http"), ("service/api", "engine"), ("engine", "engine/media"), ("engine", "engine/face"),
         ("engine", "engine/liveness"), ("engine", "engine/template")]  # fmt: skip
# Where the middle of a room is across the drawing; its row follows from who uses it.
ACROSS = {
    "app": 440, "evaluation": 520, "engine": 560, "common": 300,
    "service/console": 110, "service/pages": 110, "service/api": 330, "service/ops": 390, "service/http": 130,
    "engine/media/worker": 790, "engine/media": 820, "engine/template": 285, "engine/face/quality": 455,
    "engine/liveness": 700, "engine/face/mesh": 660, "engine/face": 560, "engine/model": 560, "engine/image": 660,
}  # fmt: skip

Uses = dict[str, set[str]]


def room_of(file: str) -> str:
    """The folder of a file; all of app is one room, in which everything is wired."""
    return "app" if file.startswith("app/") else file.rpartition("/")[0]


def uses(root: Path) -> Uses:
    """Room → rooms whose headers it includes, tests left out."""
    found: Uses = {}
    for folder in ("common", "engine", "service", "evaluation", "app"):
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            if path.stem.endswith("_test"):
                continue
            room = room_of(str(path.relative_to(root)))
            included = {room_of(name) for name in INCLUDE.findall(path.read_text())}
            found.setdefault(room, set()).update(included - {room})
    # engine/result.hpp and its like are words that all of the engine shares; the front door is engine.hpp.
    for room in found:
        if room.startswith("engine/"):
            found[room].discard("engine")
    return found


def rows(graph: Uses) -> list[list[str]]:
    """Rooms by the longest way to them from a room that nobody uses. A circle is an error."""

    def row(room: str, below: tuple[str, ...] = ()) -> int:
        if room in below:
            raise ValueError(f"rooms use each other in a circle: {' ← '.join([*below, room])}")
        return max((1 + row(user, (*below, room)) for user in graph if room in graph[user]), default=0)

    found: dict[int, list[str]] = {}
    for room in sorted(graph):
        found.setdefault(row(room), []).append(room)
    return [found[number] for number in sorted(found)]


def direct(graph: Uses) -> Uses:
    """Without uses that another use brings anyway."""

    @cache
    def reached(room: str) -> frozenset[str]:
        return frozenset(graph[room]).union(*(reached(other) for other in graph[room]))

    return {room: {other for other in graph[room] if not any(other in reached(third) for third in graph[room] - {other})}
            for room in graph}  # fmt: skip


def width_of(room: str) -> int:
    return max(84, 8 * len(room) + 18)


def covering(row: list[str]) -> list[tuple[str, str]]:
    """Neighbours in a row whose boxes lie over each other."""
    ordered = sorted(row, key=ACROSS.__getitem__)
    return [(a, b) for a, b in pairwise(ordered) if ACROSS[b] - ACROSS[a] < (width_of(a) + width_of(b)) / 2]


def draw(root: Path) -> str:
    graph = uses(root)
    for user, used in STEPS:
        if used not in graph[user]:
            raise ValueError(f"the way of a request leads from {user} to {used}, which it does not include")
    if missing := set(graph) - set(ACROSS):
        raise ValueError(f"give these rooms a place in ACROSS: {sorted(missing)}")
    if covered := [pair for row in rows(graph) for pair in covering(row)]:
        raise ValueError(f"move these rooms apart in ACROSS: {covered}")
    height, across, down = 34, 920, 76
    place = {room: (ACROSS[room], 24 + number * down) for number, row in enumerate(rows(graph)) for room in row}
    shown = direct(graph)
    for user, used in STEPS:
        shown[user].add(used)
    edges = sorted((user, used) for user in shown for used in shown[user])
    shapes: list[str] = []
    for edge in sorted(edges, key=lambda edge: edge in STEPS):
        (x1, y1), (x2, y2) = place[edge[0]], place[edge[1]]
        way = edge in STEPS
        colour, width = (svg.ACCENT, 2.0) if way else (svg.LINE, 1.2)
        shapes.append(svg.curve(x1, y1 + height, x2, y2, colour=colour, width=width))
    for room, (x, y) in sorted(place.items()):
        width = width_of(room)
        on_way = any(room in step for step in STEPS)
        shapes.append(svg.box(x - width / 2, y, width, height, stroke=svg.ACCENT if on_way else svg.LINE))
        shapes.append(svg.text(x, y + 22, room))
    bottom = 24 + len(rows(graph)) * down
    shapes.append(svg.text(across / 2, bottom, "an arrow: includes headers of; what other arrows imply is left out; in colour: the way of a request",
                           size=12, colour=svg.SOFT))  # fmt: skip
    return svg.page(across, bottom + 20, "The rooms of the code and who uses whom", shapes)
