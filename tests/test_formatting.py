"""The layout of LispE."""

from __future__ import annotations

from pathlib import Path

import pytest
from form_shapes import shape
from hypothesis import example, given, settings
from hypothesis import strategies as st
from programs import ROOT, run_python

from lisptorch_compile import CompileError
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.diagnostics import Severity, Source
from lisptorch_compile.reader import read
from lisptorch_compile.tools.formatting import format_text

#: Text before, text after.
RULES = {
    "blanks": ("(  setq  a\t1 )", "(setq a 1)"),
    "glued signs": (
        "' (a  b) \\(x) {\"a\" : 1 'b: 2}",
        "'(a b) \\(x) {\"a\": 1 'b: 2}",
    ),
    "texts to look for": ('(extract s -"/" - )', '(extract s -"/" -)'),
    "words that touch": ('(a"b"(c)(d))', '(a "b" (c) (d))'),
    "repeated patterns": ("(defpat f ([ (< x 1)+ $ r ])  x)", None),
    "body of a function": (
        "(defun f (x)\n(println x)\n        x)",
        "(defun f (x)\n   (println x)\n   x)",
    ),
    "bracket on a line of its own": (
        "(defun f (x)\n  (g\n x)\n      )",
        "(defun f (x)\n   (g\n      x)\n)",
    ),
    "bracket of a single line is joined": ("(println a b\n)", "(println a b)"),
    "name is joined to its bracket": ("(\n  println a)", "(println a)"),
    "arguments stand below the first": (
        "(println a\n  b\n  c)",
        "(println a\n         b\n         c)",
    ),
    "arguments behind the name alone": (
        '(setq c (dictionary\n"a" 1\n  "b" 2\n))',
        '(setq c (dictionary\n   "a" 1\n   "b" 2\n))',
    ),
    "code in the middle of a call": (
        "(println (if a\n b\n c) d)",
        "(println (if a\n            b\n            c) d)",
    ),
    "lambda at the end of a line": (
        "(setq f (\\(x)\n        (g x)\n  ))",
        "(setq f (\\(x)\n   (g x)\n))",
    ),
    "data": ("(setq l '((1 2)\n(3 4)))", "(setq l '((1 2)\n          (3 4)))"),
    "data behind its bracket": (
        '(setq l (\n    ("a" 1)\n("b" 2)\n))',
        '(setq l (\n   ("a" 1)\n   ("b" 2)\n))',
    ),
    "clauses": (
        "(cond ((> x 1)\n   1)\n(true\n2))",
        "(cond ((> x 1)\n       1)\n   (true\n      2))",
    ),
    "fields of a class": (
        "(class@ P (x\n(y 1))\n(defun f () x))",
        "(class@ P (x\n           (y 1))\n   (defun f () x))",
    ),
    "blank lines": ("(f)\n\n\n\n\n(g\n\n\n  1)", "(f)\n\n\n(g\n\n   1)"),
    "blank lines at the ends": ("\n\n(f\n\n)\n\n", "(f)"),
    "comments": (
        "(defun f (x) ; one\n; two  \n(g x)    ; three\n  (g)   ; four\n)",
        "(defun f (x)  ; one\n   ; two\n   (g x)  ; three\n   (g)    ; four\n)",
    ),
    "comment before a bracket": ("(f x ; why\n)", "(f x  ; why\n)"),
    "block comments": (
        ";; a\n   b ;; (f)\n(g ;;x;; 1)",
        ";; a\n   b ;; (f)\n(g ;;x;; 1)",
    ),
    "interpreter line": ("#!/usr/bin/env lispe\n\n(f)", "#!/usr/bin/env lispe\n\n(f)"),
    "hash comments": ("(f\n# why\n 1)", "(f\n   # why\n   1)"),
    "strings of several lines": ("(f `a\n  b`   1)", "(f `a\n  b` 1)"),
    "super-brackets": ("(setq x (cons 'e '(])", "(setq x (cons 'e '()))"),
    "a call too long": (
        f"(println {'a' * 40} {'b' * 40} {'c' * 40})",
        f"(println {'a' * 40}\n         {'b' * 40}\n         {'c' * 40})",
    ),
    "a call too long of a long name": (
        f"(setq r ({'f' * 30} {'a' * 40} {'b' * 40}))",
        f"(setq r ({'f' * 30}\n   {'a' * 40}\n   {'b' * 40}))",
    ),
    "a condition too long": (
        f"(if (f {'a' * 50}) (g {'b' * 30}) (h {'c' * 30}))",
        f"(if (f {'a' * 50})\n   (g {'b' * 30})\n   (h {'c' * 30}))",
    ),
    "numbers too many": (
        f"(setq l '({'12345678 ' * 14}))",
        f"(setq l '({'12345678 ' * 9}12345678\n{' ' * 10}{'12345678 ' * 3}12345678))",
    ),
}


@pytest.mark.parametrize("before, after", RULES.values(), ids=RULES.keys())
def test_layout(before: str, after: str | None) -> None:
    result = format_text(before)
    if after is not None:
        assert result == after + "\n"
    assert format_text(result) == result


def readable_files() -> list[Path]:
    files = sorted(path for path in ROOT.rglob("*.lsp") if ".venv" not in path.parts)
    assert len(files) > 150
    return [path for path in files if not _has_errors(path.read_text("utf-8"))]


