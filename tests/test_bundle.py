"""``lisptorch bundle``: one file that runs where nothing of ours is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import venv
import zipfile
from importlib.metadata import distribution, files, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from lisptorch_compile.cli import run_command_line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_alone(file: str, *arguments: str, stdin: str = "") -> str:
    """Run a file with nothing but Python's own library; return what it prints."""
    process = subprocess.run(
        [sys.executable, "-I", "-S", file, *arguments],
        check=False,
        capture_output=True,
        input=stdin,
        encoding="utf-8",
    )
    assert process.returncode == 0, process.stderr
    return process.stdout


def bundle(text: str, *options: str, name: str = "my-tool.lsp") -> int:
    Path(name).write_text(text, encoding="utf-8")
    return run_command_line(["bundle", name, *options])


def test_bundle_runs_without_anything_installed(folder: Path) -> None:
    Path("lib").mkdir()
    Path("lib/my-tools.lsp").write_text("(defun twice (x) (* 2 x))")
    text = '(load "lib/my-tools.lsp")\n(println (twice 21) (sort \'< (list 3 1 2)))'
    assert bundle(text) == 0
    Path("lib/my-tools.lsp").unlink()
    assert run_alone("my_tool.pyz") == "42 (1 2 3)\n"
    names = zipfile.ZipFile("my_tool.pyz").namelist()
    assert {"__main__.py", "lib/my_tools.py"} < set(names)
    assert not [name for name in names if "/tools/" in name or "lark" in name]


def test_bundle_of_a_program_that_evaluates_takes_the_compiler(folder: Path) -> None:
    assert bundle("(setq x 3)\n(println (eval (input)))") == 0
    assert run_alone("my_tool.pyz", stdin="(+ x 4)\n") == "7\n"


def test_bundle_has_the_numbers_of_lispe_when_asked(folder: Path) -> None:
    assert bundle("(println (+ 10 2.5))", "--lispe-numbers") == 0
    assert run_alone("my_tool.pyz") == "12\n"


def test_bundle_may_be_executed(folder: Path) -> None:
    assert bundle("(println 42)", "-p", sys.executable, "-o", "tool") == 0
    shown = subprocess.run(["./tool"], check=True, capture_output=True, text=True)
    assert shown.stdout == "42\n"


def with_what_it_needs(name: str) -> set[str]:
    """Return the distribution ``name`` and all that it depends on."""
    found, pending = set(), [name]
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        needed = map(Requirement, requires(name) or ())
        pending += [r.name for r in needed if not r.marker or r.marker.evaluate()]
    return found


@pytest.mark.slow
def test_bundle_with_tensors_runs_where_only_torch_is_installed(folder: Path) -> None:
    text = """
        (setq t (torch_tensor '((1 2) (3 4))))
        (println (torch_shape t) (torch_item (torch_sum t)))
        (println (maybe (eval "(+ 1 2)") "no compiler"))"""
    assert bundle(text) == 0
    venv.create("fresh", with_pip=False)
    python = Path("fresh/bin/python").absolute()
    place = "import sysconfig; print(sysconfig.get_path('purelib'))"
    shown = subprocess.run([python, "-c", place], capture_output=True, check=True)
    site = Path(shown.stdout.decode().strip())
    for name in with_what_it_needs("torch"):
        tops = {file.parts[0] for file in files(name) or () if file.parts[0] != ".."}
        for top in tops - {"__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(distribution(name).locate_file(top))
    ran = subprocess.run(
        [python, "-I", "my_tool.pyz"], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout) == (0, "(2 2) 10\n3\n"), ran.stderr
    ours = "import importlib.util as u; print(u.find_spec('lisptorch_compile'))"
    shown = subprocess.run([python, "-I", "-c", ours], capture_output=True, check=True)
    assert shown.stdout == b"None\n"


def test_bundles_are_equal_wherever_they_are_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for name, zone in (("a", "UTC"), ("b", "America/Los_Angeles")):
        Path(name).mkdir()
        monkeypatch.chdir(folder / name)
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert bundle("(println 1)") == 0
        made.append(Path("my_tool.pyz").read_bytes())
        monkeypatch.chdir(folder)
    monkeypatch.delenv("TZ")
    time.tzset()
    assert made[0] == made[1]


def test_error_writes_no_bundle(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bundle("(println (nowhere 1))") == 1
    assert "unknown function `nowhere`" in capsys.readouterr().err
    assert not Path("my_tool.pyz").exists()


def test_bundle_runs_from_any_folder_with_arguments(folder: Path) -> None:
    Path("lib").mkdir()
    Path("lib/part.lsp").write_text("(defun named (x) (+ `<` x `>`))")
    text = '(load "lib/part.lsp")\n(println (map \'named (cdr _args)))\n(exit 7)'
    assert bundle(text, "-o", "bin/tool") == 0
    elsewhere = folder / "else where"
    elsewhere.mkdir()
    moved = Path("bin/tool").rename(elsewhere / "moved")
    process = subprocess.run(
        [sys.executable, "-I", "-S", moved.name, "--fast", "ä b", "-"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=elsewhere,
    )
    assert (process.returncode, process.stderr) == (7, "")
    assert process.stdout == '("<--fast>" "<ä b>" "<->")\n'


def test_full_disk_is_told_in_a_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **options: object) -> None:
        each = (f"a{n}.py" for n in range(100))
        raise shutil.Error([(a, a, f"No space left on device: {a!r}") for a in each])

    monkeypatch.setattr(shutil, "copytree", full)
    assert bundle("(println 1)") == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "lisptorch: No space left on device: 'a0.py'"
    assert not Path("my_tool.pyz").exists()


def test_file_that_is_no_bundle_stays(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mine").write_text("work of mine")
    assert bundle("(println 1)", "-o", "mine") == 3
    assert "mine is no bundle of lisptorch" in capsys.readouterr().err
    assert bundle("(println 1)", "-o", "tool") == 0
    assert bundle("(println 2)", "-o", "tool") == 0
    assert run_alone("tool") == "2\n"
    Path("link").symlink_to("tool")
    assert bundle("(println 3)", "-o", "link", "--force") == 3
