"""Makes the drawings of the documents. Usage: python docs/drawings [FOLDER], which is docs/images otherwise."""

import sys
from pathlib import Path

import liveness
import rooms
import scores

ROOT = Path(__file__).resolve().parents[2]
DRAWINGS = {"rooms": rooms.draw, "scores": scores.draw, "liveness-gates": liveness.draw_gates, "liveness-flow": liveness.draw_flow}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images"
    for name, draw in DRAWINGS.items():
        (folder / f"{name}.svg").write_text(draw(ROOT))


main()
