"""The Pygments lexer: nothing is lost, and each piece is what the compiler takes it for."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import ROOT
from pygments.token import Token

from lisptorch_compile.tools.highlighting import LispELexer


def kinds(text: str) -> list[tuple[str, str]]:
    """Return what each piece of a text but its blanks is."""
    pieces = LispELexer().get_tokens_unprocessed(text)
    shown = [(str(kind).removeprefix("Token."), value) for _, kind, value in pieces]
    return [(kind, value) for kind, value in shown if kind != "Text.Whitespace"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12", "Literal.Number.Integer"),
        ("-3.5e-2", "Literal.Number.Float"),
        ("0xFF", "Literal.Number.Hex"),
        ("0b101", "Literal.Number.Bin"),
        ("12,3i", "Literal.Number.Float"),
        ('"text"', "Literal.String.Double"),
        ("`long\ntext`", "Literal.String"),
        ('"""long"""', "Literal.String"),
        ("«text»", "Literal.String"),
        ('b"bytes"', "Literal.String"),
        ("; a comment", "Comment.Single"),
        (";; a block ;;", "Comment.Single"),
        ("# a comment", "Comment.Single"),
        ("nil", "Keyword.Constant"),
        ("torch_softmax", "Name.Builtin"),
        ("my-loss", "Name"),
        ("⍴", "Operator"),
    ],
)
def test_a_piece_alone(text: str, kind: str) -> None:
    assert kinds(text) == [(kind, text)]


def test_a_definition() -> None:
    assert kinds("(defun twice (x) (mul 'a x))") == [
        ("Punctuation", "("),
        ("Keyword", "defun"),
        ("Name.Function", "twice"),
        ("Punctuation", "("),
        ("Name", "x"),
        ("Punctuation", ")"),
        ("Punctuation", "("),
        ("Name.Function", "mul"),
        ("Literal.String.Symbol", "'"),
        ("Literal.String.Symbol", "a"),
        ("Name", "x"),
        ("Punctuation", ")"),
        ("Punctuation", ")"),
    ]


def test_escapes_stand_out() -> None:
    assert kinds(r'"a\n"') == [
        ("Literal.String.Double", '"a'),
        ("Literal.String.Escape", r"\n"),
        ("Literal.String.Double", '"'),
    ]


def test_a_string_without_end_spoils_only_itself() -> None:
    found = kinds('(print "open\n(setq x 1)')
    assert ("Literal.String.Double", '"open') in found
    assert ("Keyword", "setq") in found


@given(st.text(alphabet="()[]{}'\"; \n\tabλ.:`$?+12\\«»\x00é"))
def test_no_character_is_lost(text: str) -> None:
    pieces = list(LispELexer().get_tokens_unprocessed(text))
    assert "".join(value for _, _, value in pieces) == text
    assert [start for start, _, _ in pieces] == [
        sum(len(value) for _, _, value in pieces[:index])
        for index in range(len(pieces))
    ]


def test_programs_have_no_errors() -> None:
    for path in (ROOT / "tests" / "golden").glob("syntax/*.lsp"):
        text = path.read_text(encoding="utf-8")
        pieces = LispELexer().get_tokens_unprocessed(text)
        assert not [value for _, kind, value in pieces if kind is Token.Error], path


def test_pygments_finds_the_lexer_by_its_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (place,) = project["entry-points"]["pygments.lexers"].values()
    found = EntryPoint("lispe", place, "pygments.lexers").load()
    assert found is LispELexer
    assert found.aliases == ["lispe", "lsp"]


def test_lispe_is_told_from_other_dialects() -> None:
    assert LispELexer.analyse_text("(use 'lispe_torch)\n(setq x 1)") > 0.3
    assert LispELexer.analyse_text("(defparameter *x* 1)") == 0
