"""Programs with the mistakes that people make: what is said of them, and where."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from mistakes import FOREIGN_NAMES, Mistake, Program, planted
from test_golden import CASES

from lisptorch_compile import catalogue
from lisptorch_compile.catalogue.foreign_words import FOREIGN_WORDS
from lisptorch_compile.diagnostics import Diagnostic, Source
from lisptorch_compile.forms import ListForm, Symbol
from lisptorch_compile.pipeline import Options, compile_text
from lisptorch_compile.reader import read

SEED = 20261201
COUNT = 150
_OPTIONS = Options(format=False, self_check=False)


def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    return compile_text(text, options=_OPTIONS).diagnostics


@cache
def programs() -> dict[str, Program]:
    """Return a fifth of the golden programs that have no error."""
    made: dict[str, Program] = {}
    for path in CASES[::5]:
        text = path.read_text(encoding="utf-8")
        if not compile_text(text, options=_OPTIONS).errors:
            made[str(path)] = Program.of(str(path), text)
    return made


def new_diagnostics(mistake: Mistake) -> list[Diagnostic]:
    """Return what is said of a mistake, but not of the program without it."""
    before = Counter([d.message for d in diagnostics(programs()[mistake.program].text)])
    found: list[Diagnostic] = []
    for diagnostic in diagnostics(mistake.text):
        if before[diagnostic.message]:
            before[diagnostic.message] -= 1
        else:
            found.append(diagnostic)
    return found


@cache
def results() -> tuple[tuple[Mistake, list[Diagnostic]], ...]:
    chosen = planted(list(programs().values()), COUNT, SEED)
    return tuple([(mistake, new_diagnostics(mistake)) for mistake in chosen])


def is_beside(mistake: Mistake, diagnostic: Diagnostic) -> bool:
    """Tell whether the place or the hint of a diagnostic leads to the mistake."""
    line, _ = Source.of(mistake.text).position(diagnostic.span.start)
    hinted = re.findall(r"line (\d+)", diagnostic.hint or "")
    lines = {line, *[int(number) for number in hinted]}
    return any(abs(each - right) <= 1 for each in lines for right in mistake.lines)


def share(good: list[bool]) -> float:
    assert len(good) > 10
    return sum(good) / len(good)


def test_first_diagnostic_stands_beside_the_mistake() -> None:
    good = [
        bool(found) and is_beside(mistake, found[0])
        for mistake, found in results()
        if mistake.lines
    ]
    assert share(good) >= 0.95


def test_a_mistake_has_at_most_one_further_diagnostic() -> None:
    assert share([len(found) <= 2 for _, found in results() if found]) >= 0.95


def test_right_name_is_suggested_for_a_misspelt_one() -> None:
    good = [
        any(f"`{mistake.meant}`" in (diagnostic.hint or "") for diagnostic in found)
        for mistake, found in results()
        if mistake.meant is not None
    ]
    assert share(good) >= 0.9


# --- words of other languages -----------------------------------------------------------


def test_no_foreign_word_is_one_of_lispe() -> None:
    assert [word for word in FOREIGN_WORDS if catalogue.lookup(word) is not None] == []


def test_words_that_other_languages_have_are_known() -> None:
    words = {word for each in FOREIGN_NAMES.values() for word in each}
    unknown = {word for word in words if catalogue.lookup(word) is None}
    assert unknown - set(FOREIGN_WORDS) == set()


def test_what_stands_for_a_foreign_word_is_lispe() -> None:
    for word in FOREIGN_WORDS.values():
        for text in word.instead:
            result = read(Source.of(text))
            assert not result.diagnostics, text
            (form,) = result.forms
            if isinstance(form, ListForm):
                head = form.items[0]
                assert isinstance(head, Symbol)
                assert catalogue.lookup(head.name) is not None, text


@pytest.mark.parametrize(
    ("program", "message", "hint"),
    [
        (
            "(define x 3)\n(println x)",
            "unknown function `define`",
            "in LispE, write (setq name value) or (defun name (parameters) body…)",
        ),
        (
            "(define (square x) (* x x))\n(println (square 2))",
            "unknown function `define`",
            "in LispE, write (setq name value) or (defun name (parameters) body…)",
        ),
        (
            "(let* ((a 1) (b a)) (println b))",
            "unknown function `let*`",
            "in LispE, write (let ((name value)) body…)",
        ),
        (
            "(dolist (x '(1 2)) (println x))",
            "unknown function `dolist`",
            "in LispE, write (loop name items body…)",
        ),
        ("(println #t)", "unknown name `#t`", "in LispE, write true"),
        (
            "(println (length '(1)))",
            "unknown function `length`",
            "in LispE, write (size value)",
        ),
        ("(setq x = 3)", "`setq` takes 2 arguments, 3 given", "write (setq x 3)"),
        (
            "(setq total 1) (println tоtal)",
            "unknown name `tоtal`",
            "did you mean `total`? U+043E only looks like `o`",
        ),
        (
            "(pyimport numpy) (println nunpy.pi)",
            "unknown name `nunpy.pi`",
            "did you mean `numpy.pi`?",
        ),
    ],
)
def test_one_diagnostic_says_what_lispe_has(
    program: str, message: str, hint: str
) -> None:
    (found,) = diagnostics(program)
    assert (found.message, found.hint) == (message, hint)


def test_foreign_word_that_the_program_defines_excuses_no_other_name() -> None:
    (found,) = diagnostics("(defun case (x) x)\n(println (case chosen))")
    assert found.message == "unknown name `chosen`"


def test_name_that_evaluated_code_could_define_has_a_suggestion() -> None:
    (found,) = diagnostics("(setq code (input))\n(println (eval codee))")
    assert (found.code, found.hint) == ("LT0606", "did you mean `code`?")


@pytest.mark.parametrize(
    "program",
    ["setq s (sort '< '(2 1))) (println s)", "(defun f (x) (if (> x 1) block x 2)))"],
)
def test_missing_opening_bracket_has_two_diagnostics(program: str) -> None:
    first, second = diagnostics(program)
    assert (second.code, first.span.start < second.span.start) == ("LT0104", True)
