"""Tests of the built packages: wheel, sdist and editable install give the same answers, without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.helpers.patience import PATIENCE

ROOT = Path(__file__).parents[1]
SEED = (ROOT / "data" / "seed.jsonl").read_bytes()
QUESTION = ["search", "--actor", "Sar Kheng", "--json"]


def run(command: list[str], at: Path, **env: str) -> bytes:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SCAMCLI", "PIP_"))}
    done = subprocess.run(command, cwd=at, capture_output=True, check=False, env={**clean, **env}, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout


def build(source: Path, to: Path, *kinds: str) -> Path:
    run([sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", str(to), str(source)], to.parent)
    return to


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and the sdist from a copy of the checkout, so that the build leaves nothing in the original."""
    pytest.importorskip("build")
    pytest.importorskip("hatchling")
    at = tmp_path_factory.mktemp("built")
    ignored = shutil.ignore_patterns(".*", "__pycache__", "dist", "build")
    shutil.copytree(ROOT, at / "source", ignore=ignored)
    return build(at / "source", at / "dist", "--sdist", "--wheel")


def install(wheel: Path, at: Path) -> Path:
    """Install only the wheel into a new environment, which borrows the dependencies of this one. Needs no network."""
    venv.create(at, with_pip=False, symlinks=True)
    site = next((at / "lib").glob("python*")) / "site-packages"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "--python", str(at / "bin" / "python"), "install", "--quiet", "--no-deps", "--no-index", str(wheel)], at)
    here = Path(sysconfig.get_paths()["purelib"])
    behind = at / "behind"
    behind.mkdir()
    for one in here.iterdir():
        if "scamcli" not in one.name.lower() and one.suffix != ".pth":
            (behind / one.name).symlink_to(one)
    (site / "behind.pth").write_text(f"{behind}\n", encoding="utf-8")
    return at / "bin"


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (wheel,) = built.glob("*.whl")
    return install(wheel, tmp_path_factory.mktemp("env") / "venv")


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_the_seed_once(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert [name for name in names if name.endswith("seed.jsonl")] == ["scamcli/data/seed.jsonl"]
    assert contents(wheel)["scamcli/data/seed.jsonl"] == SEED
    assert {"scamcli/py.typed", "scamcli/language/gazetteer/provinces.json", "scamcli/cli/main.py"} <= set(names)
    assert "scamcli/ingest/lexicon/places.toml" in names
    top = {name.split("/")[0] for name in names}
    assert {name.split("-")[0] for name in top} == {"scamcli"}
    assert not any("test" in name or name.endswith(".pyc") for name in names)
    assert all(any(name.endswith(f"licenses/{one}") for name in names) for one in ("LICENSE", "NOTICE"))


def test_the_sdist_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    assert (source / "data" / "seed.jsonl").read_bytes() == SEED
    assert {"src", "data", "tests", "LICENSE", "README.md", "pyproject.toml"} <= {one.name for one in source.iterdir()}
    again = build(source, tmp_path / "dist", "--wheel")
    (one,), (other,) = built.glob("*.whl"), again.glob("*.whl")
    assert one.name == other.name
    assert contents(one) == contents(other)


def test_the_installed_answer_needs_no_checkout(installed: Path, tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "installed")}
    where = "import scamcli; print(scamcli.__file__)"
    assert str(ROOT) not in run([str(installed / "python"), "-c", where], tmp_path, **home).decode()
    assert run([str(installed / "scamcli"), "export", "jsonl"], tmp_path, **home) == SEED
    answer = run([str(installed / "scamcli"), *QUESTION], tmp_path, **home)
    assert answer.count(b'"date"') >= 5
    assert run([str(installed / "python"), "-m", "scamcli", *QUESTION], tmp_path, **home) == answer
    here = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "here")}
    assert run([sys.executable, "-m", "scamcli", *QUESTION], tmp_path, **here) == answer


def test_the_version_is_the_project_s(installed: Path, tmp_path: Path) -> None:
    said = run([str(installed / "scamcli"), "--version"], tmp_path).decode().strip()
    assert f'version = "{said.removeprefix("scamcli ")}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_an_editable_install_answers_the_same(built: Path, installed: Path, tmp_path: Path) -> None:
    """The checkout is on the path, as in an editable install, so the seed is found beside ``src``."""
    source = built.parent / "source" / "src"
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONPATH": str(source)}
    where = run([sys.executable, "-c", "import scamcli; print(scamcli.__file__)"], tmp_path, **home).decode()
    assert where.startswith(str(source))
    assert not (source / "scamcli" / "data").exists()
    assert run([sys.executable, "-m", "scamcli", "export", "jsonl"], tmp_path, **home) == SEED
    other = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "other")}
    answer = run([sys.executable, "-m", "scamcli", *QUESTION], tmp_path, **home)
    assert answer == run([str(installed / "scamcli"), *QUESTION], tmp_path, **other)
