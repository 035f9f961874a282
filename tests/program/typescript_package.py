"""The TypeScript client, built as a user gets it, in a folder where programs can import it."""

import os
import shutil
import subprocess
from pathlib import Path

NODE = os.environ["FACEWARD_NODE"]
PACKAGES = Path(os.environ["FACEWARD_NODE_PACKAGES"])
SOURCE = Path(__file__).resolve().parents[2] / "clients" / "typescript"


def build(workshop: Path) -> Path:
    """Gives `workshop`/node_modules, which holds the client and what it needs."""
    modules = workshop / "node_modules"
    shutil.copytree(SOURCE, modules / "faceward", ignore=shutil.ignore_patterns("dist", "node_modules"))
    (modules / "fflate").symlink_to(PACKAGES / "fflate")
    subprocess.run([NODE, PACKAGES / "typescript" / "bin" / "tsc"], cwd=modules / "faceward", check=True)
    return modules
