"""The files of the repository: what git tracks, and what it would if everything here were added."""

import pathlib
import subprocess


def repository_files(*patterns):
    """Paths relative to the working folder, which is the repository's root; patterns as in `git ls-files`."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
    listing = subprocess.run([*command, *patterns], check=True, capture_output=True, text=True).stdout
    return sorted({pathlib.Path(name) for name in listing.split("\0") if name and pathlib.Path(name).is_file()})
