"""The reader: every piece of syntax, exact spans, and diagnostics instead of failure."""

from __future__ import annotations

import subprocess
import sys
import threading
from importlib import resources
from itertools import pairwise
from typing import Any

import pytest
from form_shapes import forms, number, plain, shape
from hypothesis import given
from hypothesis import strategies as st

from lisptorch_compile.diagnostics import Diagnostic, Severity, Source
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    ReadResult,
    SetForm,
)
from lisptorch_compile.reader import MAX_DIAGNOSTICS, read
from lisptorch_compile.unread import unread


def result(text: str) -> ReadResult:
    return read(Source.of(text))


def shapes(text: str) -> list[Any]:
    """Return the shapes of the forms of a text that is in order."""
    found = result(text)
    assert not found.diagnostics
    return [shape(form) for form in found.forms]


def comments(text: str) -> list[tuple[str, str]]:
    """Return each comment: what it says, and its part of the text."""
    found = result(text)
    return [(c.text, text[c.span.start : c.span.end]) for c in found.comments]


def problems(text: str) -> list[tuple[str, str, str]]:
    """Return each diagnostic: where it is, what it says, and its hint."""
    source = Source.of(text)
    return [
        ("{}:{}".format(*source.position(d.span.start)), d.message, d.hint or "")
        for d in read(source).diagnostics
    ]


def codes(text: str) -> list[str]:
    return [diagnostic.code for diagnostic in result(text).diagnostics]


def integers(*values: int) -> list[tuple[str, str]]:
    return [number(value) for value in values]


# --- comments -----------------------------------------------------------------------


def test_semicolon_comments_out_the_rest_of_the_line() -> None:
    assert shapes("(f ; one ( two\n x)") == [["f", "x"]]
    assert comments("(f ; one ( two\n x)") == [("one ( two", "; one ( two")]


def test_two_semicolons_comment_out_everything_up_to_the_next_two() -> None:
    text = "(f) ;; one\n   (g)\n  two ;; (h)"
    assert shapes(text) == [["f"], ["h"]]
    assert comments(text) == [("one\n (g)\ntwo", ";; one\n   (g)\n  two ;;")]


def test_the_next_two_semicolons_may_stand_in_a_string_or_a_line_comment() -> None:
    assert shapes('(f) ;; a "b ;; (g)') == [["f"], ["g"]]
    assert shapes("(f) ;; a ; b\n ; c ;; (g)") == [["f"], ["g"]]


def test_two_semicolons_without_another_pair_comment_out_a_line() -> None:
    assert shapes("(f) ;; one\n(g)") == [["f"], ["g"]]
    assert comments("(f) ;; one\n(g)") == [("one", ";; one")]


def test_lines_of_words_behind_two_semicolons_are_comments_of_a_line() -> None:
    text = ";; first\n;; second (part)\n(f) ;; one\n(g) ;; two\n;;\n(h)"
    assert shapes(text) == [["f"], ["g"], ["h"]]
    assert codes(text) == []


def test_line_comments_turned_into_one_block_are_warned_about() -> None:
    text = ";; first\n(f x)\n;;(second)\n(g)"
    (warning,) = result(text).diagnostics
    assert warning.severity is Severity.WARNING
    assert problems(text) == [
        (
            "1:1",
            (
                "this `;;` opens a block comment that ends at the `;;` of line 3; "
                "the code between them is not read"
            ),
            (
                "start each line of a comment with a single `;`, "
                "or write the `;;` of a block alone on their lines"
            ),
        )
    ]


def test_a_block_that_closes_behind_text_is_not_warned_about() -> None:
    assert codes(";; was: (f x)\n now gone ;;\n(g)") == []
    assert codes(";; one (\n;;\n(g)") == []


def test_a_block_between_lines_of_two_semicolons_is_not_warned_about() -> None:
    assert codes(";;\n(f x)\n;;\n(g)") == []
    assert codes(";; f\n(f x)\n;;\n(g)") == ["LT0111"]


