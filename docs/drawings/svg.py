"""The few shapes that the drawings need, as SVG that is readable on light and dark pages."""

from html import escape

INK, SOFT, LINE, PAPER, FILL, ACCENT, WARN = "#1d2733", "#5b6b7c", "#8c9aa8", "#ffffff", "#eef3f8", "#1668b0", "#b3472f"
FONT = "system-ui, sans-serif"


def text(x: float, y: float, words: str, *, size: int = 13, colour: str = INK, anchor: str = "middle", weight: int = 400) -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
            f' font-weight="{weight}">{escape(words)}</text>')  # fmt: skip


def box(x: float, y: float, width: float, height: float, *, fill: str = FILL, stroke: str = LINE, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="7" fill="{fill}"'
            f' stroke="{stroke}"{dashed}/>')  # fmt: skip


def path(points: list[tuple[float, float]], *, colour: str = LINE, width: float = 1.5, dash: str = "", arrow: bool = False) -> str:
    steps = " ".join(f"{'ML'[bool(i)]}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(points))
    return _line(steps, colour, width, dash, arrow)


def curve(x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, width: float = 1.5) -> str:
    """Downwards from one point to another, with an arrow."""
    bend = (y2 - y1) / 2
    return _line(f"M{x1:.1f} {y1:.1f} C{x1:.1f} {y1 + bend:.1f} {x2:.1f} {y2 - bend:.1f} {x2:.1f} {y2:.1f}", colour, width, "", True)


def _line(steps: str, colour: str, width: float, dash: str, arrow: bool) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    end = f' marker-end="url(#{"accent" if colour == ACCENT else "arrow"})"' if arrow else ""
    return f'<path d="{steps}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}{end}/>'


def page(width: int, height: int, title: str, shapes: list[str]) -> str:
    marker = ('<marker id="{0}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
              '<path d="M0 0L8 4L0 8z" fill="{1}"/></marker>')  # fmt: skip
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f' font-family="{FONT}" role="img">')  # fmt: skip
    defs = f"<defs>{marker.format('arrow', LINE)}{marker.format('accent', ACCENT)}</defs>"
    paper = f'<rect width="{width}" height="{height}" rx="10" fill="{PAPER}"/>'
    return "\n".join([head, f"<title>{escape(title)}</title>", defs, paper, *shapes, "</svg>", ""])
