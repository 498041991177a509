"""How diagnostics look: to a person, and as JSON."""

from __future__ import annotations

import io
import textwrap

import pytest

from lisptorch_compile.diagnostics import Diagnostic, Fix, Note, Severity, Source, Span
from lisptorch_compile.pipeline import compile_text
from lisptorch_compile.rendering import (
    as_json,
    as_text,
    excerpt,
    pieces,
    summary,
    write,
)

ERROR = Severity.ERROR


def at(text: str, part: str, filename: str = "model.lsp") -> tuple[Source, Span]:
    """Return a source and the place of ``part`` in it."""
    start = text.index(part)
    return Source.of(text, filename), Span(start, start + len(part))


def shown(program: str) -> str:
    """Return every diagnostic of a program as text."""
    result = compile_text(textwrap.dedent(program).strip("\n"), filename="model.lsp")
    return "\n".join(as_text(d, result.source) for d in result.diagnostics)


# --- the text -------------------------------------------------------------------------


def test_place_stands_under_carets_and_the_hint_below() -> None:
    text = "\n" * 11 + "   (if (> loss limit))\n"
    source, span = at(text, "(if (> loss limit))")
    message = "`if` needs a value for the true case"
    hint = "write (if (> loss limit) limit loss)"
    diagnostic = Diagnostic("LT0203", ERROR, message, span, hint)
    assert as_text(diagnostic, source) == (
        "error[LT0203]: `if` needs a value for the true case\n"
        "  --> model.lsp:12:4\n"
        "   12 |    (if (> loss limit))\n"
        "      |    ^^^^^^^^^^^^^^^^^^^\n"
        "  help: write (if (> loss limit) limit loss)\n"
    )


def test_note_shows_its_own_place() -> None:
    source, span = at("(setq a 1)\n(setq a 2)\n", "(setq a 2)")
    note = Note("first set here", Span(0, 10))
    diagnostic = Diagnostic(
        "LT0600", Severity.WARNING, "set twice", span, None, (note,)
    )
    assert as_text(diagnostic, source) == (
        "warning[LT0600]: set twice\n"
        "  --> model.lsp:2:1\n"
        "    2 | (setq a 2)\n"
        "      | ^^^^^^^^^^\n"
        "  note: first set here\n"
        "  --> model.lsp:1:1\n"
        "    1 | (setq a 1)\n"
        "      | ^^^^^^^^^^\n"
    )


def test_place_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    source, span = at("(while x\n   y)\n", "(while x\n   y)")
    assert excerpt(span, source) == "    1 | (while x\n      | ^^^^^^^^\n"


def test_end_of_the_text_has_a_caret_behind_the_last_character() -> None:
    source = Source.of("(a", "model.lsp")
    assert excerpt(Span(2, 2), source) == "    1 | (a\n      |   ^\n"


def test_empty_text_has_a_caret() -> None:
    assert excerpt(Span(0, 0), Source.of("")) == "    1 | \n      | ^\n"


def test_carets_stand_under_wide_characters_and_tabs() -> None:
    source, span = at("(p\t'日本 x)", "x")
    _, carets = excerpt(span, source).splitlines()
    assert carets == "      | " + " " * len("(p    '") + " " * 5 + "^"


def test_large_line_numbers_keep_the_bars_under_each_other() -> None:
    source, span = at("\n" * 123_455 + "(f)", "(f)")
    line, carets = excerpt(span, source).splitlines()
    assert line == "   123456 | (f)"
    assert carets == "          | ^^^"


def test_long_line_is_cut_around_the_place() -> None:
    source, span = at("(" * 5000 + "here" + ")" * 5000, "here")
    line, carets = excerpt(span, source).splitlines()
    assert len(line) < 140 and line[8] == line[-1] == "…"
    assert line[carets.index("^") : carets.rindex("^") + 1] == "here"


def test_nothing_of_the_source_can_steer_the_terminal() -> None:
    source, span = at('(p "\x1b[2J\u202e")', "(p")
    text = as_text(Diagnostic("LT0101", ERROR, "bad \x1b[31m", span), source)
    assert "\x1b" not in text and "\u202e" not in text


