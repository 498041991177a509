"""What inspection, the debugger and coverage show of LispE files."""

from __future__ import annotations

import importlib
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from programs import run_python

import lisptorch_compile

LESSON = """\
; shapes and such
(setq base 3)

(defun twice (x)
   (setq y (* x 2))
   (if (> y 10)
      (println "it's" y)
      (println `less`))
   (list 'a y)
)

(class@ My-Point (x y)
   (defun norm () (+ x
      y)))

(data@ Shape (Circle _)
   (Square _ _))

(setq successor (\\(x)
   (setq z x)
   (+ z 1)))
"""


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / "inspected.lsp").write_text(LESSON, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    hook = lisptorch_compile.install_import_hook()
    yield importlib.import_module("inspected")
    hook.remove()
    del sys.modules["inspected"]


@pytest.mark.parametrize(
    "name, first, last",
    [
        ("twice", 4, 10),
        ("My_Point", 12, 14),
        ("My_Point.norm", 13, 14),
        ("Circle", 16, 17),
        ("Square", 17, 17),
        ("successor", 19, 21),
    ],
)
def test_source_of_a_definition_is_its_form(
    lesson: ModuleType, name: str, first: int, last: int
) -> None:
    found: object = lesson
    for part in name.split("."):
        found = getattr(found, part)
    expected = LESSON.splitlines(keepends=True)[first - 1 : last]
    assert inspect.getsource(found) == "".join(expected)  # type: ignore[arg-type]
    assert inspect.getsourcelines(found)[1] == first  # type: ignore[arg-type]


def test_source_of_python_is_found_as_ever(lesson: ModuleType) -> None:
    shown = inspect.getsource(inspect.cleandoc)
    assert shown.startswith("def cleandoc(") and "\ndef " not in shown
    assert inspect.getsource(Path).startswith("class Path(")


def test_removing_the_hook_leaves_inspect_as_it_was() -> None:
    before = inspect.findsource, inspect.getblock
    lisptorch_compile.install_import_hook().remove()
    assert (inspect.findsource, inspect.getblock) == before


def test_debugger_stops_in_lispe_and_lists_it(lesson: ModuleType) -> None:
    program = (
        "import lisptorch_compile; lisptorch_compile.install_import_hook()\n"
        "import inspected, pdb\n"
        "pdb.run('inspected.twice(7)', {'inspected': inspected})\n"
    )
    commands = "break inspected.lsp:6\ncontinue\nlonglist\nprint(y)\nquit\n"
    folder = Path(str(lesson.__file__)).parent
    shown = run_python("-c", program, stdin=commands, cwd=folder).stdout
    assert "inspected.lsp(6)twice()\n-> (if (> y 10)\n" in shown
    assert "  4  \t(defun twice (x)\n" in shown
    assert "\n 10  \t)\n(Pdb) 14\n" in shown


def test_breakpoint_can_stand_in_lispe(tmp_path: Path) -> None:
    source = tmp_path / "stops.lsp"
    source.write_text(
        "(pyimport builtins [breakpoint])\n"
        "(defun f (x)\n   (breakpoint)\n   (println x))\n(f 5)\n"
    )
    shown = run_python(
        *("-m", "lisptorch_compile", "run", "stops.lsp"),
        stdin="next\np x + 1\ncontinue\n",
        cwd=tmp_path,
    ).stdout
    assert "-> (println x)" in shown and "(Pdb) 6\n" in shown and "5\n" in shown


def test_coverage_counts_lines_of_lispe(tmp_path: Path) -> None:
    pytest.importorskip("coverage")
    (tmp_path / "main.lsp").write_text(
        '(load "part.lsp")\n(defun pick (x)\n   (if (> x 1)\n'
        '      (println "big")\n      (println "small")))\n(pick (twice 2))\n'
    )
    (tmp_path / "part.lsp").write_text(
        "(defun twice (x)\n   (* x 2))\n(defun unused (x)\n   (* x 3))\n"
    )
    (tmp_path / "never.lsp").write_text('(println "never")\n')
    (tmp_path / ".coveragerc").write_text(
        "[run]\nsource = .\nplugins = lisptorch_compile.tools.coverage_plugin\n"
    )
    run_coverage = ("-m", "coverage", "run", "-m", "lisptorch_compile")
    ran = run_python(*run_coverage, "run", "main.lsp", cwd=tmp_path)
    assert ran.stdout == "big\n", ran.stderr
    run_python("-m", "coverage", "json", "-q", cwd=tmp_path)
    report = json.loads((tmp_path / "coverage.json").read_text())
    missing = {name: found["missing_lines"] for name, found in report["files"].items()}
    assert missing == {"main.lsp": [5], "part.lsp": [4], "never.lsp": [1]}


# --- written files ------------------------------------------------------------------------

FAILING = "(defun pick (l)\n   (@ l 10)\n)\n(pick (list 1))\n"


def test_excepthook_leads_written_files_back_to_lispe(tmp_path: Path) -> None:
    (tmp_path / "failing.lsp").write_text(FAILING)
    run_python("-m", "lisptorch_compile", "compile", "failing.lsp", cwd=tmp_path)
    program = "import lisptorch_compile as c; c.install_excepthook(); import failing"
    shown = run_python("-c", program, cwd=tmp_path).stderr
    assert 'failing.lsp", line 4, in <module>\n    (pick (list 1))\n' in shown
    assert 'failing.lsp", line 2, in pick\n    (@ l 10)\n' in shown
    assert shown.endswith("IndexError: list index out of range\n")
    plain = run_python("-c", "import failing", cwd=tmp_path).stderr
    assert "failing.lsp" not in plain


def test_excepthook_shows_other_errors_as_ever_and_can_be_removed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: shown.append(kind))
    before = sys.excepthook
    hook = lisptorch_compile.install_excepthook()
    assert lisptorch_compile.install_excepthook() is hook
    try:
        _ = 1 // 0
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert shown == [ZeroDivisionError] and capsys.readouterr().err == ""
    hook.remove()
    assert sys.excepthook is before
