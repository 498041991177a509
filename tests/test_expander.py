"""The expander: composition dots, spellings of lambda, and macros."""

from __future__ import annotations

import pytest
from form_shapes import forms as random_forms
from form_shapes import shape
from hypothesis import given
from hypothesis import strategies as st

from lisptorch_compile.diagnostics import Source
from lisptorch_compile.expander import expand, nesting_depth
from lisptorch_compile.forms import Form, ListForm
from lisptorch_compile.pipeline import MAX_DEPTH, Options, compile_text
from lisptorch_compile.reader import read
from lisptorch_compile.unread import unread


def expanded(text: str) -> str:
    """Return the core forms of a text that is in order, as text."""
    result = read(Source.of(text))
    forms, diagnostics = expand(result.forms)
    assert not (*result.diagnostics, *diagnostics)
    return " ".join([unread(form) for form in forms])


def problems(text: str) -> list[tuple[str, str, str]]:
    """Return each diagnostic of the expander: its part of the text, message, hint."""
    result = read(Source.of(text))
    assert not result.diagnostics
    return [
        (text[d.span.start : d.span.end], d.message, d.hint or "")
        for d in expand(result.forms)[1]
    ]


# --- the composition dot ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("(sqrt . sum . iota 10)", "(sqrt (sum (iota 10)))"),
        (
            '(setq m . maplist \'(split _ "") l)',
            '(setq m (maplist \'(split _ "") l))',
        ),
        (
            '(replace s e . chr . integer . + "0x" h)',
            '(replace s e (chr (integer (+ "0x" h))))',
        ),
        ("(lambda (x) . rotate w x)", "(lambda (x) (rotate w x))"),
        ("(zerop . % v x)", "(zerop (% v x))"),
        (
            "(filterlist '(< 10) . maplist (lambda (x) (* 2 x)) (iota 10))",
            "(filterlist '(< 10) (maplist (lambda (x) (* 2 x)) (iota 10)))",
        ),
        ("(println . + 1 2)", "(println (+ 1 2))"),
        ("(flip . / 5 . car '(1))", "(flip (/ 5 (car '(1))))"),
        ("(btoa . json data)", "(btoa (json data))"),
        ("(f . g)", "(f (g))"),
        ("(f . (g x))", "(f (g x))"),
        ("(f (g . h x) . k)", "(f (g (h x)) (k))"),
        ("(map f . lambda (x) x)", "(map f (lambda (x) x))"),
        ("{a:(f . g)}", "{a:(f (g))}"),
        ("{(f . g)}", "{(f (g))}"),
        ("(cond (a . f x))", "(cond (a (f x)))"),
        ("(defun f (x) . g x)", "(defun f (x) (g x))"),
        ("(defpat f ([x]) . g x)", "(defpat f ((x)) (g x))"),
    ],
)
def test_dot_starts_a_call_that_is_the_last_argument(text: str, core: str) -> None:
    assert expanded(text) == core


def test_dot_in_first_place_is_the_inner_product() -> None:
    assert expanded("(. '+ '* a b)") == "(. '+ '* a b)"
    assert expanded("(. a + * . f b)") == "(. a + * (f b))"


@pytest.mark.parametrize(
    "text",
    [
        "'(a . b)",
        "(data@ (P . _))",
        "@{a:(f . g)}",
        "(f 'x '(y . z) .5)",
        "(a.b)",
    ],
)
def test_dot_elsewhere_stays(text: str) -> None:
    assert expanded(text) == unread(read(Source.of(text)).forms[0])


def test_quote_has_one_spelling() -> None:
    assert expanded("(f (quote (a . b)) (quote x))") == "(f '(a . b) 'x)"


@pytest.mark.parametrize("text", ["(f . . g)", "(f .. g)", "(f ... g)", "(. . f g)"])
def test_two_dots_in_a_row_are_an_error(text: str) -> None:
    ((_, message, hint),) = problems(text)
    assert message == "two '.' in a row"
    assert hint == "write a call between them: (f . g . h x)"


def test_dot_needs_a_call_behind_it() -> None:
    assert problems("(f x .)") == [
        (".", "nothing follows the '.'", "write the call behind it: (f . g x)")
    ]


def test_call_behind_a_dot_spans_its_part_of_the_text() -> None:
    text = "(sqrt . sum . iota 10)"
    (form,) = expand(read(Source.of(text)).forms)[0]
    assert isinstance(form, ListForm)
    span = form.items[1].span
    assert text[span.start : span.end] == "sum . iota 10"


# --- lambda -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "(lambda (x) (f x))",
        "(λ (x) (f x))",
        "(λ(x) (f x))",
        r"(\ (x) . f x)",
        r"(\(x) . f x)",
    ],
)
def test_every_spelling_of_lambda_is_one(text: str) -> None:
    assert expanded(text) == "(lambda (x) (f x))"


