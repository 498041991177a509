"""Golden files: LispE programs beside the Python they become and what that prints.

``<case>.lsp`` stands beside ``<case>.py`` and ``<case>.out``; ``<case>.err`` holds its
diagnostics, where it has any, and ``<case>.in`` what it reads from the keyboard. ``pytest --update-golden`` writes the expected files anew.
"""

from __future__ import annotations

import ast
import io
from contextlib import suppress
from pathlib import Path

import black
import pytest
from programs import ROOT, run_python

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.rendering import as_text

GOLDEN = ROOT / "tests" / "golden"
CASES = sorted(GOLDEN.rglob("*.lsp"))
EXPECTED_SUFFIXES = (".py", ".out", ".err")
#: Folders whose programs are compiled with other numbers.
_NUMBERS = {"lispe_numbers": Arithmetic.LISPE}


def case_name(path: Path) -> str:
    return path.relative_to(GOLDEN).with_suffix("").as_posix()


every_case = pytest.mark.parametrize("path", CASES, ids=case_name)


def compiled_case(path: Path, **options: bool) -> Compiled:
    numbers = _NUMBERS.get(path.parent.name, Arithmetic.PYTHON)
    text = path.read_text(encoding="utf-8")
    made = Options(numbers=numbers, **options)
    return compile_text(text, filename=path.name, options=made)


def compare(path: Path, actual: str, *, update: bool) -> None:
    """Compare a text with an expected file; no file means an empty text."""
    if update and actual:
        path.write_text(actual, encoding="utf-8")
    elif update:
        path.unlink(missing_ok=True)
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert actual == expected


@every_case
def test_compiles_to_the_expected_python(path: Path, update_golden: bool) -> None:
    result = compiled_case(path)
    problems = "".join(as_text(d, result.source) for d in result.diagnostics)
    compare(path.with_suffix(".err"), problems, update=update_golden)
    compare(path.with_suffix(".py"), result.python or "", update=update_golden)


@every_case
def test_prints_what_is_expected(
    path: Path,
    update_golden: bool,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    python = compiled_case(path).python
    if python is None:
        compare(path.with_suffix(".out"), "", update=update_golden)
        return
    monkeypatch.chdir(tmp_path)
    code = compile(python, str(path.with_suffix(".py")), "exec", dont_inherit=True)
    variables = {"__name__": "__main__", "__file__": str(path)}
    typed = path.with_suffix(".in")
    text = typed.read_text(encoding="utf-8") if typed.exists() else ""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    with suppress(SystemExit):
        exec(code, variables)  # noqa: S102  # the program under test
    compare(path.with_suffix(".out"), capsys.readouterr().out, update=update_golden)


@every_case
def test_output_is_laid_out_as_black_would(path: Path) -> None:
    plain = compiled_case(path, format=False).python
    if plain is not None:
        assert plain == black.format_str(plain, mode=black.Mode())
        assert plain == compiled_case(path).python


@every_case
def test_map_leads_from_lines_of_the_python_to_places_of_the_source(path: Path) -> None:
    result = compiled_case(path)
    if result.python is None:
        return
    assert result.mapping is not None
    python_lines = result.python.count("\n")
    source_lines = result.source.text.split("\n")
    for line, (start, column, end, end_column) in result.mapping["lines"].items():
        assert 1 <= int(line) <= python_lines
        assert (start, column) < (end, end_column) or python_lines == 1
        assert column <= len(source_lines[start - 1]) + 1
        assert end_column <= len(source_lines[end - 1]) + 1


@every_case
def test_places_of_the_tree_lie_in_the_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    result = compile_text(text, filename=path.name, tree=True)
    if result.tree is None:
        return
    lines = [line.encode() for line in text.split("\n")]
    for node in ast.walk(result.tree):
        if hasattr(node, "lineno"):
            assert 1 <= node.lineno <= node.end_lineno <= len(lines)
            assert node.col_offset <= len(lines[node.lineno - 1])
            assert node.end_col_offset <= len(lines[node.end_lineno - 1])


def test_no_expected_file_is_left_over() -> None:
    sources = {path.with_suffix("") for path in CASES}
    expected = [p for p in GOLDEN.rglob("*") if p.suffix in EXPECTED_SUFFIXES]
    assert [path for path in expected if path.with_suffix("") not in sources] == []


def test_expected_python_passes_ruffs_default_rules() -> None:
    # `maybe` and `catch` mean any error: that is their purpose, and BLE001's complaint.
    rules = ("--isolated", "--extend-ignore", "BLE001")
    process = run_python("-m", "ruff", "check", *rules, str(GOLDEN))
    assert process.returncode == 0, process.stdout


def test_expected_python_is_free_of_notes_to_tools_and_of_dynamic_code() -> None:
    for path in GOLDEN.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for mark in ("# fmt", "# noqa", "# type:"):
            # tables of numbers keep their rows
            assert mark not in text or path.stem == "number_tables", path
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"exec", "eval", "compile", "__import__"}, path


@pytest.mark.parametrize("seed", ["1", "20"])
def test_hash_seed_does_not_change_the_output(seed: str) -> None:
    program = """
import sys
from pathlib import Path
from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.pipeline import Options, compile_text
for name in sys.argv[1:]:
    path = Path(name)
    lispe = path.parent.name == "lispe_numbers"
    options = Options(numbers=Arithmetic.LISPE if lispe else Arithmetic.PYTHON)
    text = path.read_text(encoding="utf-8")
    result = compile_text(text, filename=path.name, options=options)
    expected = path.with_suffix(".py")
    wanted = expected.read_text(encoding="utf-8") if expected.exists() else None
    if result.python != wanted:
        print(name)
"""
    process = run_python("-c", program, *map(str, CASES), env={"PYTHONHASHSEED": seed})
    assert (process.returncode, process.stdout) == (0, ""), process.stderr
