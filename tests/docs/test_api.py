"""The reference of the API is what its script makes of the description as it is now."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_is_current(tmp_path):
    subprocess.run([sys.executable, ROOT / "docs/reference.py", tmp_path / "api.md"], check=True)
    assert (tmp_path / "api.md").read_text() == (ROOT / "docs/api.md").read_text(), "run: python docs/reference.py"
