"""The TypeScript client, built as a user gets it, in a folder where programs can import it."""

import os
import shutil
import subprocess
from pathlib import Path

NODE = os.environ["FACEWARD_NODE"]
PACKAGES = Path(os.environ["FACEWARD_NODE_PACKAGES"])
SOURCE = Path(__file__).resolve().parents[2] / "clients" / "typescript"


def build(workshop: Path) -> None:
    """Leaves it in `workshop`/node_modules."""
    package = workshop / "node_modules" / "faceward"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("dist", "node_modules"))
    (package / "node_modules").mkdir()
    (package / "node_modules" / "fflate").symlink_to(PACKAGES / "fflate")
    subprocess.run([NODE, PACKAGES / "typescript" / "bin" / "tsc"], cwd=package, check=True)