def test_quoted_lambda_is_code() -> None:
    assert expanded(r"(map '(\(x) (f . g x)) l)") == "(map '(lambda (x) (f (g x))) l)"


def test_lambda_sign_elsewhere_stays() -> None:
    assert expanded("(f λ '(λ x) (x λ))") == "(f λ '(lambda x) (x λ))"


def test_what_names_nothing_to_expand_stays_the_same_object() -> None:
    before = read(Source.of(r"(defmacro m (x) (f x)) (g (h 1)) (m (h 1)) (\(e) (h 1))"))
    _, plain, called, function = before.forms
    first, second, third = expand(before.forms)[0]
    assert isinstance(called, ListForm) and isinstance(function, ListForm)
    assert isinstance(second, ListForm) and isinstance(third, ListForm)
    assert first is plain
    assert second.items[1] is called.items[1]
    assert third.items[2] is function.items[2]


# --- macros -----------------------------------------------------------------------------------

UNLESS = "(defmacro unless (c $ body) (if (not c) (block $ body)))"


@pytest.mark.parametrize(
    ("definitions", "call", "core"),
    [
        ("(defmacro cube (x) (* x x x))", "(cube (f))", "(* (f) (f) (f))"),
        ("(defmacro one () 1)", "(one)", "1"),
        (UNLESS, "(unless a b c)", "(if (not a) (block b c))"),
        (UNLESS, "(unless a)", "(if (not a) (block))"),
        (UNLESS, "(unless . f x)", "(if (not (f x)) (block))"),
        (
            UNLESS,
            "(unless a (unless b c))",
            "(if (not a) (block (if (not b) (block c))))",
        ),
        (
            "(defmacro m ((a b) $ r) (f b a . g $ r))",
            "(m (1 2) 3 4)",
            "(f 2 1 (g 3 4))",
        ),
        ("(defmacro name (x) 'x)", "(name y)", "'y"),
        ("(defmacro d (k v) {k:v})", "(d 1 2)", "{1:2}"),
        ("(defmacro s (a _) {a})", "(s 1 2)", "{1}"),
        ("(defmacro f (a) (f2 a)) (defmacro f2 (a) (g a))", "(f 1)", "(g 1)"),
        ("(defmacro me (r) (list r))", "'(me 1)", "'(me 1)"),
    ],
)
def test_macro_call_becomes_its_template(
    definitions: str, call: str, core: str
) -> None:
    assert expanded(f"{definitions} {call}") == core
    assert expanded(f"{call} {definitions}") == core


def test_patterns_are_tried_in_order() -> None:
    text = """
    (defmacro sign ('< a) (less a))
    (defmacro sign (0 a) (zero a))
    (defmacro sign ("s" a) (text a))
    (defmacro sign (x x) (same x))
    (defmacro sign (x a) (other x a))
    (sign < 1) (sign 0 1) (sign "s" 1) (sign (f 1) (f 1)) (sign > 1)
    """
    assert expanded(text) == ("(less 1) (zero 1) (text 1) (same (f 1)) (other > 1)")


SWAP = "(defmacro swap (a b) (block (setq tmp a) (setq a b) (setq b tmp)))"


def test_own_names_of_a_template_stay_while_nothing_else_uses_them() -> None:
    assert expanded(f"{SWAP} (swap x y)") == (
        "(block (setq tmp x) (setq x y) (setq y tmp))"
    )


def test_own_names_of_a_template_capture_no_name_of_the_program() -> None:
    assert expanded(f"{SWAP} (swap tmp y)") == (
        "(block (setq tmp-2 tmp) (setq tmp y) (setq y tmp-2))"
    )
    assert expanded(f"{SWAP} (f tmp-2) (swap tmp y)") == (
        "(f tmp-2) (block (setq tmp-3 tmp) (setq tmp y) (setq y tmp-3))"
    )


def test_own_names_of_a_template_capture_no_name_of_another_macro() -> None:
    uses = "(defmacro show () (print tmp))"
    assert expanded(f"{SWAP} {uses} (swap x (show))").count("tmp-2") == 2


@pytest.mark.parametrize(
    "template",
    [
        "(let ((own a)) (f own b))",
        "(loop own a (f own b))",
        "(f a (lambda (own) (g own b)))",
        "(f a (\\(own) (g own b)))",
        "(loopcount a own (f own b))",
        "(block (setq (own z) a) (f own b))",
    ],
)
def test_every_way_to_bind_is_seen(template: str) -> None:
    text = expanded(f"(defmacro m (a b) {template}) (m 1 own)")
    assert text.count("own-2") == 2
    assert text.replace("own-2", "").count("own") == 1


