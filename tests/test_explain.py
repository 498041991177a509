"""``lisptorch explain``: from compiled Python back to LispE."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import run_python

from lisptorch_compile.cli import run_command_line

TEXT = """\
(defun third-of (row)
   (@ row 2))

(defun main (row)
   (+ 1 (third-of row)))
(println (main (list 1 2)))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("src").mkdir()
    Path("src/a.lsp").write_text(TEXT)
    assert run_command_line(["compile", "src/a.lsp", "-o", "a.py"]) == 0
    return tmp_path


def line_with(text: str) -> int:
    lines = Path("a.py").read_text().splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


def test_line_is_shown_with_its_lispe(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = line_with("print(main")
    assert run_command_line(["explain", f"a.py:{number}"]) == 0
    python = Path("a.py").read_text().splitlines()[number - 1]
    assert capsys.readouterr().out == (
        f"a.py:{number}\n{number:>5} | {python}\n"
        "src/a.lsp:6:1\n"
        "    6 | (println (main (list 1 2)))\n"
        "      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
    )


def test_traceback_is_written_again_in_lispe(folder: Path) -> None:
    failed = run_python("a.py")
    assert failed.returncode == 1
    process = run_python("-m", "lisptorch_compile", "explain", stdin=failed.stderr)
    source = folder / "src" / "a.lsp"
    shown = process.stdout.replace(str(folder / "src/../src"), str(folder / "src"))
    assert shown.splitlines()[:7] == [
        "Traceback (most recent call last):",
        f'  File "{source}", line 6, in <module>',
        "    (println (main (list 1 2)))",
        f'  File "{source}", line 5, in main',
        "    (+ 1 (third-of row)))",
        f'  File "{source}", line 2, in third-of',
        "    (@ row 2))",
    ]
    assert "IndexError" in shown


def test_other_text_passes_unchanged() -> None:
    text = 'x\n  File "nowhere.py", line 3, in f\n    f()\n    ^^^\nError: y\n'
    process = run_python("-m", "lisptorch_compile", "explain", stdin=text)
    assert process.stdout == text


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda: Path("a.py").write_text("x = 1\n"), "a.py has changed since"),
        (lambda: Path("a.py.map").unlink(), "there is no a.py.map"),
        (lambda: Path("a.py.map").write_text("{"), "a.py.map is damaged"),
        (lambda: Path("a.py.map").write_text("[1]"), "a.py.map is damaged"),
        (lambda: Path("src/a.lsp").unlink(), "cannot read src/a.lsp"),
        (lambda: Path("a.py").unlink(), "there is no a.py"),
    ],
)
def test_what_cannot_be_explained_says_why(
    folder: Path, capsys: pytest.CaptureFixture[str], break_it: object, message: str
) -> None:
    assert callable(break_it)
    break_it()
    assert run_command_line(["explain", "a.py:3"]) == 3
    assert message in capsys.readouterr().err


def test_lispe_needs_no_explanation(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["explain", "src/a.lsp:1"]) == 3
    assert "src/a.lsp is LispE" in capsys.readouterr().err


def test_line_that_is_not_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["explain", "a.py:999"]) == 3
    assert "and no line 999" in capsys.readouterr().err
    assert run_command_line(["explain", "a.py"]) == 2


def test_changed_source_is_named_without_its_text(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("src/a.lsp").write_text("; another\n")
    assert run_command_line(["explain", f"a.py:{line_with('print(main')}"]) == 0
    assert "src/a.lsp:6:1 (which has changed since" in capsys.readouterr().out
