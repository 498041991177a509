"""Importing LispE files, and loading them by path."""

from __future__ import annotations

import builtins
import importlib
import inspect
import os
import re
import sys
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import ROOT, run_python

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


# --- kept bytecode ------------------------------------------------------------------------


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("__pycache__/*.lsp.*.pyc"))


@pytest.fixture
def kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, with bytecode written whatever the environment says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return folder


def imported_again(name: str) -> str:
    """Import a module in a new process; return what it prints and loads of ours."""
    program = (
        "import sys, lisptorch_compile\n"
        "lisptorch_compile.install_import_hook()\n"
        f"import {name}\n"
        "print('lisptorch_compile.codegen' in sys.modules)\n"
    )
    process = run_python("-c", program, env=environment())
    assert process.returncode == 0, process.stderr
    return process.stdout


def environment() -> dict[str, str]:
    """Return what a new process needs to find the modules, and to keep bytecode."""
    package = str(Path(lisptorch_compile.__file__).parents[1])
    path = os.pathsep.join([*sys.path[:1], package])
    unset = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": ""}
    return {"PYTHONPATH": path, **unset}


def test_an_import_is_compiled_but_once(kept: Path) -> None:
    write(kept / "lesson_kept.lsp", '(load "lesson_part.lsp") (println (part 2))')
    write(kept / "lesson_part.lsp", "(defun part (n) (* 2 n))")
    importlib.import_module("lesson_kept")
    assert len(entries(kept)) == 1
    assert imported_again("lesson_kept") == "4\nFalse\n"


def test_a_changed_part_is_compiled_again(kept: Path) -> None:
    write(kept / "lesson_whole.lsp", '(load "lesson_changed.lsp") (println (part 2))')
    part = write(kept / "lesson_changed.lsp", "(defun part (n) (* 2 n))")
    importlib.import_module("lesson_whole")
    part.write_text("(defun part (n) (* 3 n))", encoding="utf-8")
    assert imported_again("lesson_whole") == "6\nTrue\n"
    assert imported_again("lesson_whole") == "6\nFalse\n"


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xe3\x00"])
def test_a_damaged_entry_is_made_anew(kept: Path, damage: bytes) -> None:
    write(kept / "lesson_damaged.lsp", "(println 7)")
    importlib.import_module("lesson_damaged")
    (entry,) = entries(kept)
    entry.write_bytes(damage)
    assert imported_again("lesson_damaged") == "7\nTrue\n"
    assert imported_again("lesson_damaged") == "7\nFalse\n"


def test_a_moved_entry_is_not_used(kept: Path) -> None:
    write(kept / "lesson_moved.lsp", "(println 7)")
    importlib.import_module("lesson_moved")
    (entry,) = entries(kept)
    write(kept / "lesson_other.lsp", "(println 8)")
    entry.rename(entry.with_name(entry.name.replace("moved", "other")))
    assert imported_again("lesson_other") == "8\nTrue\n"


def test_nothing_is_kept_where_python_keeps_nothing(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    write(kept / "lesson_unkept.lsp", "(setq n 7)")
    assert importlib.import_module("lesson_unkept").n == 7
    assert entries(kept) == []


def test_errors_of_kept_code_show_the_lisp_line(kept: Path) -> None:
    write(kept / "lesson_failing.lsp", '(defun f () (throw "no"))\n')
    importlib.import_module("lesson_failing")
    program = "import lisptorch_compile as c; c.install_import_hook(); "
    program += "import lesson_failing as m; m.f()"
    process = run_python("-c", program, env=environment())
    assert process.stderr.startswith("no, line: 1 in: ")
    assert '(defun f () (throw "no"))' in process.stderr


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


def test_errors_of_public_functions_are_public() -> None:
    documented = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name in lisptorch_compile.__all__:
        text = inspect.getdoc(getattr(lisptorch_compile, name)) or ""
        _, _, raised = text.partition("\nRaises:\n")
        for error in re.findall(r"^ +(\w+):", raised, re.MULTILINE):
            assert hasattr(builtins, error) or error in lisptorch_compile.__all__
        if name != "__version__":
            assert f"::: lisptorch_compile.{name}\n" in documented


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "none.lsp"
    for work in (lisptorch_compile.load, lisptorch_compile.compile_file):
        with pytest.raises(lisptorch_compile.SourceError, match="No such file"):
            work(missing)


def test_compile_source_returns_python_or_raises() -> None:
    python = lisptorch_compile.compile_source("(println 1)", filename="a.lsp")
    assert python.startswith('"""Compiled from a.lsp by lisptorch-compile."""')
    with pytest.raises(lisptorch_compile.CompileError) as caught:
        lisptorch_compile.compile_source("(println")
    assert len(caught.value.diagnostics) == 1


def test_part_of_a_package_loads_its_neighbours(folder: Path) -> None:
    package = folder / "lesson_package"
    package.mkdir()
    write(package / "__init__.py", "")
    write(package / "tools.lsp", "(defun twice (x) (* 2 x))")
    source = write(package / "main.lsp", '(load "tools.lsp")\n(setq n (twice 21))')
    module = importlib.import_module("lesson_package.main")
    assert module.n == 42
    assert module.tools is importlib.import_module("lesson_package.tools")
    # by its path, the file is no part of a package: another program
    assert lisptorch_compile.load(source).n == 42


def test_prepared_code_of_a_file_that_has_changed_is_not_used(folder: Path) -> None:
    write(folder / "lesson_user.lsp", '(load "lesson_used.lsp") (setq n (used))')
    part = write(folder / "lesson_used.lsp", "(defun used () 1)")
    user = importlib.import_module("lesson_user")
    write(folder / "lesson_user.lsp", '(load "lesson_used.lsp") (setq n (* 10 (used)))')
    assert importlib.reload(user).n == 10
    part.write_text("(defun used () 2)", encoding="utf-8")
    importlib.reload(sys.modules["lesson_used"])
    assert importlib.reload(user).n == 20


# --- packages and archives ----------------------------------------------------------------


def test_package_may_be_lispe(folder: Path) -> None:
    package = folder / "lesson_pack" / "inner"
    package.mkdir(parents=True)
    write(package.parent / "__init__.lsp", '(load "tools.lsp") (setq n (twice 4))')
    write(package.parent / "tools.lsp", "(defun twice (x) (* 2 x))")
    write(package / "part.lsp", '(load "../tools.lsp") (setq n (twice 5))')
    pack = importlib.import_module("lesson_pack")
    part = importlib.import_module("lesson_pack.inner.part")
    assert (pack.n, part.n) == (8, 10)
    assert pack.__path__ == [str(package.parent)]
    assert part.tools is pack.tools


def test_archive_holds_modules(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "lessons.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("lesson_zip.lsp", '(load "lesson_zip_part.lsp")\n(setq n (f 2))')
        file.writestr("lesson_zip_part.lsp", "(defun f (x)\n   (/ 8 (- x 2)))")
        file.writestr("lesson_zip_pack/__init__.py", "")
        file.writestr("lesson_zip_pack/inner.lsp", "(setq n 5)")
    sys.path.insert(0, str(archive))
    try:
        assert importlib.import_module("lesson_zip_pack.inner").n == 5
        with pytest.raises(ZeroDivisionError) as caught:
            importlib.import_module("lesson_zip")
    finally:
        sys.path.remove(str(archive))
    last = traceback.extract_tb(caught.tb)[-1]
    place = str(archive / "lesson_zip_part.lsp")
    assert (last.filename, last.lineno, last.line) == (place, 2, "(/ 8 (- x 2)))")