def test_expansion_inside_another_has_names_of_its_own() -> None:
    either = "(defmacro either (a b) (let ((t a)) (if t t b)))"
    assert expanded(f"{either} (either x (either y z))") == (
        "(let ((t x)) (if t t (let ((t-2 y)) (if t-2 t-2 z))))"
    )


def test_template_has_the_span_of_the_call_and_arguments_keep_theirs() -> None:
    text = "(defmacro twice (x) (f x x))\n(twice (g 1))"
    (form,) = expand(read(Source.of(text)).forms)[0]
    assert isinstance(form, ListForm)
    parts = [text[part.span.start : part.span.end] for part in (form, *form.items)]
    assert parts == ["(twice (g 1))", "(twice (g 1))", "(g 1)", "(g 1)"]


def test_call_that_fits_no_pattern_is_an_error() -> None:
    definitions = "(defmacro m (a b) (f a b)) (defmacro m ('x) (g)) "
    assert problems(definitions + "(m 1)") == [
        (
            "(m 1)",
            "no pattern of macro `m` fits this call",
            "write (m a b) or (m 'x)",
        )
    ]


@pytest.mark.parametrize(
    "text",
    ["(defmacro)", "(defmacro f (x))", "(defmacro f x x)", "(defmacro f (x) 1 2)"],
)
def test_malformed_macro_is_an_error(text: str) -> None:
    assert problems(text) == [
        (
            text,
            "`defmacro` needs a name, a list of parameters and one form",
            "write (defmacro name (parameters) form), several forms as (block …)",
        )
    ]


def test_macro_in_the_template_of_another_is_an_error() -> None:
    assert problems("(defmacro f (x) (block (defmacro g (y) y) x)) (f 1)") == [
        (
            "(f 1)",
            "`defmacro` stands in the template of a macro",
            "define it outside of macros",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "(defmacro f (x) (f x)) (f 1)",
        "(defmacro f (x) (g x)) (defmacro g (x) (f (list x x))) (f 1)",
        "(defmacro f (x) (list (f x) (f x))) (f 1)",
        "(defmacro f (x) (list x x)) " + "(f " * 60 + "1" + ")" * 60,
    ],
)
def test_macro_without_end_is_an_error(text: str) -> None:
    ((_, message, hint),) = problems(text)
    assert message.endswith("expands without end")
    assert hint == "give it a pattern that stops it"


# --- any program ------------------------------------------------------------------------------


def test_program_without_anything_to_expand_stays_the_same() -> None:
    forms = read(Source.of("(f (g '(a . b)) {k:v}) x")).forms
    again, _ = expand(forms)
    assert all(new is old for new, old in zip(again, forms, strict=True))


@given(st.lists(random_forms, max_size=3))
def test_expanding_twice_changes_nothing(forms: list[Form]) -> None:
    once, diagnostics = expand(tuple(forms))
    if diagnostics:
        return
    twice, diagnostics = expand(once)
    assert not diagnostics
    assert [shape(form) for form in twice] == [shape(form) for form in once]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000 + ")" * 20_000,
        "(f . g " * 20_000 + ")" * 20_000,
        "(f" + " . f" * 20_000 + ")",
        "{a:" * 20_000 + "(f . g)" + "}" * 20_000,
        r"'(\(x) " * 20_000 + ")" * 20_000,
    ],
    ids=["lists", "dots", "chain", "dictionaries", "lambdas"],
)
def test_deep_forms_are_expanded_without_recursion(text: str) -> None:
    result = read(Source.of(text))
    forms, diagnostics = expand(result.forms)
    assert not diagnostics
    assert 20_000 <= nesting_depth(forms) <= result.depth + 1


def test_nesting_depth_sees_what_macros_add() -> None:
    forms, _ = expand(read(Source.of("(defmacro m (x) ((((x))))) (m (1))")).forms)
    assert nesting_depth(forms) == 5


def macros_in_a_row(count: int, depth: int) -> str:
    """Return a program that calls a macro whose code is ``count`` times ``depth`` deep."""
    definitions = [
        f"(defmacro m{i} (x) {'(+ 1 ' * depth}(m{i + 1} x){')' * depth})"
        for i in range(count)
    ]
    last = f"(defmacro m{count} (x) x)"
    return "\n".join((*definitions, last, "(println (m0 1))"))


def test_code_that_macros_nest_deeply_is_compiled() -> None:
    assert not compile_text(
        macros_in_a_row(50, 50), options=Options(format=False)
    ).diagnostics


def test_macros_that_nest_code_too_deeply_are_reported() -> None:
    (error,) = compile_text(macros_in_a_row(98, 210)).diagnostics
    assert error.code == "LT0901"
    assert f"at most {MAX_DEPTH}" in error.message