def test_a_ruler_of_semicolons_is_one_comment() -> None:
    ruler = ";" * 20
    assert comments(f"{ruler}\n(f)") == [("", ruler)]
    title = f"{ruler}; Title ;;;;"
    assert comments(f"{title}\n(f)") == [("Title", title)]


@pytest.mark.parametrize("text", ["#!/usr/bin/lispe\n(f)", "  #! lispe\n(f)"])
def test_call_line_is_a_comment(text: str) -> None:
    assert shapes(text) == [["f"]]


def test_hash_and_blank_at_the_start_of_a_line_open_a_comment() -> None:
    assert shapes("# one\n(f)\n   # two (\n(g)\n#\n") == [["f"], ["g"]]
    assert [text for text, _ in comments("# one\n(f)\n\n   # two (\n")] == [
        "one",
        "two (",
    ]
    assert comments("(f)\n\n   # two\n") == [("two", "# two")]


def test_hash_elsewhere_is_part_of_a_symbol() -> None:
    assert shapes("(f # x)\n#x") == [["f", "#", "x"], "#x"]


def test_quoted_semicolon_is_a_symbol() -> None:
    assert shapes("(f ';' x)") == [["f", ("'", ";"), "x"]]
    assert shapes("(f '; x)") == [["f", ("'", ";"), "x"]]
    assert shapes("';'x") == [("'", ";"), ("'", "x")]


def test_comments_come_in_source_order_with_exact_spans() -> None:
    text = "; a\n(f ; b\n x) ;; c ;;\n# d\n"
    assert comments(text) == [
        ("a", "; a"),
        ("b", "; b"),
        ("c", ";; c ;;"),
        ("d", "# d"),
    ]


def test_comment_may_hold_any_character() -> None:
    assert shapes("; \0 \ud800 \ufffd ” Ã—\n(f)") == [["f"]]


# --- strings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"a\tb"', plain("a\tb")),
        (r'"\n\r"', plain("\n\r")),
        (r'"say \"hi\""', plain('say "hi"')),
        (r'"\q\\"', plain("q\\")),
        ('"one\ntwo"', plain("one\ntwo")),
        ('""', plain("")),
        ('"été 😀"', plain("été 😀")),
        (r"`a\tb`", ("raw", r"a\tb")),
        ('`say "hi"\n; no comment`', ("raw", 'say "hi"\n; no comment')),
        ('"""a "b" \\n"""', ("raw", 'a "b" \\n')),
        ("«a “b”»", ("raw", "a “b”")),
        ("“a «b»”", ("raw", "a «b»")),
        ("‘a’", ("raw", "a")),
        ("„a”", ("raw", "a")),
        ("❝a❞", ("raw", "a")),
        (r'b"a\n"', ("bytes", "a\n")),
        (r"b`a\n`", ("bytes", r"a\n")),
    ],
)
def test_string(text: str, expected: tuple[str, str]) -> None:
    assert shapes(text) == [expected]
    assert shapes(f"({text}x)") == [[expected, "x"]]


def test_only_a_lone_b_opens_a_string_of_bytes() -> None:
    assert shapes('(ab"c")') == [["ab", plain("c")]]


# --- numbers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("0x1F", 31),
        ("0xff", 255),
        ("-0x10", -16),
        ("0b101", 5),
        ("0x1.8p3", 12.0),
        ("0x1p-1", 0.5),
        ("3.14", 3.14),
        ("5.0", 5.0),
        ("5.", 5.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("-0.0", -0.0),
        ("-2.5e-3", -0.0025),
        ("1e3", 1000.0),
        ("12,3i", 12 + 3j),
        ("12,-3i", 12 - 3j),
        ("12,i", 12 + 1j),
        ("1.5,-.5e1i", 1.5 - 5j),
        ("9223372036854775808", 2**63),
    ],
)
def test_number(text: str, value: complex) -> None:
    assert shapes(text) == [number(value)]
    assert shapes(f"[{text}]") == [[number(value)]]


