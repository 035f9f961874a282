"""Fails where clang-format would change a source. Usage: format.py CLANG_FORMAT [--fix]"""

import subprocess
import sys

from files import repository_files

mode = ["-i"] if "--fix" in sys.argv else ["--dry-run", "-Werror"]
sources = repository_files("*.cpp", "*.hpp")
print(f"{len(sources)} sources")
sys.exit(subprocess.run([sys.argv[1], *mode, *sources], check=False).returncode)
