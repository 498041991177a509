"""Comments: their text, and the statement or block they end up at."""

from __future__ import annotations

import colorsys
import inspect
import io
import opcode
import platform
import re
import runpy
import shlex
import tabnanny
import textwrap
import tokenize
from types import ModuleType

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_trees import convert

from lisptorch_compile import linemap
from lisptorch_compile import pytree as p
from lisptorch_compile.comments import comment_lines
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.emitter import emit
from lisptorch_compile.forms import Comment
from lisptorch_compile.names import allocate

# --- the text ------------------------------------------------------------------------------


def lines_of(text: str) -> list[str]:
    return comment_lines(Comment(text, Span(0, len(text))))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (" Mean of the losses. ", ["# Mean of the losses."]),
        ("", ["#"]),
        ("λ → 数", ["# λ → 数"]),
        ("   - an item", ["#   - an item"]),
        ("    noqa", ["#    - noqa"]),
        ("\n first\n   second\n\n third\n", ["# first", "#   second", "#", "# third"]),
        ("a\tb\x0cc\u2028d\x85e", ["# a b c d e"]),
        ("a\rb\0c", ["# abc"]),
        ("a\u202eb\ud800", ["# a\\u202eb\\ud800"]),
        ("noqa", ["# - noqa"]),
        ("NOQA: E501", ["# - NOQA: E501"]),
        ("see # noqa: F401", ["# see # - noqa: F401"]),
        ("type: ignore", ["# - type: ignore"]),
        ("type of the loss", ["# type of the loss"]),
        ("fmt: off", ["# - fmt: off"]),
        ("x; fmt:skip", ["# x; - fmt:skip"]),
        ("pylint: disable=all", ["# - pylint: disable=all"]),
        ("pragma: no cover", ["# - pragma: no cover"]),
        ("-*- coding: rot13 -*-", ["# - -*- coding : rot13 -*-"]),
        ("!/usr/bin/lispe", ["# - !/usr/bin/lispe"]),
    ],
)
def test_text_is_cleaned_and_disarmed(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


@given(st.text())
def test_no_text_leaves_its_lines(text: str) -> None:
    lines = lines_of(text)
    for line in lines:
        assert line.startswith("#")
        assert line.isprintable()
        line.encode("utf-8")
    module = "\n".join(lines) + "\nx = 1\n"
    assert len(compile(module, "x", "exec").co_code) < 30
    assert black.format_str(module, mode=black.Mode()) == module


@given(
    st.lists(
        st.sampled_from(
            ["noqa", "type:", "fmt:", "off", "skip", "#", ";", " ", "ignore"]
        )
    )
)
def test_no_text_gives_orders_to_tools(words: list[str]) -> None:
    line, *rest = lines_of("".join(words))
    assert not rest
    assert not re.search(r"#\s*(noqa|type:|fmt:)", line)
    ugly = f"x = {{  'a':1 }}  {line}\n"
    assert black.format_str(ugly, mode=black.Mode()) != ugly


# --- the places ----------------------------------------------------------------------------


class Program:
    """A LispE text whose forms stand for statements, found by their text."""

    def __init__(self, text: str) -> None:
        self.text = textwrap.dedent(text).strip("\n")
        self.source = Source.of(self.text)
        self.comments = tuple(
            Comment(match[0].lstrip(";"), Span(match.start(), match.end()))
            for match in re.finditer(r";.*", self.text)
        )

    def span(self, form: str) -> Span:
        """Return the span of the form that begins with ``form``."""
        start = depth = self.text.index(form)
        depth, in_comment = 0, False
        for index in range(start, len(self.text)):
            char = self.text[index]
            in_comment = char == ";" or in_comment and char != "\n"
            if not in_comment:
                depth += {"(": 1, ")": -1}.get(char, 0)
                if depth == 0:
                    return Span(start, index + 1)
        raise AssertionError(form)

    def call(self, form: str) -> p.ExprStmt:
        name = form.strip("()").split()[0]
        return p.ExprStmt(self.called(name, form), self.span(form))

    def called(self, name: str, form: str) -> p.Call:
        span = self.span(form)
        return p.Call(p.Name(name, span), (), (), span)

    def function(self, form: str, *body: p.Stmt) -> p.FunctionDef:
        span = self.span(form)
        name = p.Name(form.split()[1], span)
        return p.FunctionDef(name, (), body, (), None, (), span)

    def when(self, form: str, *body: p.Stmt, orelse: p.Body = ()) -> p.If:
        span = self.span(form)
        return p.If(p.Name("x", span), body, orelse, span)

    def emitted(self, *body: p.Stmt) -> str:
        module = p.Module("Doc.", (), body, (), Span(0, len(self.text)))
        names = allocate(module)
        text = emit(module, names, self.comments, self.source)
        linemap.check(text, module, names)
        assert black.format_str(text, mode=black.Mode()) == text
        return text.removeprefix('"""Doc."""\n').strip("\n")


def test_comment_above_a_form_stands_above_its_statement() -> None:
    program = Program("""
        ; First.
        (a)
        ; Second,
        ; in two lines.

        (b)
    """)
    assert program.emitted(program.call("(a)"), program.call("(b)")) == (
        "# First.\na()\n# Second,\n# in two lines.\n\nb()"
    )


def test_comment_above_a_definition_stands_directly_above_it() -> None:
    program = Program("""
        (a)
        ; Does nothing.
        (defun f () (b))
    """)
    body = (program.call("(a)"), program.function("(defun f", program.call("(b)")))
    assert program.emitted(*body) == ("a()\n\n\n# Does nothing.\ndef f():\n    b()")


def test_comment_goes_with_a_definition_that_moved() -> None:
    program = Program("""
        ; Call it.
        (f)
        ; Define it.
        (defun f () (b))
    """)
    body = (program.function("(defun f", program.call("(b)")), program.call("(f)"))
    assert program.emitted(*body) == (
        "# Define it.\ndef f():\n    b()\n\n\n# Call it.\nf()"
    )


def test_comment_inside_a_body_stays_there() -> None:
    program = Program("""
        (defun f ()
           ; At the start.
           (a)
           ; Between.
           (b)
           ; At the end.
           )
        ; After it.
        (c)
    """)
    f = program.function("(defun f", program.call("(a)"), program.call("(b)"))
    assert program.emitted(f, program.call("(c)")) == textwrap.dedent("""\
        def f():
            # At the start.
            a()
            # Between.
            b()
            # At the end.


        # After it.
        c()""")


def test_comment_after_the_last_form_ends_the_module() -> None:
    program = Program("""
        (a)

        ; The end.
    """)
    assert program.emitted(program.call("(a)")) == "a()\n\n# The end."


def test_module_of_comments_only() -> None:
    assert Program("; Nothing here.").emitted() == "# Nothing here."


def test_comment_behind_a_form_stands_behind_its_statement() -> None:
    program = Program("""
        (a) ; the first
        (b) ; the second
    """)
    assert program.emitted(program.call("(a)"), program.call("(b)")) == (
        "a()  # the first\nb()  # the second"
    )


def test_comment_behind_the_last_form_of_a_body_stands_behind_it() -> None:
    program = Program("""
        (defun f ()
           (a)
           (b)) ; the result
    """)
    f = program.function("(defun f", program.call("(a)"), program.call("(b)"))
    assert program.emitted(f) == "def f():\n    a()\n    b()  # the result"


def test_comment_behind_the_head_of_a_form_stands_behind_the_first_line() -> None:
    program = Program("""
        (defun f () ; no parameters
           (if x ; maybe
              (a)))
    """)
    f = program.function("(defun f", program.when("(if x", program.call("(a)")))
    assert program.emitted(f) == textwrap.dedent("""\
        def f():  # no parameters
            if x:  # maybe
                a()""")


def test_comment_behind_a_form_of_several_statements_stands_above_them() -> None:
    program = Program("""
        (z)
        (if x (a)) ; perhaps
    """)
    when = program.when("(if x", program.call("(a)"))
    assert program.emitted(program.call("(z)"), when) == (
        "z()\n# perhaps\nif x:\n    a()"
    )


def test_comment_behind_closing_brackets_ends_the_block() -> None:
    program = Program("""
        (if x
           (a)
        ) ; end of it
        (b)
    """)
    when = program.when("(if x", program.call("(a)"))
    assert program.emitted(when, program.call("(b)")) == (
        "if x:\n    a()\n    # end of it\nb()"
    )


def test_comment_inside_an_expression_stands_above_its_statement() -> None:
    program = Program("""
        (z)
        (a 1 ; one
           ; two
           2)
    """)
    assert program.emitted(program.call("(z)"), program.call("(a 1")) == (
        "z()\n# one\n# two\na()"
    )


def test_comment_above_a_form_that_became_several_statements() -> None:
    """`(feed (next))` names the inner value first; the comment stands above both."""
    program = Program("""
        (z)
        ; Feed it.
        (feed (next))
    """)
    body = (
        program.call("(z)"),
        program.call("(next)"),
        program.call("(feed"),
    )
    assert program.emitted(*body) == "z()\n# Feed it.\nnext()\nfeed()"


def test_comment_too_long_to_stand_behind_stands_above() -> None:
    words = "a remark of so many words that it cannot stand behind the statement of its line"
    program = Program(f"""
        (z)
        (some_function_name) ; {words}
    """)
    body = program.call("(z)"), program.call("(some_function_name)")
    assert program.emitted(*body) == f"z()\n# {words}\nsome_function_name()"


def test_two_comments_behind_one_form_stand_above() -> None:
    text = "(a) #|one|# #|two|#"
    source = Source.of(text)
    comments = [
        Comment(match[1], Span(match.start(), match.end()))
        for match in re.finditer(r"#\|(\w+)\|#", text)
    ]
    stmt = p.ExprStmt(p.Name("a", Span(0, 3)), Span(0, 3))
    module = p.Module("Doc.", (), (stmt,), (), Span(0, len(text)))
    assert emit(module, allocate(module), comments, source) == (
        '"""Doc."""\n\n# one\n# two\na\n'
    )


def test_comment_above_an_alternative_stands_above_elif() -> None:
    program = Program("""
        (cond
           (x (a))
           ; Otherwise.
           (y (b)))
    """)
    inner = p.If(
        p.Name("y", program.span("(y")),
        (program.call("(b)"),),
        (),
        program.span("(y"),
    )
    outer = program.when("(cond", program.call("(a)"), orelse=(inner,))
    assert program.emitted(outer) == textwrap.dedent("""\
        if x:
            a()
        # Otherwise.
        elif y:
            b()""")


def test_comment_above_a_rule_stands_above_its_case() -> None:
    program = Program("""
        ; Two rules.
        (defpat f (1) (a))
        ; The second.
        (defpat f (2) (b)) ; b
    """)
    cases = tuple(
        p.Case(
            p.MatchValue(p.Literal(value, span), span),
            None,
            (program.call(call),),
            span,
        )
        for value, call, span in (
            (1, "(a)", program.span("(defpat f (1)")),
            (2, "(b)", program.span("(defpat f (2)")),
        )
    )
    first = cases[0].span
    match = p.Match(p.Name("x", first), cases, first)
    f = p.FunctionDef(p.Name("f", first), (), (match,), (), None, (), first)
    assert program.emitted(f) == textwrap.dedent("""\
        # Two rules.
        def f():
            match x:
                case 1:
                    a()
                # The second.
                # b
                case 2:
                    b()""")


def test_comment_before_the_first_definition_keeps_its_distance() -> None:
    program = Program("""
        ; About the file.

        ; About f.
        (defun f () (a))
    """)
    assert program.emitted(program.function("(defun f", program.call("(a)"))) == (
        "# About the file.\n\n\n# About f.\ndef f():\n    a()"
    )


# --- properties ----------------------------------------------------------------------------


def python_comments(text: str) -> list[Comment]:
    source = Source.of(text)
    return [
        Comment(token.string.lstrip("#"), Span(start, start + len(token.string)))
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
        for start in [source.line_starts[token.start[0] - 1] + token.start[1]]
    ]


def words_of(lines: list[str]) -> list[str]:
    return sorted(" ".join(line.strip("# ").split()) for line in lines)


@given(st.lists(st.integers(0, 400), max_size=8), st.booleans())
def test_comments_anywhere_appear_once(places: list[int], own_line: bool) -> None:
    """Put comments at the ends of any lines of a program, or between any lines."""
    code = textwrap.dedent(inspect.getsource(shlex.split)).split("\n")
    code = [line for line in code if line.strip() and "#" not in line]
    text_lines = []
    for number, line in enumerate(code):
        marks = [f"# mark {p}" for p in sorted(set(places)) if p % len(code) == number]
        indent = line[: len(line) - len(line.lstrip())]
        if marks and not own_line and '"""' not in line:
            text_lines.append(f"{line}  {marks[0]}")
        elif '"""' not in line:
            text_lines += [f"{indent}{mark}" for mark in marks]
            text_lines.append(line)
        else:
            text_lines.append(line)
    text = "\n".join(text_lines)
    comments = python_comments(text)
    module = convert(text)
    result = emit(module, allocate(module), comments, Source.of(text))
    found = python_comments(result)
    assert sorted(c.text for c in found) == sorted(c.text for c in comments)
    assert black.format_str(result, mode=black.Mode()) == result


@pytest.mark.parametrize("library", [colorsys, opcode, platform, runpy, tabnanny])
def test_comments_of_real_code_appear_once_and_settle(library: ModuleType) -> None:
    text = inspect.getsource(library)
    comments = python_comments(text)
    assert len(comments) > 20
    tree = convert(text)
    names = allocate(tree)
    result = emit(tree, names, comments, Source.of(text))
    linemap.check(result, tree, names)
    found = [comment.text for comment in python_comments(result)]
    wanted = [line for comment in comments for line in comment_lines(comment)]
    assert words_of(found) == words_of(wanted)
    assert black.format_str(result, mode=black.Mode()) == result