def test_colours_are_for_terminals_only() -> None:
    source, span = at("(f)", "(f)")
    diagnostic = Diagnostic("LT0302", ERROR, "unknown function `f`", span)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    plain, coloured = io.StringIO(), Terminal()
    write(plain, pieces(diagnostic, source))
    assert plain.getvalue() == as_text(diagnostic, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NO_COLOR", raising=False)
        patch.setenv("TERM", "xterm-256color")
        write(coloured, pieces(diagnostic, source))
    assert "\x1b[" in coloured.getvalue()


def test_summary_counts_errors_and_warnings() -> None:
    _, span = at("(f)", "(f)")
    error = Diagnostic("LT0302", ERROR, "", span)
    warning = Diagnostic("LT0601", Severity.WARNING, "", span)
    assert summary([]) == ""
    assert summary([error]) == "1 error"
    assert summary([error, error, warning], 3) == "2 errors, 1 warning in 3 files"


# --- JSON -----------------------------------------------------------------------------


def test_json_has_places_counted_from_one_with_an_exclusive_end() -> None:
    source, span = at("(setq a 1)\n  (f\n x)", "(f\n x)")
    note = Note("here", Span(0, 1))
    fixes = (Fix("write g", Span(0, 1), "g"),)
    diagnostic = Diagnostic(
        "LT0302", ERROR, "unknown", span, "try g", (note,), fixes=fixes
    )
    assert as_json(diagnostic, source) == {
        "file": "model.lsp",
        "line": 2,
        "column": 3,
        "end_line": 3,
        "end_column": 4,
        "code": "LT0302",
        "severity": "error",
        "message": "unknown",
        "hint": "try g",
        "notes": [
            {"message": "here", "line": 1, "column": 1, "end_line": 1, "end_column": 2}
        ],
        "fixes": [
            {
                "title": "write g",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 2,
                "text": "g",
            }
        ],
    }


# --- real programs --------------------------------------------------------------------


def test_unknown_name_suggests_the_nearest_known_one() -> None:
    text = shown("""
        (setq counter 1)
        (println countr)
        """)
    assert "unknown name `countr`" in text
    assert "    2 | (println countr)\n" "      |          ^^^^^^\n" in text
    assert "counter" in text.split("help:")[1]


def test_unknown_function_suggests_the_nearest_known_one() -> None:
    text = shown("(torch_zeroes (integers 2))")
    assert "unknown function `torch_zeroes`" in text
    assert "torch_zeros" in text.split("help:")[1]


def test_wrong_number_of_arguments_shows_the_signature() -> None:
    text = shown("""
        (defun area (width height) (* width height))
        (println (area 3))
        """)
    assert "`area` takes 2 arguments, 1 given" in text
    assert "  --> model.lsp:2:10\n" in text
    assert "(area width height)" in text.split("help:")[1]


def test_missing_bracket_is_reported_where_it_was_opened() -> None:
    text = shown("""
        (setq a 1)
        (defun f (x)
           (println x)

        (setq b 2)
        """)
    assert "  --> model.lsp:2:1\n" in text
    assert text.count("error[") == 1


def test_five_independent_faults_are_five_errors() -> None:
    result = compile_text(
        textwrap.dedent("""
        (setq a (+ 1 unknown-one))
        (defun f (x) (if))
        (println (f 1 2 3))
        (torch_zeroes 3)
        (setq if 3)
        """).strip("\n"),
        filename="model.lsp",
    )
    lines = [result.source.position(d.span.start)[0] for d in result.errors]
    assert lines == [1, 2, 3, 4, 5]
    assert result.python is None


def test_every_code_of_the_table_has_a_form_and_a_text() -> None:
    from lisptorch_compile.diagnostics import CODES

    assert len(CODES) > 20
    for code, entry in CODES.items():
        assert code[:2] == "LT" and code[2:].isdigit() and len(code) == 6
        assert entry.message and not entry.message.endswith(".")
        assert entry.message[0].islower() or entry.message[0] in "`({"