def test_minus_before_a_digit_belongs_to_the_number() -> None:
    assert shapes("(- 10 2)") == [["-", *integers(10, 2)]]
    assert shapes("(-10 2)") == [integers(-10, 2)]


# --- symbols ------------------------------------------------------------------------

NAMES = [
    "my_fun",
    "my-fun",
    "x1",
    "set@",
    "atom?",
    "a-b",
    "x?",
    "x*",
    "x+",
    "x%",
    "λ",
    "_pi",
    "π",
    "nil",
    "true",
    "$",
    "self",
    "12ab",
    "1+",
    "a.b",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^^",
    "**",
    "&",
    "|",
    "^",
    "~",
    "&~",
    "<<",
    ">>",
    "+=",
    "-=",
    "^^=",
    "**=",
    "=",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    ">=<",
    "==",
    "&&&",
    "|||",
    "^^^",
    "!",
    "!map",
    ",",
    ".",
    "°",
    "//",
    "\\\\",
    "\\",
    "-//",
    "-\\\\",
    "⍳",
    "⍳0",
    "⍴",
    "ρ",
    "⍉",
    "⌽",
    "⌹",
    "⍤",
    "∈",
    "⌿",
    "⍀",
    "↗",
    "↘",
    "⊂",
    "⊃",
    "≢",
    "∑",
    "∏",
    "¬",
    "¨",
    "↑↑",
    "§",
    "•",
    "/\\",
    "@",
    "@@",
    "@@@",
    "?",
    "漢字",
    "😀",
]


@pytest.mark.parametrize("name", NAMES)
def test_symbol(name: str) -> None:
    assert shapes(name) == [name]
    assert shapes(f"({name} 'x)") == [[name, ("'", "x")]]


def test_kleene_sign_behind_a_condition_is_a_symbol_of_its_own() -> None:
    assert shapes("([(< x 10)+ $ rest])") == [
        [[["<", "x", number(10)], "+", "$", "rest"]]
    ]
    assert shapes('["<" tag* ">"]') == [[plain("<"), "tag*", plain(">")]]


# --- brackets and quotes --------------------------------------------------------------


def test_square_brackets_are_lists() -> None:
    assert shapes("'[a [1 2]] () []") == [("'", ["a", integers(1, 2)]), [], []]


def test_super_bracket_closes_all_parentheses_but_the_outermost() -> None:
    assert shapes("(setq x (cons 'e '(])") == shapes("(setq x (cons 'e '()))")
    assert shapes("(a (b (c (d] e) (f)") == [["a", ["b", ["c", ["d"]]], "e"], ["f"]]


def test_forms_closed_by_a_super_bracket_end_behind_it() -> None:
    text = "(a (b (c])"
    (outer,) = result(text).forms
    assert isinstance(outer, ListForm)
    inner = outer.items[1].span
    assert text[inner.start : inner.end] == "(b (c]"


def test_quote_takes_the_form_behind_it() -> None:
    assert shapes("'x '(a . b) ''a '1 '\"s\" ':") == [
        ("'", "x"),
        ("'", ["a", ".", "b"]),
        ("'", ("'", "a")),
        ("'", number(1)),
        ("'", plain("s")),
        ("'", ":"),
    ]


def test_dot_is_a_symbol() -> None:
    assert shapes("(sqrt . sum . iota 10)") == [
        ["sqrt", ".", "sum", ".", "iota", number(10)]
    ]


@pytest.mark.parametrize("sign", ["\\", "λ", "lambda "])
def test_lambda_needs_no_blank_before_its_parameters(sign: str) -> None:
    assert shapes(f"({sign}(x y) (+ x y))") == [
        [sign.strip(), ["x", "y"], ["+", "x", "y"]]
    ]


