"""What is generated from the table of commands, options and settings: completion in real shells, and the manual page."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from faceward_client import BINARY, plain_environment, run

PROGRAM = Path(BINARY).resolve()


def in_shell(*command: str) -> str:
    """What a shell prints to which the program is known as `faceward`."""
    environment = plain_environment() | {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "TERM": "dumb"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout


def bash(*words: str) -> set[str]:
    """What bash offers for the last of the words."""
    quoted = " ".join(f"'{word}'" for word in ("faceward", *words))
    script = f"""source <(faceward completion bash)
        COMP_WORDS=({quoted}) COMP_CWORD={len(words)}
        _faceward
        printf '%s\\n' "${{COMPREPLY[@]}}" """
    return set(in_shell("bash", "--norc", "-c", script).split())


def fish(line: str) -> set[str]:
    script = f"faceward completion fish | source; complete -C '{line}'"
    return {offer.split("\t")[0] for offer in in_shell("fish", "--no-config", "-c", script).splitlines()}


def commands() -> list[str]:
    help_text = run("--help").stdout
    names = re.findall(r"^ +([a-z]+) +[A-Z]", help_text.split("ubcommands:")[1], re.MULTILINE)
    assert "serve" in names and len(names) > 8, help_text
    return names


@pytest.mark.parametrize("offers", [lambda: bash(""), lambda: fish("faceward ")], ids=["bash", "fish"])
def test_every_command_is_offered(offers):
    assert set(commands()) <= offers()


def test_bash_knows_commands_options_choices_and_files(tmp_path):
    assert {"bash", "fish", "zsh"} <= bash("completion", "")
    assert {"--max_queue", "--max_body_bytes"} <= bash("serve", "--max_")
    assert bash("serve", "--profile", "") == {"fast", "balanced", "accurate"}
    assert bash("serve", "--profile", "b") == {"balanced"}
    assert bash("serve", "--profile", "=") == {"fast", "balanced", "accurate"}, "--profile= is two words"
    assert bash("serve", "--profile", "=", "b") == {"balanced"}
    assert bash("models", "ch") == {"check"}
    (tmp_path / "face.jpg").touch()
    assert bash("extract", f"{tmp_path}/fa") == {f"{tmp_path}/face.jpg"}
    assert bash("evaluate", "liveness", "--man") == {"--manifest"}


def test_fish_knows_commands_options_and_choices():
    assert {"bash", "fish", "zsh"} <= fish("faceward completion ")
    assert {"--max_queue", "--max_body_bytes"} <= fish("faceward serve --max_")
    assert fish("faceward serve --profile ") == {"fast", "balanced", "accurate"}


def test_zsh_loads_it_and_has_a_function_for_every_command():
    script = "autoload -Uz compinit; compinit -u -D; source <(faceward completion zsh); print -l ${(k)functions[(I)_faceward*]}"
    functions = set(in_shell("zsh", "-f", "-c", script).split())
    assert {"_faceward", *(f"_faceward_{name}" for name in commands()), "_faceward_models_check"} <= functions


def test_the_manual_page_is_well_formed_and_names_everything(tmp_path):
    page = tmp_path / "faceward.1"
    page.write_text(run("man").stdout)
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", page], capture_output=True, text=True, timeout=60, env={"GROFF_NO_SGR": "1", "PATH": os.environ["PATH"]})
    assert done.returncode == 0 and not done.stderr, done.stderr
    text = re.sub(r".\x08", "", done.stdout).replace("‐\n", "-")
    for name in commands():
        assert f"faceward {name}" in text
    settings = re.findall(r"^(\w+) = ", run("config", "--template").stdout.replace("# ", ""), re.MULTILINE)
    assert len(settings) > 50
    for setting in settings:
        assert re.search(rf"\b{setting} = ", text), setting
    assert "width × height" in re.sub(r"\s+", " ", text)
