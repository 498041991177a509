"""``-`` and ``--stdin-filename``, and what a file that is compiled alone imports."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from programs import run_python

from lisptorch_compile.cli import run_command_line

TOOLS = "(defun twice (x) (* 2 x))\n(defmacro thrice (x) (* 3 x))\n"
MAIN = '(load "tools.lsp")\n(println (twice 21) (thrice 4))\n'
FAULTY = '(load "tools.lsp")\n(println (twicee 21))\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("lib", "other"):
        Path(name).mkdir()
        Path(name, "tools.lsp").write_text(TOOLS, encoding="utf-8")
    return tmp_path


Give = Callable[..., int]


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Give:
    """Return what carries out a command that reads a text from the standard input."""

    def run(line: str, text: str = MAIN) -> int:
        stream = io.TextIOWrapper(io.BytesIO(text.encode()))
        monkeypatch.setattr("sys.stdin", stream)
        return run_command_line(line.split())

    return run


NAMED = "--stdin-filename lib/main.lsp"


def test_unsaved_text_is_compiled_as_its_file(
    give: Give, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert give(f"compile - {NAMED}") == 0
    printed = capfdbinary.readouterr().out
    Path("lib/main.lsp").write_text(MAIN, encoding="utf-8")
    assert run_command_line(["compile", "lib/main.lsp"]) == 0
    assert Path("lib/main.py").read_bytes() == printed
    assert give(f"compile - {NAMED} -o lib/main.py --check") == 0
    assert give(f"compile - {NAMED} -o lib/main.py --check", FAULTY) == 1


def test_unsaved_text_is_checked_as_its_file(
    give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    assert give(f"check - --json {NAMED}", FAULTY) == 1
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["file"], found["line"]) == ("lib/main.lsp", 2)
    assert found["hint"] == "did you mean `twice`?"
    assert give("check - --json", FAULTY) == 1  # nothing to load here
    codes = [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()]
    assert "LT0304" in codes


def test_unsaved_text_is_expanded_and_examined_as_its_file(
    give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    assert give(f"expand - {NAMED}") == 0
    assert "(println (twice 21) (* 3 4))" in capsys.readouterr().out
    assert give(f"doctor - {NAMED}", FAULTY) == 1
    assert capsys.readouterr().out.startswith("lib/main.lsp:2:11: ")
    assert give(f"format - {NAMED}", "(setq  a") == 1
    assert "--> lib/main.lsp:1:1" in capsys.readouterr().err


def test_unsaved_text_runs_with_the_files_beside_it(folder: Path) -> None:
    run = ("-m", "lisptorch_compile", "run", *NAMED.split(), "-")
    done = run_python(*run, stdin=MAIN, cwd=folder)
    assert (done.stdout, done.stderr) == ("42 12\n", "")
    run = ("-m", "lisptorch_compile", "run", "-")
    done = run_python(*run, stdin=MAIN, cwd=folder / "other")
    assert (done.stdout, done.stderr) == ("42 12\n", "")


def test_unsaved_text_is_bundled(give: Give, folder: Path) -> None:
    assert give(f"bundle - {NAMED}") == 0
    names = zipfile.ZipFile("lib/main.pyz").namelist()
    assert {"__main__.py", "tools.py"} < set(names)
    assert give("bundle - -o tool.pyz", "(println 1)") == 0
    assert run_python("tool.pyz").stdout == "1\n"


# --- files that are not written -------------------------------------------------------


def test_missing_and_stale_imports_are_noted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def noted(*arguments: str) -> str:
        assert run_command_line(["compile", *arguments]) == 0
        return capsys.readouterr().err

    Path("lib/main.lsp").write_text(MAIN, encoding="utf-8")
    note = "lisptorch: note: the program imports {}, which is {}: compile {}, too\n"
    source = "lib/tools.lsp"
    assert noted("lib/main.lsp") == note.format("lib/tools.py", "missing", source)
    assert noted("lib/main.lsp", "-o", "out/main.py") == note.format(
        "out/tools.py", "missing", source
    )
    assert noted("lib/main.lsp", "--stdout") == ""
    assert noted("lib/main.lsp", source) == ""
    assert noted("lib/main.lsp") == ""
    Path(source).write_text(TOOLS + "; changed\n", encoding="utf-8")
    assert noted("lib/main.lsp") == note.format("lib/tools.py", "stale", source)
    assert noted("lib") == ""