# --- dictionaries and sets --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", ("dictionary", [])),
        ("{a:1 b : c}", ("dictionary", [("a", number(1)), ("b", "c")])),
        (
            '{"a":{1:x}}',
            ("dictionary", [(plain("a"), ("dictionary", [(number(1), "x")]))]),
        ),
        ("{'a:'b}", ("dictionary", [(("'", "a"), ("'", "b"))])),
        ("{_:y $:rest}", ("dictionary", [("_", "y"), ("$", "rest")])),
        ("@{}", ("constant", [])),
        ('@{"a":1}', ("constant", [(plain("a"), number(1))])),
        ("{1 2 x}", ("set", [*integers(1, 2), "x"])),
        ("{a b $ r}", ("set", ["a", "b", "$", "r"])),
        ("{(f a)}", ("set", [["f", "a"]])),
    ],
)
def test_dictionary_or_set(text: str, expected: Any) -> None:
    assert shapes(text) == [expected]


def test_at_sign_apart_from_the_brace_is_a_symbol() -> None:
    assert shapes('(@ {a:1} "a")') == [
        ["@", ("dictionary", [("a", number(1))]), plain("a")]
    ]


def test_colon_outside_of_braces_is_a_symbol() -> None:
    assert shapes("'(a : b)") == [("'", ["a", ":", "b"])]


# --- blanks and line breaks ---------------------------------------------------------------


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\f\n", "\u2028"])
def test_line_breaks_separate(line_break: str) -> None:
    assert shapes(f"(f{line_break}x){line_break}y") == [["f", "x"], "y"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks_end_a_comment(line_break: str) -> None:
    assert shapes(f"; one{line_break}(f)") == [["f"]]


def test_byte_order_mark_is_a_blank() -> None:
    assert shapes("\ufeff(f)") == [["f"]]
    assert shapes("\ufeff#!/usr/bin/lispe\n(f)") == [["f"]]


def test_empty_text_has_no_forms() -> None:
    assert result("") == ReadResult((), (), (), 0)
    assert result(" \n ; x").forms == ()


# --- spans ------------------------------------------------------------------------------


def test_spans_hold_exactly_the_text_of_each_form() -> None:
    text = "é(f\t[a 'b] \"s\\n\" {k:'(v)} @{} {1 2} -1.5 `r` ':)"
    spans = [form.span for form in descendants(result(text).forms)]
    spans.sort(key=lambda span: (span.start, -span.end))
    assert [text[span.start : span.end] for span in spans] == [
        "é",
        text[1:],
        "f",
        "[a 'b]",
        "a",
        "'b",
        "b",
        '"s\\n"',
        "{k:'(v)}",
        "k",
        "'(v)",
        "(v)",
        "v",
        "@{}",
        "{1 2}",
        "1",
        "2",
        "-1.5",
        "`r`",
        "':",
        ":",
    ]


def descendants(roots: tuple[Form, ...]) -> list[Form]:
    """Return the forms and all that they hold, in no special order."""
    found: list[Form] = []
    pending = list(roots)
    while pending:
        form = pending.pop()
        found.append(form)
        pending.extend(children(form))
    return found


def children(form: Form) -> list[Form]:
    match form:
        case ListForm(items) | SetForm(items):
            return list(items)
        case Quote(quoted):
            return [quoted]
        case DictForm(entries):
            return [part for entry in entries for part in entry]
    return []


# --- diagnostics ----------------------------------------------------------------------------


def test_missing_parenthesis_is_reported_at_the_opening_one() -> None:
    assert problems("(f)\n(defun g (x)\n   (+ x 1)\n") == [
        (
            "2:1",
            "parentheses do not balance: this `(` has no `)`",
            "add the missing `)`, at the latest at the end of line 3",
        )
    ]


def test_indentation_tells_where_a_parenthesis_is_missing() -> None:
    text = "(defun f (x)\n   (println (g x)\n   (h x))\n(defun g (y) y)\n"
    assert problems(text) == [
        (
            "2:4",
            "parentheses do not balance: this `(` has no `)`",
            "the indentation suggests that a `)` is missing at the end of line 2",
        )
    ]
    assert [shape(form) for form in result(text).forms] == shapes(
        "(defun f (x) (println (g x)) (h x))(defun g (y) y)"
    )


def test_closing_parenthesis_without_an_opening_one_is_reported_where_it_is() -> None:
    assert problems("(f x))\n(g)") == [
        (
            "1:6",
            "parentheses do not balance: this `)` has no `(`",
            "remove it, or add the missing `(`",
        )
    ]


def test_indentation_tells_which_closing_parenthesis_is_too_many() -> None:
    text = "(defun f (x)\n   (if x\n      (g)))\n   (h x))\n(g)\n"
    assert problems(text) == [
        (
            "3:11",
            "parentheses do not balance: this `)` has no `(`",
            "the indentation of line 4 suggests that this one is too many",
        )
    ]
    assert [shape(form) for form in result(text).forms] == shapes(
        "(defun f (x) (if x (g)) (h x)) (g)"
    )


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("(f [a b)", "1:4", "brackets do not balance: this `[` has no `]`"),
        ("[a b)", "1:5", "brackets do not balance: `)` closes a `[`"),
        ("(a]", "1:3", "parentheses do not balance: `]` closes a `(`"),
        ("(f {a:1)", "1:4", "braces do not balance: this `{` has no `}`"),
        ("(f @{a:1)", "1:4", "braces do not balance: this `@{` has no `}`"),
        ("(f a})", "1:5", "braces do not balance: this `}` has no `{`"),
        ("[a (b]", "1:4", "parentheses do not balance: this `(` has no `)`"),
        ("a ]", "1:3", "brackets do not balance: this `]` has no `[`"),
        ("}", "1:1", "braces do not balance: this `}` has no `{`"),
    ],
)
def test_wrong_bracket(text: str, place: str, message: str) -> None:
    ((where, what, _),) = problems(text)
    assert (where, what) == (place, message)


