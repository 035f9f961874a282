"""./run and ./test on machines that lack something, played by stand-ins for dpkg-query, id and apt-get."""

import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
PINNED = {
    script: [line.split() for name in lists for line in (ROOT / "setup" / name).read_text().splitlines()
             if not line.startswith("#")]
    for script, lists in {"run": ["apt-packages.txt"],
                          "test": ["apt-packages.txt", "apt-packages-test.txt"]}.items()
}  # fmt: skip


class Machine:
    """A copy of the scripts and a PATH whose first folder holds the stand-ins."""

    def __init__(self, folder):
        self.clone, self.bin, self.cache = folder / "clone", folder / "bin", folder / "cache"
        self.apt_calls, self.installed = folder / "apt-calls", folder / "installed"
        self.clone.mkdir()
        self.bin.mkdir()
        self.apt_calls.touch()
        for name in ("run", "test"):
            shutil.copy(ROOT / name, self.clone)
        shutil.copytree(ROOT / "setup", self.clone / "setup")
        self.stand_in("dpkg-query", f'cat "{self.installed}"')
        self.stand_in("apt-get", f'echo "$*" >>"{self.apt_calls}"')

    def stand_in(self, name, script):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def has(self, packages):
        self.installed.write_text("".join(f"installed {name} {version}\n" for name, version in packages))

    def start(self, script, *arguments, user):
        self.stand_in("id", f"echo {user}")
        environment = {"PATH": f"{self.bin}:/usr/bin:/bin", "HOME": str(self.cache), "FACEWARD_CACHE": str(self.cache)}
        return subprocess.run([self.clone / script, *arguments], env=environment, capture_output=True, text=True,
                              check=False)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@pytest.mark.parametrize("script", ["run", "test"])
def test_a_user_is_told_the_line_that_installs_what_is_missing(machine, script):
    machine.has([(name, version) for name, version in PINNED[script] if name not in ("g++", "cmake")])
    done = machine.start(script, user=1000)
    assert done.returncode == 1
    assert "apt-get install --yes --no-install-recommends cmake g++\n" in done.stderr
    assert machine.apt_calls.read_text() == ""


def test_a_package_that_is_too_old_is_missing(machine):
    machine.has([(name, "2.9" if name == "cmake" else version) for name, version in PINNED["run"]])
    done = machine.start("run", user=1000)
    assert "--no-install-recommends cmake\n" in done.stderr


def test_a_newer_package_is_not_missing(machine):
    machine.has([(name, f"9{version}") for name, version in PINNED["run"] if name != "cmake"])
    done = machine.start("run", user=1000)
    assert "--no-install-recommends cmake\n" in done.stderr


def test_root_installs_what_is_missing_and_nothing_else(machine):
    machine.has([(name, version) for name, version in PINNED["run"] if name != "ccache"])
    done = machine.start("run", user=0)
    update, install = machine.apt_calls.read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith("install --yes --no-install-recommends ccache")
    assert done.returncode == 1
    assert "apt offers no new enough version of: ccache" in done.stderr


def test_a_failing_step_shows_its_log(machine):
    machine.has([])
    machine.stand_in("apt-get", "echo no space left; exit 3")
    done = machine.start("run", user=0)
    assert done.returncode == 1
    assert "no space left" in done.stderr
    assert str(machine.clone / "build" / "run.log") in done.stderr


@pytest.mark.parametrize("script", ["run", "test"])
def test_help_sets_nothing_up(machine, script):
    done = machine.start(script, "--help", user=1000)
    assert done.returncode == 0
    assert f"Usage: ./{script}" in done.stdout
    assert not machine.cache.exists()


def test_the_packs_of_the_last_set_up_are_the_current_ones(tmp_path):
    script = f'source "{ROOT}/setup/product.sh"; for packs in "$cache/packs/a" "$cache/packs/b"; do name_current_packs; done'
    for name in ("a", "b"):
        (tmp_path / "packs" / name / "default").mkdir(parents=True)
    subprocess.run(["bash", "-euc", script], env=os.environ | {"cache": str(tmp_path)}, check=True)
    assert (tmp_path / "packs" / "current").readlink() == pathlib.Path("b")
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == ["a", "b", "current"]


@pytest.mark.parametrize(
    ("arguments", "models", "config", "own"),
    [
        ([], "", "", False),
        (["--port", "80"], "", "", False),
        (["--models", "mine"], "", "", True),
        (["--models=mine"], "", "", True),
        ([], "mine", "", True),
        (["--config", "file"], "", 'models = "mine"\n', True),
        (["--config=file"], "", 'models = "mine"\n', True),
        (["--port", "80", "--config", "absent"], "", "", False),
        (["--config", "file"], "", "# models = no\nport = 80\n", False),
    ],
)
def test_a_model_pack_that_the_user_names_is_served(tmp_path, arguments, models, config, own):
    (tmp_path / "file").write_text(config)
    function = subprocess.run(["sed", "-n", "/^names_models()/,/^}/p", ROOT / "run"], capture_output=True, text=True,
                              check=True).stdout
    done = subprocess.run(["bash", "-euc", f'{function}\nnames_models "$@"', "bash", *arguments], cwd=tmp_path,
                          env=os.environ | {"FACEWARD_MODELS": models}, check=False)
    assert (done.returncode == 0) == own
