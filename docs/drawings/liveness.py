"""How liveness is judged: what a face needs to be judged, and the way from frames to a verdict."""

from pathlib import Path

import svg


def _head(x: float, y: float, size: float) -> list[str]:
    """A schematic head whose box is `size` wide, with its middle at x, y."""
    return [
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{size * 0.46:.1f}" ry="{size * 0.6:.1f}" fill="{svg.FILL}" stroke="{svg.SOFT}"/>',
        *(f'<circle cx="{x + side * size * 0.19:.1f}" cy="{y - size * 0.1:.1f}" r="{size * 0.035:.1f}" fill="{svg.INK}"/>' for side in (-1, 1)),
        svg.path([(x, y), (x, y + size * 0.12)], colour=svg.SOFT),
        svg.path([(x - size * 0.15, y + size * 0.28), (x + size * 0.15, y + size * 0.28)], colour=svg.SOFT),
    ]


def draw_gates(_: Path) -> str:
    """Four pictures: one that can be judged, and three that cannot."""
    width, height, top = 160, 190, 30
    shapes: list[str] = []
    cases = [
        ("judged", (0.5, 0.5), 62, svg.ACCENT),
        ("cut off", (0.5, 0.86), 74, svg.WARN),
        ("too small", (0.5, 0.5), 22, svg.WARN),
        ("too little around it", (0.5, 0.5), 126, svg.WARN),
    ]
    for number, (word, (across, down), size, colour) in enumerate(cases):
        left = 24 + number * (width + 46)
        clip = f"frame{number}"
        shapes.append(f'<clipPath id="{clip}"><rect x="{left}" y="{top}" width="{width}" height="{height}"/></clipPath>')
        x, y = left + width * across, top + height * down
        shapes.append(f'<g clip-path="url(#{clip})">')
        shapes += _head(x, y, size)
        shapes.append(svg.box(x - size / 2, y - size * 0.65, size, size * 1.3, fill="none", stroke=colour, dash="5 3"))
        shapes.append("</g>")
        shapes.append(f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="{svg.LINE}" stroke-width="1.5"/>')
        shapes.append(svg.text(left + width / 2, top + height + 24, word, size=12, colour=colour, weight=600))
    return svg.page(826, 264, "Which faces can be judged", shapes)


def draw_flow(_: Path) -> str:
    """From a medium to its verdict."""
    shapes: list[str] = []

    def step(x: float, y: float, width: float, *lines: str) -> None:
        shapes.append(svg.box(x, y, width, 24 + 17 * len(lines)))
        for number, words in enumerate(lines):
            shapes.append(svg.text(x + width / 2, y + 24 + 17 * number, words, size=13 if number == 0 else 11.5,
                                   colour=svg.INK if number == 0 else svg.SOFT, weight=600 if number == 0 else 400))  # fmt: skip

    def arrow(*points: tuple[float, float]) -> None:
        shapes.append(svg.path(list(points), arrow=True))

    step(24, 90, 130, "medium", "picture, video,", "archive of frames")
    step(194, 90, 140, "frames", "10 for the networks,", "12 for the motion")
    step(374, 20, 190, "networks", "log-odds of an attack, fused;", "the mean frame, no extremes")
    step(374, 106, 190, "motion of the face", "blinks? moves as a solid head?", "(videos and archives)")
    step(374, 192, 190, "whose face it is", "features of every frame", "that counts")
    step(624, 60, 170, "log-odds", "stillness only adds,", "never takes away")
    step(624, 192, 170, "one person?", "another one: refused")
    step(850, 60, 130, "verdict", "probability of an", "attack; threshold")
    arrow((154, 120), (194, 120))
    for y in (50, 136, 222):
        arrow((334, 120), (352, 120), (352, y), (374, y))
    arrow((564, 50), (594, 50), (594, 82), (624, 82))
    arrow((564, 136), (594, 136), (594, 100), (624, 100))
    arrow((564, 214), (624, 214))
    arrow((794, 90), (850, 90))
    arrow((794, 214), (915, 214), (915, 135))
    shapes.append(svg.text(264, 178, "cannot be judged: refused", size=12, colour=svg.WARN))
    return svg.page(1004, 276, "From a medium to its verdict", shapes)
