"""Wheels and source distributions of a project with LispE sources, really built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from programs import ROOT

from lisptorch_compile.cli import run_command_line

EXAMPLE = ROOT / "examples" / "project"
MODULES = {"hatchling": "hatchling.build", "setuptools": "setuptools.build_meta"}
BACKENDS = tuple(MODULES)
COMPILED = {
    f"wordstats/{name}{suffix}"
    for name in ("counting", "report")
    for suffix in (".py", ".py.map")
}
SOURCES = {"wordstats/counting.lsp", "wordstats/report.lsp"}

#: What the example prints of the standard input.
COUNTED = "and: 1\ncat: 1\ndog: 1\nthe: 2\n"

LISTED = """
from importlib.metadata import distributions
print(*sorted(found.name for found in distributions()))
"""

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Run a command that must succeed, with ``path`` before the installed packages."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    if path is not None:
        env["PYTHONPATH"] = str(path)
    process = subprocess.run(
        list(map(str, command)),
        check=False,
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        input="the cat and the dog\n",
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def install(wheel: Path, *where: str | Path, python: Path | None = None) -> None:
    """Install a wheel, with nothing that it depends on."""
    pip = ("-m", "pip", "--quiet", "--python", python or sys.executable, "install")
    options = ("--no-deps", "--no-index", *where)
    run(sys.executable, *pip, *options, wheel, cwd=wheel.parent)


@pytest.fixture(scope="module")
def our_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ours")
    build = ("-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    run(sys.executable, *build, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def ourselves(our_wheel: Path) -> Path:
    """Return a folder with our own wheel installed, entry points and all."""
    folder = our_wheel.parent / "site"
    install(our_wheel, "--target", folder)
    return folder


def example(folder: Path, backend: str) -> Path:
    """Return a copy of the example project that is built by ``backend``."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("*.py.map"))
    if backend == "setuptools":
        settings = folder / "pyproject.toml"
        text = settings.read_text(encoding="utf-8")
        text = text.replace('"hatchling"', '"setuptools"')
        text = text.replace(MODULES["hatchling"], MODULES[backend])
        settings.write_text(text[: text.index("[tool.hatch")], encoding="utf-8")
        with settings.open("a") as file:
            file.write('[tool.lisptorch]\nsources = ["src"]\n')
    return folder


def built(project: Path, ourselves: Path) -> tuple[Path, Path]:
    """Build both distributions, the wheel from the source distribution."""
    build = ("-m", "build", "--no-isolation", "--outdir", "dist", ".")
    run(sys.executable, *build, cwd=project, path=ourselves)
    (wheel,) = (project / "dist").glob("*.whl")
    (source,) = (project / "dist").glob("*.tar.gz")
    return wheel, source


@pytest.mark.parametrize("backend", BACKENDS)
def test_wheel_holds_python_and_runs_in_a_fresh_environment(
    tmp_path: Path, our_wheel: Path, ourselves: Path, backend: str
) -> None:
    project = example(tmp_path / "project", backend)
    wheel, source = built(project, ourselves)
    assert set(zipfile.ZipFile(wheel).namelist()) > COMPILED
    with tarfile.open(source) as archive:
        kept = {"/".join(name.split("/")[2:]) for name in archive.getnames()}
    assert kept > SOURCES
    assert not kept & COMPILED
    assert not list((project / "src").rglob("*.py.map"))  # the checkout is as it was

    venv.create(tmp_path / "fresh", with_pip=False)
    python = tmp_path / "fresh" / "bin" / "python"
    for package in (our_wheel, wheel):
        install(package, python=python)
    call = "from wordstats.report import main; main()"
    assert run(python, "-I", "-c", call, cwd=tmp_path) == COUNTED
    installed = run(python, "-I", "-c", LISTED, cwd=tmp_path).split()
    assert installed == ["lisptorch-compile", "wordstats"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_source_with_an_error_fails_the_wheel(
    tmp_path: Path, ourselves: Path, backend: str
) -> None:
    project = example(tmp_path / "project", backend)
    (project / "src/wordstats/counting.lsp").write_text("(nowhere 1)")
    process = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel"],
        check=False,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ourselves)},
        capture_output=True,
        encoding="utf-8",
    )
    assert process.returncode != 0
    assert "unknown function `nowhere`" in process.stdout + process.stderr
    assert not list(project.rglob("*.whl"))


@pytest.mark.parametrize("backend", BACKENDS)
def test_editable_installation_compiles_in_place(
    tmp_path: Path, ourselves: Path, backend: str
) -> None:
    project = example(tmp_path / "project", backend)
    if backend == "hatchling":  # which else needs a package more for the same
        with (project / "pyproject.toml").open("a", encoding="utf-8") as settings:
            settings.write('[tool.hatch.build]\ndev-mode-dirs = ["src"]\n')
    script = f"import {MODULES[backend]} as backend; backend.build_editable('dist')"
    (project / "dist").mkdir()
    run(sys.executable, "-c", script, cwd=project, path=ourselves)
    assert {path.name for path in (project / "src/wordstats").glob("*.py.map")} == {
        "counting.py.map",
        "report.py.map",
    }


def test_two_wheels_of_one_checkout_are_equal(tmp_path: Path, ourselves: Path) -> None:
    wheels = []
    for name in ("first", "second/deeper"):
        project = example(tmp_path / name, "hatchling")
        wheels.append(built(project, ourselves)[0].read_bytes())
    assert wheels[0] == wheels[1]


def test_tests_of_the_example_pass_once_it_is_built(tmp_path: Path) -> None:
    project = example(tmp_path / "project", "hatchling")
    assert run_command_line(["build", str(project)]) == 0
    path = os.pathsep.join([str(project / "src"), str(ROOT)])
    options = ("-q", "-p", "no:cacheprovider", "-c", os.devnull, "tests")
    shown = run(sys.executable, "-m", "pytest", *options, cwd=project, path=Path(path))
    assert "1 passed" in shown