def test_bracket_that_closes_another_one_is_noted() -> None:
    (diagnostic,) = result("(f [a b)").diagnostics
    (note,) = diagnostic.notes
    assert note.message == "`)` stands here instead"
    assert (note.span.start, note.span.end) == (7, 8)


def test_missing_end_of_string() -> None:
    text = '(f "abc x)\n(g)\n'
    assert problems(text) == [
        ("1:4", 'missing end of string: no `"` closes it', 'add `"` where it ends')
    ]
    assert shape(result(text).forms[-1]) == ["g"]


def test_missing_end_of_string_is_found_where_strings_turn_inside_out() -> None:
    text = '(f "abc)\n(g "one" "two")\n(h "x")\n'
    assert [place for place, _, _ in problems(text)] == ["1:4"]
    assert [shape(form) for form in result(text).forms[1:]] == shapes(
        '(g "one" "two") (h "x")'
    )


@pytest.mark.parametrize("opening, closing", ["``", "«»", "“”", '""'])
def test_missing_end_of_any_string(opening: str, closing: str) -> None:
    ((place, message, _),) = problems(f"(f {opening}abc)")
    assert place == "1:4"
    assert message == f"missing end of string: no `{closing}` closes it"


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("{a:1 b}", "1:7", "}"),
        ("{a:1 b 2}", "1:8", "2"),
        ("{a b:1}", "1:5", ":"),
        ("{a:}", "1:4", "}"),
        ("{:1}", "1:2", ":"),
        ("{a::1}", "1:4", ":"),
        ("@{a b}", "1:5", "b"),
        ("(f {a:1 b (g)} x)", "1:11", "("),
    ],
)
def test_wrong_separator_in_a_dictionary(text: str, place: str, found: str) -> None:
    assert problems(text) == [
        (
            place,
            f"wrong key/value separator in a dictionary: found `{found}`",
            "write a dictionary as {key:value key:value}, a set as {a b c}",
        )
    ]


def test_each_wrong_dictionary_of_a_form_is_reported() -> None:
    assert codes("(f {a b:1} {c:d} {e:})") == ["LT0106", "LT0106"]


