"""The manifest of a pack (format 1), written as TOML."""

import json

FORMAT = 1


def manifest_of(name: str, pack: dict, networks: list[dict], calibrations: dict, selftest: dict) -> dict:
    """Everything a manifest says but for liveness, in its order.

    networks: their tables, complete; calibrations: the tables that profiles name; selftest: file and sha256.
    """
    profiles = {}
    for profile_name, profile in pack["profile"].items():
        settings = {key: value for key, value in profile.items() if key != "calibration"}
        profiles[profile_name] = settings | {"calibration": calibrations[profile["calibration"]]}
    return {
        "format": FORMAT,
        "name": name,
        "version": pack["version"],
        "summary": pack["summary"],
        "network": networks,
        "profile": profiles,
        "selftest": {"picture": selftest["file"], "sha256": selftest["sha256"]},
    }


def liveness_of(settings: dict, calibrations: dict, samples: dict[str, str]) -> dict:
    """The table [liveness].

    settings: the pack's; calibrations: the tables that it names; samples: SHA-256 of bona_fide.png and attack.png.
    """
    return {
        "networks": settings["networks"],
        **calibrations["liveness"][settings["fusion"]],
        "dense_landmarks": settings["dense_landmarks"],
        "stillness": calibrations["stillness"][settings["stillness"]],
        "selftest": {
            "bona_fide": "bona_fide.png",
            "bona_fide_sha256": samples["bona_fide.png"],
            "attack": "attack.png",
            "attack_sha256": samples["attack.png"],
        },
    }


def to_toml(table: dict, path: str = "") -> str:
    """A table as TOML text: plain values first, then inner tables and arrays of tables under their own headings."""
    plain = [f"{key} = {value_of(value)}" for key, value in table.items() if not _has_heading(key, value)]
    blocks = ["\n".join(plain)] if plain else []
    for key, value in table.items():
        inner = f"{path}.{key}" if path else key
        if not _has_heading(key, value):
            continue
        if isinstance(value, list):
            blocks += [f"[[{inner}]]\n{to_toml(entry, inner)}" for entry in value]
        elif all(_has_heading(*item) for item in value.items()):
            blocks.append(to_toml(value, inner))
        else:
            blocks.append(f"[{inner}]\n{to_toml(value, inner)}")
    return "\n\n".join(block.strip() for block in blocks) + "\n"


def _has_heading(key: str, value) -> bool:
    return isinstance(value, dict) or (key == "network" and isinstance(value, list))


def value_of(value) -> str:
    """A value as TOML: text, truth, number, list, or a table within a list."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {value_of(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return "[\n" + "".join(f"    {value_of(entry)},\n" for entry in value) + "]"
        return "[" + ", ".join(map(value_of, value)) + "]"
    return json.dumps(value, ensure_ascii=False)  # TOML's strings, booleans and numbers are JSON's here
