"""Wheels and source distributions of a project with LispE sources, really built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
import yaml
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


def installed(wheel: Path, target: Path) -> None:
    """Install a wheel into a folder, with nothing that it depends on."""
    options = ("--quiet", "--no-deps", "--no-index", "--target", target)
    run(sys.executable, "-m", "pip", "install", *options, wheel, cwd=target.parent)


@pytest.fixture(scope="module")
def ourselves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with our own wheel installed, entry points and all."""
    folder = tmp_path_factory.mktemp("ours")
    build = ("-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    run(sys.executable, *build, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    installed(wheel, folder / "site")
    return folder / "site"


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
    tmp_path: Path, ourselves: Path, backend: str
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
    site = tmp_path / "installed"
    installed(wheel, site)
    shutil.copytree(ourselves / "lisptorch_compile", site / "lisptorch_compile")
    python = tmp_path / "fresh" / "bin" / "python"
    call = "from wordstats.report import main; main()"
    shown = run(python, "-c", call, cwd=tmp_path, path=site)
    assert shown == "and: 1\ncat: 1\ndog: 1\nthe: 2\n"


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


# --- pre-commit and GitHub ------------------------------------------------------------


def test_hooks_of_pre_commit_are_valid_and_do_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    validate = ("-m", "pre_commit", "validate-manifest", manifest)
    run(sys.executable, *validate, cwd=tmp_path)
    check, build = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    monkeypatch.chdir(example(tmp_path / "project", "hatchling"))
    sources = [str(path) for path in Path("src").rglob("*.lsp")]
    assert run_command_line([*check["entry"].split()[1:], *sources]) == 0
    assert run_command_line(build["entry"].split()[1:]) == 0
    assert Path("src/wordstats/report.py").exists()


def step_of_action(number: int, folder: Path, **inputs: str) -> int:
    """Run a step of our GitHub action as its runner does; return its exit status."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][number]
    given = {k: v["default"] for k, v in action["inputs"].items()} | inputs
    values = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
    env = {name: values.get(value, value) for name, value in step["env"].items()}
    process = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        check=False,
        cwd=folder,
        env={**os.environ, **env, "RUNNER_TEMP": str(folder / "temp")},
        capture_output=True,
        encoding="utf-8",
    )
    return process.returncode


def test_action_says_when_outputs_are_stale(tmp_path: Path) -> None:
    project = example(tmp_path / "my project", "hatchling")
    command = tmp_path / "temp/lisptorch/bin/lisptorch"
    command.parent.mkdir(parents=True)
    call = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m lisptorch_compile "$@"\n'
    command.write_text(f"#!/bin/sh\n{call}")
    command.chmod(0o755)
    assert step_of_action(1, tmp_path, project="my project") == 1
    assert step_of_action(1, tmp_path, project="my project", arguments="-j 1") == 0
    assert step_of_action(1, tmp_path, project="my project") == 0
    injected = "--check; touch injected"
    assert step_of_action(1, tmp_path, project="my project", arguments=injected) == 2
    assert not list(tmp_path.rglob("injected"))
    assert (project / "src/wordstats/report.py").exists()


def test_page_on_ci_shows_settings_that_are_true() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    first = page.split("```toml\n")[1].split("```")[0]
    assert set(tomllib.loads(first)["tool"]["lisptorch"]) == {
        "sources",
        "exclude",
        "output",
        "format",
        "fast",
        "numbers",
        "warnings-as-errors",
    }
    blocks = [part.split("```")[0] for part in page.split("```yaml\n")[1:]]
    workflow, hooks = map(yaml.safe_load, blocks)
    used = {hook["id"] for hook in hooks["repos"][0]["hooks"]}
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert used == {hook["id"] for hook in yaml.safe_load(manifest)}
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(workflow["jobs"]["build"]["steps"][1]["with"]) <= set(action["inputs"])
