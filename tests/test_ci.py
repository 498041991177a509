"""What CI uses: our hooks of pre-commit, our GitHub action, and the page about them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from programs import ROOT

from lisptorch_compile.cli import run_command_line
from lisptorch_compile.tools.projects.settings import Settings

Result = subprocess.CompletedProcess[str]

_BLOCKS = re.MULTILINE | re.DOTALL
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
EXAMPLE = ROOT / "examples" / "project"


def example(folder: Path) -> Path:
    """Return a copy of the example project, whose outputs are not made yet."""
    return shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("*.py.map"))


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


# --- pre-commit -----------------------------------------------------------------------


def run(*command: str | Path, cwd: Path, **env: str) -> Result:
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        list(map(str, command)),
        check=False,
        cwd=cwd,
        env=clean | env,
        capture_output=True,
        encoding="utf-8",
    )


def test_hooks_of_pre_commit_are_valid(tmp_path: Path) -> None:
    validate = ("-m", "pre_commit", "validate-manifest", MANIFEST)
    shown = run(sys.executable, *validate, cwd=tmp_path)
    assert shown.returncode == 0, shown.stdout


def hook(name: str, *files: str) -> int:
    """Carry out a hook on files as pre-commit does, from the root of the repository."""
    (found,) = [entry for entry in read_yaml(MANIFEST) if entry["id"] == name]
    pattern = re.compile(found["files"])
    chosen = [file for file in files if pattern.search(file)]
    given = chosen if found.get("pass_filenames", True) else []
    return run_command_line([*found["entry"].split()[1:], *given])


def test_hooks_do_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example(tmp_path / "project"))
    files = [str(path) for path in Path().rglob("*.*")]
    assert hook("lisptorch-check", *files) == 0
    assert hook("lisptorch-format", *files) == 0
    assert hook("lisptorch-build") == 0
    assert Path("src/wordstats/report.py").exists()


def test_hooks_fail_or_change_what_is_not_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example(tmp_path / "project"))
    source = Path("src/wordstats/counting.lsp")
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("(defun ", "(defun   ", 1), encoding="utf-8")
    assert hook("lisptorch-format", str(source), "README.md") == 0
    assert source.read_text(encoding="utf-8") == text
    source.write_text("(nowhere 1)\n", encoding="utf-8")
    assert hook("lisptorch-check", str(source)) == 1
    assert hook("lisptorch-build") == 1
    assert not Path("src/wordstats/report.py").exists()


@pytest.mark.long  # installs us, and what we need, from the network
def test_pre_commit_installs_and_runs_our_hooks(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("pre-commit takes hooks from a git repository")
    project = example(tmp_path / "project")
    for command in (("init", "--quiet"), ("add", ".")):
        assert run("git", *command, cwd=project).returncode == 0
    tried = ("-m", "pre_commit", "try-repo", ROOT, "--ref", "HEAD", "--all-files")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    first = run(sys.executable, *tried, cwd=project, **home)
    results = dict(
        re.findall(r"^([\w ]+?)\.+(Passed|Failed)$", first.stdout, re.MULTILINE)
    )
    assert results["check LispE"] == results["lay out LispE"] == "Passed", first.stdout
    assert (project / "src/wordstats/report.py").exists()
    (project / "src/wordstats/counting.lsp").write_text("(nowhere 1)\n")
    second = run(sys.executable, *tried, cwd=project, **home)
    assert second.returncode == 1
    assert "unknown function `nowhere`" in second.stdout


# --- GitHub ---------------------------------------------------------------------------


def action() -> dict[str, Any]:
    return dict(read_yaml(ROOT / "action.yml"))


def step(number: int, folder: Path, **inputs: str) -> Result:
    """Run a step of our GitHub action in a folder as its runner does."""
    described = action()
    found = described["runs"]["steps"][number]
    given = {k: v["default"] for k, v in described["inputs"].items()} | inputs
    values = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
    values["${{ github.action_path }}"] = str(ROOT)
    env = {name: values[value] for name, value in found["env"].items()}
    shell = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c")
    temp = {"RUNNER_TEMP": str(folder / "temp")}
    return run(*shell, found["run"], cwd=folder, **env, **temp)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with a project, and us installed where the first step would."""
    example(tmp_path / "my project")
    command = tmp_path / "temp/lisptorch/bin/lisptorch"
    command.parent.mkdir(parents=True)
    call = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m lisptorch_compile "$@"\n'
    command.write_text(f"#!/bin/sh\n{call}")
    command.chmod(0o755)
    return tmp_path


def test_no_input_becomes_a_part_of_a_command() -> None:
    for found in action()["runs"]["steps"]:
        assert "${{" not in found["run"]
        assert found["shell"] == "bash"


def test_action_says_when_outputs_are_stale(checkout: Path) -> None:
    project = {"project": "my project"}
    missing = step(1, checkout, **project)
    assert missing.returncode == 1
    assert "stale: my project/src/wordstats/report.py\n" in missing.stdout
    assert step(1, checkout, **project, arguments="-j 1").returncode == 0
    assert step(1, checkout, **project).returncode == 0
    python = checkout / "my project/src/wordstats/report.py"
    python.write_text(python.read_text() + "print(1)\n")
    changed = step(1, checkout, **project)
    assert changed.returncode == 1
    assert changed.stdout == "stale: my project/src/wordstats/report.py\n"


def test_action_puts_errors_beside_their_lines(checkout: Path) -> None:
    source = "my project/src/wordstats/counting.lsp"
    (checkout / source).write_text("; A fault.\n(nowhere 1)\n")
    found = step(1, checkout, project="my project")
    assert found.returncode == 1
    place = f"::error file={source},line=2,col=2,endLine=2,endColumn=9"
    assert found.stdout.startswith(f"{place},title=LT0302::unknown function")


def test_arguments_of_the_action_run_nothing(checkout: Path) -> None:
    injected = step(1, checkout, arguments="--check; touch injected")
    assert injected.returncode == 2
    assert not list(checkout.rglob("injected"))


@pytest.mark.long  # installs what we need from the network
def test_action_installs_and_builds(tmp_path: Path) -> None:
    example(tmp_path / "project")
    installed = step(0, tmp_path, python=sys.executable)
    assert installed.returncode == 0, installed.stderr
    assert step(1, tmp_path, project="project").returncode == 1
    assert step(1, tmp_path, project="project", arguments="-j 1").returncode == 0


# --- the page -------------------------------------------------------------------------


def test_page_on_ci_shows_what_is_there() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    settings, *_ = re.findall(r"^```toml[^\n]*\n(.*?)^```$", page, _BLOCKS)
    keys = {field.name.replace("_", "-") for field in fields(Settings)}
    assert tomllib.loads(settings)["tool"]["lisptorch"].keys() == keys
    workflow, hooks = map(
        yaml.safe_load, re.findall(r"^```yaml[^\n]*\n(.*?)^```$", page, _BLOCKS)
    )
    used = {found["id"] for found in hooks["repos"][0]["hooks"]}
    assert used == {found["id"] for found in read_yaml(MANIFEST)}
    given = workflow["jobs"]["build"]["steps"][1]["with"]
    assert set(given) <= set(action()["inputs"])
