"""One pack: its networks, licences and self-test pictures in a folder."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from .convert import convert
from .fetch import Cache
from .files import sha256_of
from .golden import Golden, worst_difference
from .manifest import liveness_of, manifest_of, to_toml
from .samples import write_samples
from .stamp import write_stamp


class PackBuilder:
    """Builds packs out of the tables of sources.toml, packs.toml and calibration.toml."""

    def __init__(self, room: Path, tables: dict[str, dict], cache: Cache, say: Callable[[str], None]):
        self._room = room
        self._sources = tables["sources"]
        self._packs = tables["packs"]
        self._calibrations = tables["calibration"]
        self._cache = cache
        self._say = say

    def build(self, name: str, target: Path, inputs: str) -> None:
        """Makes the folder `target`, whole or not at all. Raises BuildError."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=target.parent) as scratch:
            fresh = Path(scratch) / "new"
            (fresh / "licences").mkdir(parents=True)
            self._fill(name, fresh)
            write_stamp(fresh, inputs)
            if target.exists():
                target.rename(Path(scratch) / "old")
            fresh.rename(target)

    def _fill(self, name: str, folder: Path) -> None:
        pack, selftest = self._packs[name], self._sources["selftest"]
        picture = self._cache.member(selftest)
        shutil.copyfile(picture, folder / selftest["file"])
        self._copy_licence("licences/selftest.txt", folder)
        networks = [self._network(name, network_id, picture, folder) for network_id in pack["networks"]]
        manifest = manifest_of(name, pack, networks, self._calibrations, selftest)
        if settings := pack.get("liveness"):
            manifest["liveness"] = liveness_of(settings, self._calibrations, write_samples(picture, folder))
        (folder / "manifest.toml").write_text(to_toml(manifest))

    def _network(self, pack: str, network_id: str, picture: Path, folder: Path) -> dict:
        """Converts and checks one network; its table for the manifest."""
        source = self._sources["network"][network_id]
        entry = dict(source["manifest"])
        file = folder / f"{network_id}.xml"
        convert(self._cache.member(source), source["shape"], file, source.get("output_size"))
        self._copy_licence(entry["licence_file"], folder)
        if (self._room / (shared := f"licences/{entry['licence']}.txt")).exists():
            self._copy_licence(shared, folder)

        golden = Golden.read(self._room / "golden" / f"{network_id}.json")
        worst = worst_difference(file, entry["input"], golden, picture)
        self._say(
            f"model pack {pack}: {entry['name']} {entry['version']} converted, golden check max difference {worst:.0e}"
        )
        if expected := golden.check_values():
            entry["check"] = {"expected": expected, "tolerance": 0.001}
        files = {
            "file": file.name,
            "sha256": sha256_of(file),
            "weights_sha256": sha256_of(file.with_suffix(".bin")),
        }
        identity = {key: entry.pop(key) for key in ("name", "version", "role")}
        return {"id": network_id} | identity | files | entry

    def _copy_licence(self, file: str, folder: Path) -> None:
        shutil.copyfile(self._room / file, folder / file)