@pytest.mark.parametrize(("text", "place"), [("(f ')", "1:4"), ("x '", "1:3")])
def test_quote_without_a_form(text: str, place: str) -> None:
    assert problems(text) == [
        (place, "this quote has no form behind it", "remove it, or write 'name")
    ]


@pytest.mark.parametrize("char", ["\0", "\x1b", "\ud800", "\u200b", "\uffff", "»"])
def test_unknown_character(char: str) -> None:
    text = f"(f {char}{char} x)"
    assert problems(text) == [
        (
            "1:4",
            f"unknown character U+{ord(char):04X}",
            "remove it, or put it into a string",
        )
    ]
    (diagnostic,) = result(text).diagnostics
    assert (diagnostic.span.start, diagnostic.span.end) == (3, 5)
    assert [shape(form) for form in result(text).forms] == [["f", "x"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1e999", "number outside the range of a 64-bit real"),
        ("1,-1e999i", "number outside the range of a 64-bit real"),
        ("0x1p9999", "number outside the range of a 64-bit real"),
        ("9" * 5000, "number with more than 1000 characters"),
    ],
)
def test_number_that_does_not_fit(text: str, message: str) -> None:
    assert [what for _, what, _ in problems(text)] == [message]


@pytest.mark.parametrize("char", "\u202a\u202e\u2066\u2069")
@pytest.mark.parametrize("text", ["(f {})", '(f "{}")', "(f) ; {}"])
def test_characters_that_turn_the_direction_get_a_warning(text: str, char: str) -> None:
    (warning,) = result(text.replace("{}", char)).diagnostics
    assert (warning.code, warning.severity) == ("LT0112", Severity.WARNING)
    assert warning.message.startswith(f"the character U+{ord(char):04X} changes")


def test_independent_faults_are_all_reported() -> None:
    text = (
        "(defun a (x)\n   (+ x 1)\n"
        "(defun b (x) x)\n"
        '(setq b "two)\n'
        "(setq c {one:1 two 2})\n"
        "(println c))\n"
        "(setq d \0 '(1 2))\n"
        "(setq e [1 2)\n"
        "(println a b)\n"
    )
    assert [
        (place, code)
        for (place, _, _), code in zip(problems(text), codes(text), strict=True)
    ] == [
        ("1:1", "LT0103"),
        ("4:9", "LT0102"),
        ("5:20", "LT0106"),
        ("6:12", "LT0104"),
        ("7:9", "LT0101"),
        ("8:9", "LT0103"),
    ]
    assert shape(result(text).forms[-1]) == ["println", "a", "b"]


def test_a_fault_leaves_the_other_forms_as_they_are() -> None:
    text = "(f (g 1)\n(h 2)\n(i 3)))\n(j 4)\n"
    assert [shape(form) for form in result(text).forms] == shapes(
        "(f (g 1)) (h 2) (i 3) (j 4)"
    )
    assert codes(text) == ["LT0103", "LT0104"]


def test_too_many_problems_are_cut_off() -> None:
    found = result(")\n(f)\n" * 500).diagnostics
    assert len(found) == MAX_DIAGNOSTICS + 1
    assert found[-1].message == "more than 100 problems: the others are not shown"


# --- any text, any depth --------------------------------------------------------------------

SYNTAX = "()[]{}\"`;':,.@#\\$ \n\r\tab012-+eix«»“”λ\0\u202e\ufeff"
any_text = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from(SYNTAX), max_size=60
)


@given(any_text)
def test_any_text_gives_a_result(text: str) -> None:
    found = result(text)
    assert found == result(text)
    for form in descendants(found.forms):
        assert 0 <= form.span.start < form.span.end <= len(text)
        for child in children(form):
            assert form.span.start <= child.span.start
            assert child.span.end <= form.span.end
    assert_in_order([form.span for form in found.forms])
    assert_in_order([comment.span for comment in found.comments])
    starts = [diagnostic.span.start for diagnostic in found.diagnostics]
    assert starts == sorted(starts)


