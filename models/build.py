#!/usr/bin/env python3
"""Builds the model packs: fetches pinned networks, converts and checks them, writes a folder for each pack."""

import argparse
import sys
import tomllib
from pathlib import Path

from builder.errors import BuildError
from builder.stamp import inputs_digest, is_current

ROOM = Path(__file__).resolve().parent


def main() -> int:
    arguments = parse_arguments()
    inputs = inputs_digest(ROOM)
    stale = [name for name in arguments.packs if not is_current(arguments.out / name, inputs)]
    for name in arguments.packs:
        if name not in stale:
            say(f"model pack {name}: up to date")
    try:
        build(stale, arguments, inputs)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder for fetched files, kept between builds")
    parser.add_argument("--out", type=Path, required=True, help="folder in which each pack gets a folder")
    parser.add_argument("--packs", type=lambda text: text.split(","), default="default,strict", metavar="NAME,…")
    return parser.parse_args()


def build(names: list[str], arguments: argparse.Namespace, inputs: str) -> None:
    if not names:
        return
    from builder.fetch import Cache
    from builder.pack import PackBuilder  # loads the inference library, which takes longer than to see that all is done

    tables = {name: tomllib.loads((ROOM / f"{name}.toml").read_text()) for name in ("sources", "packs", "calibration")}
    if unknown := set(names) - set(tables["packs"]):
        raise BuildError(f"no such pack: {', '.join(sorted(unknown))}")
    cache = Cache(arguments.cache, tables["sources"], say)
    builder = PackBuilder(ROOM, tables, cache, say)
    for name in names:
        builder.build(name, arguments.out / name, inputs)
        say(f"model pack {name}: ready in {arguments.out / name}")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