def _has_errors(text: str) -> bool:
    found = read(Source.of(text)).diagnostics
    return any(d.severity is Severity.ERROR for d in found)


def test_every_program_here_keeps_its_meaning_and_is_laid_out_once() -> None:
    for path in readable_files():
        text = path.read_text("utf-8")
        result = format_text(text, str(path))
        assert meaning(result) == meaning(text), path
        assert format_text(result, str(path)) == result, path
        assert all(line == line.rstrip() for line in plain_lines(result)), path


def plain_lines(text: str) -> list[str]:
    """Return the lines of a text, none where a string has several."""
    return [] if "`" in text or '"""' in text else text.splitlines()


def meaning(text: str) -> object:
    """Return all that the compiler sees, but for places."""
    result = read(Source.of(text))
    return [shape(form) for form in result.forms], [
        [line.strip() for line in comment.text.splitlines()]
        for comment in result.comments
    ]


def test_empty_text_stays_empty() -> None:
    assert [format_text(text) for text in ("", "\n\n", "  ")] == ["", "", ""]


def test_line_ends_of_windows_stay() -> None:
    assert format_text("(f 1)\r\n(g\r\n 2)\r\n") == "(f 1)\r\n(g\r\n   2)\r\n"


def test_depth_does_not_matter() -> None:
    deep = "(f " * 20_000 + "1" + ")" * 20_000
    assert format_text(deep) == deep + "\n"


def test_errors_are_those_of_the_reader() -> None:
    with pytest.raises(CompileError, match=r"a\.lsp:1:1"):
        format_text("(f (g 1)", "a.lsp")


# --- random texts -------------------------------------------------------------------------

GAPS = st.sampled_from(
    [" ", "  ", "\n", "\n\n\n", "\n   ", " ; a\n", "\n; b ; c\n", "\t"]
)
NAMES = ["f", "if", "defun", "setq", "cond", "println", "#", "$", ".", "x" * 30]
ATOMS = st.sampled_from(
    [*NAMES, "12", "-3.5", '"a b"', "`a\n b`", "'c", "\\(x)", "'()"]
)


@st.composite
def forms(draw: st.DrawFn) -> str:
    opener, closer = draw(st.sampled_from(["()", "()", "()", "[]", "{}"]))
    items = draw(st.lists(ATOMS | forms(), max_size=6))
    if opener == "{" and not items:
        return "{}"
    parts = [draw(GAPS | st.just("")) if draw(st.booleans()) else ""]
    for item in items:
        parts += [item, draw(GAPS)]
    return opener + "".join(parts) + closer


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(forms(), GAPS), max_size=4))
@example([("(f (\n)\n)", " ")])
def test_random_texts_keep_their_meaning_and_are_laid_out_once(
    parts: list[tuple[str, str]],
) -> None:
    text = "".join(part for pair in parts for part in pair)
    if _has_errors(text):
        return
    result = format_text(text)
    assert meaning(result) == meaning(text)
    assert format_text(result) == result


# --- the command --------------------------------------------------------------------------

UGLY = "(setq  a 1)\n(println a\n b)\n"
NEAT = "(setq a 1)\n(println a\n         b)\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lib").mkdir()
    (tmp_path / "ugly.lsp").write_text(UGLY)
    (tmp_path / "lib" / "neat.lisp").write_text(NEAT)
    return tmp_path


def test_format_writes_what_changes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["format", "."]) == 0
    assert capsys.readouterr().err == "1 of 2 files changed\n"
    assert (folder / "ugly.lsp").read_text() == NEAT
    assert sorted(path.name for path in folder.iterdir()) == ["lib", "ugly.lsp"]


def test_python_is_never_laid_out_as_lispe(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "def f(x):\n    return x\n"
    (folder / "mine.py").write_text(text)
    assert run_command_line(["format", "mine.py"]) == 3
    assert capsys.readouterr().err == (
        "lisptorch: mine.py is a file of Python, not of LispE\n"
    )
    assert (folder / "mine.py").read_text() == text


def test_check_and_diff_write_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["format", "--check", "."]) == 1
    assert capsys.readouterr().out == "would change: ugly.lsp\n"
    assert run_command_line(["format", "--diff", "ugly.lsp"]) == 1
    assert capsys.readouterr().out == (
        "--- ugly.lsp\n+++ ugly.lsp (laid out)\n@@ -1,3 +1,3 @@\n"
        "-(setq  a 1)\n+(setq a 1)\n (println a\n- b)\n+         b)\n"
    )
    assert (folder / "ugly.lsp").read_text() == UGLY
    assert run_command_line(["format", "--check", "lib"]) == 0


def test_file_with_errors_stays_and_others_are_laid_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = folder / "broken.lsp"
    broken.write_text("(setq  a (f 1)\n")
    assert run_command_line(["format", "broken.lsp", "ugly.lsp"]) == 1
    assert "parentheses do not balance" in capsys.readouterr().err
    assert broken.read_text() == "(setq  a (f 1)\n"
    assert (folder / "ugly.lsp").read_text() == NEAT


def test_standard_input_is_printed(folder: Path) -> None:
    command = ("-m", "lisptorch_compile", "format", "-")
    assert run_python(*command, stdin=UGLY).stdout == NEAT
    broken = run_python(*command, "--stdin-filename", "a.lsp", stdin="(f")
    assert broken.returncode == 1 and "--> a.lsp:1:1" in broken.stderr