def assert_in_order(spans: list[Any]) -> None:
    for before, after in pairwise(spans):
        assert before.end <= after.start


@given(any_text)
def test_the_text_of_a_form_reads_as_the_form(text: str) -> None:
    found = result(text)
    if any(is_error(diagnostic) for diagnostic in found.diagnostics):
        return
    for form in found.forms:
        part = f"x {text[form.span.start : form.span.end]}"
        assert [shape(again) for again in result(part).forms] == ["x", shape(form)]


def is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR


@given(st.lists(forms, max_size=4))
def test_printed_forms_read_as_the_forms(originals: list[Form]) -> None:
    text = "x " + " ".join([unread(form) for form in originals])
    found = result(text)
    assert not [d for d in found.diagnostics if is_error(d)]
    assert [shape(form) for form in found.forms[1:]] == [
        shape(form) for form in originals
    ]


DEEP = 100_000
LESS = 20_000


@pytest.mark.parametrize(
    ("text", "depth", "faults"),
    [
        ("(" * DEEP + ")" * DEEP, DEEP, []),
        ("'" * LESS + "x", LESS, []),
        ("{a:" * LESS + "1" + "}" * LESS, LESS, []),
        ("(f . " * LESS + "g" + ")" * LESS, 2 * LESS, []),
        ("(" * DEEP, DEEP, ["LT0103"]),
        (")" * DEEP, 0, ["LT0104"]),
        ("(" * LESS + "}" * LESS, LESS, ["LT0104"]),
    ],
    ids=["parentheses", "quotes", "dictionaries", "dots", "open", "closed", "mixed"],
)
def test_deep_nesting_is_read_without_recursion(
    text: str, depth: int, faults: list[str]
) -> None:
    found: list[ReadResult] = []
    old = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=lambda: found.append(result(text)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(old)
    assert found[0].depth == depth
    assert [diagnostic.code for diagnostic in found[0].diagnostics] == faults
    if not faults:
        assert len(unread(found[0].forms[0])) == len(text)


def test_depth_counts_brackets_quotes_and_dots() -> None:
    assert result("x 1").depth == 0
    assert result("(a) '((b)) c").depth == 3
    assert result("{a:[b]}").depth == 2
    assert result("(f . g . h x) (i)").depth == 3
    assert result(". . . (f)").depth == 1


@pytest.mark.parametrize(
    "text",
    [
        '"\\' * 100_000,
        '(\\"\n' * 50_000,
        "(\n" * 20_000,
        " " * 200_000 + "\0",
        "\n      " * 50_000 + "# x",
        ";; x\n" * 40_001,
        "\0 " * 50_000,
        "`\n(" * 20_001,
        "{a b:1}\n" * 5_000,
        "(a" * 20_000 + "]" * 20_000,
        "9" * 300_000,
        "1," * 150_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Each of these would run into the time limit of the tests, were it quadratic."""
    assert isinstance(result(text), ReadResult)


def test_long_line_is_read_whole() -> None:
    assert len(result("(setq x (+ y 1)) " * 5_000).forms) == 5_000


def test_grammar_has_no_conflicts(caplog: pytest.LogCaptureFixture) -> None:
    import lark

    grammar = resources.files("lisptorch_compile").joinpath("grammar.lark")
    with caplog.at_level("DEBUG", logger=lark.logger.name):
        lark.Lark(grammar.read_text("utf-8"), parser="lalr", debug=True)
    assert "conflict" not in caplog.text.lower()


def test_importing_the_reader_does_not_load_lark() -> None:
    program = (
        "import sys, lisptorch_compile.reader\n"
        "assert 'lark' not in sys.modules\n"
        "from lisptorch_compile.diagnostics import Source\n"
        "lisptorch_compile.reader.read(Source.of('(f)'))\n"
        "assert 'lark' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_numbers_keep_their_type() -> None:
    (form,) = result("5.0").forms
    assert isinstance(form, Number)
    assert isinstance(form.value, float)
