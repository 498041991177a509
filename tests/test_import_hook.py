"""Importing LispE files, and loading them by path."""

from __future__ import annotations

import importlib
import inspect
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import run_python

import lisptorch_compile
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.tools.import_hook import ImportHook
from lisptorch_compile.tools.writing import compile_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that imports search first, with the hook installed."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    hook = lisptorch_compile.install_import_hook()
    yield tmp_path
    hook.remove()
    for name in set(sys.modules) - before:
        if name.startswith("lesson"):
            del sys.modules[name]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    importlib.invalidate_caches()
    return path


def test_a_lisp_file_can_be_imported(folder: Path) -> None:
    source = write(folder / "lesson_one.lsp", "(defun twice (x) (* 2 x))")
    module = importlib.import_module("lesson_one")
    assert module.twice(21) == 42
    assert module.__file__ == str(source)


def test_a_name_with_hyphens_is_found_by_its_python_name(folder: Path) -> None:
    write(folder / "lesson-two.lisp", "(setq answer 42)")
    assert importlib.import_module("lesson_two").answer == 42


def test_a_python_file_of_somebody_wins(folder: Path) -> None:
    write(folder / "lesson_three.lsp", "(setq where 'lisp)")
    write(folder / "lesson_three.py", "where = 'python'")
    assert importlib.import_module("lesson_three").where == "python"


def test_a_fresh_output_is_used_and_a_stale_one_never(folder: Path) -> None:
    source = write(folder / "lesson_four.lsp", "(setq n 1)")
    python = compile_file(source)
    module = importlib.import_module("lesson_four")
    assert (module.n, module.__file__) == (1, str(python))
    write(source, "(setq n 2)")
    del sys.modules["lesson_four"]
    module = importlib.import_module("lesson_four")
    assert (module.n, module.__file__) == (2, str(source))


def test_a_module_earlier_on_the_path_wins(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(folder / "lesson_five.lsp", "(setq where 'late)")
    earlier = tmp_path_factory.mktemp("earlier")
    write(earlier / "lesson_five.py", "where = 'early'")
    sys.path.insert(0, str(earlier))
    try:
        assert importlib.import_module("lesson_five").where == "early"
    finally:
        sys.path.remove(str(earlier))


def test_installing_twice_gives_one_hook_and_removing_takes_it_away(
    folder: Path,
) -> None:
    first = lisptorch_compile.install_import_hook()
    assert lisptorch_compile.install_import_hook() is first
    assert sum(isinstance(f, ImportHook) for f in sys.meta_path) == 1
    write(folder / "lesson_six.lsp", "(setq n 1)")
    first.remove()
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("lesson_six")


def test_a_source_with_errors_is_a_compile_error(folder: Path) -> None:
    write(folder / "lesson_seven.lsp", "(println unknown)")
    with pytest.raises(lisptorch_compile.CompileError, match="unknown name `unknown`"):
        importlib.import_module("lesson_seven")
    assert "lesson_seven" not in sys.modules


def test_tracebacks_and_inspect_show_the_lisp_text(folder: Path) -> None:
    text = "(defun pick (l)\n   (@ l 10)\n)\n"
    source = write(folder / "lesson_eight.lsp", text)
    module = importlib.import_module("lesson_eight")
    with pytest.raises(LispError, match="index out of bounds") as caught:
        module.pick([1])
    frames = traceback.extract_tb(caught.tb)
    (frame,) = [frame for frame in frames if frame.filename == str(source)]
    assert (frame.lineno, frame.line) == (2, "(@ l 10)")
    assert inspect.getsource(module) == text


def test_an_uncaught_error_shows_its_line_first(folder: Path) -> None:
    write(folder / "lesson_nine.lsp", "(defun pick (l)\n   (@ l 10)\n)\n")
    program = (
        "import lisptorch_compile as c; c.install_import_hook()\n"
        "import lesson_nine\n"
        "lesson_nine.pick([1])\n"
    )
    process = run_python("-c", program, cwd=folder)
    first, second, third, *_ = process.stderr.splitlines()
    assert first.startswith("Error: index out of bounds, line: 2 in: ")
    assert first.endswith("lesson_nine.lsp")
    assert (second, third) == ("    2 |    (@ l 10)", "")
    assert "Traceback (most recent call last):" in process.stderr
    assert process.returncode == 1


def test_an_uncaught_error_of_python_alone_is_shown_as_ever(folder: Path) -> None:
    hook = "import lisptorch_compile as c; hook = c.install_import_hook()\n"
    for program in (hook + "1 / 0", hook + "hook.remove(); 1 / 0"):
        process = run_python("-c", program, cwd=folder)
        assert process.stderr.startswith("Traceback")


def test_load_runs_a_file_by_its_path(tmp_path: Path) -> None:
    write(tmp_path / "lesson-part.lsp", "(defun twice (x) (* 2 x))")
    main = write(
        tmp_path / "lesson-main.lsp",
        '(load "lesson-part.lsp")\n(setq answer (twice 21))',
    )
    module = lisptorch_compile.load(main)
    assert (module.__name__, module.answer) == ("lesson_main", 42)
    assert str(tmp_path) not in sys.path


def test_public_names_are_those_that_are_promised() -> None:
    for name in lisptorch_compile.__all__:
        assert getattr(lisptorch_compile, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = lisptorch_compile.nothing  # type: ignore[attr-defined]


def test_compile_source_returns_python_or_raises() -> None:
    python = lisptorch_compile.compile_source("(println 1)", filename="a.lsp")
    assert python.startswith('"""Compiled from a.lsp by lisptorch-compile."""')
    with pytest.raises(lisptorch_compile.CompileError) as caught:
        lisptorch_compile.compile_source("(println")
    assert len(caught.value.diagnostics) == 1
