"""``eval`` and ``loadcode``: code that is known when compiling stands in their place.

    (eval '(setq a (+ b 1)))  is  (setq a (+ b 1))
    (eval "(f 1) (g 2)")      is  (block (f 1) (g 2))

Everything else is evaluated by the running program, which makes the file *open*: its
variables and functions may be used by code that nobody has seen yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from lisptorch_compile.analyzer.interpolation import forms_within
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.expander import expand
from lisptorch_compile.forms import Form, ListForm, Quote, String, StringKind, Symbol
from lisptorch_compile.macros import symbols
from lisptorch_compile.names import open_name, spell

#: The function that code evaluated by a function becomes: none that a text can name.
FRAME = " evaluated code"

#: The functions that evaluate code.
EVALUATORS = ("eval", "loadcode")


def evaluated_code(form: ListForm, source: Source) -> tuple[Form, ...] | None:
    """Return the forms that a call evaluates, None when only the running program knows.

    Code that leaves the function around it does so only where it stands, so it is left to
    the running program, as is what cannot be read.
    """
    forms: tuple[Form, ...] | None
    match form.items:
        case (Symbol(), String(value, kind) as text) if kind is not StringKind.BYTES:
            forms = forms_within(text, 0, len(value), source)
        case (Symbol("eval"), Quote(quoted)):
            forms = (quoted,)
        case (Symbol("eval"), ListForm((Symbol("quote"), quoted))):
            forms = (quoted,)
        case _:
            return None
    if forms is None or _leaves(forms):
        return None
    expanded, faults = expand(forms)
    return None if faults else expanded


def _leaves(forms: tuple[Form, ...]) -> bool:
    """Tell whether code speaks of the function or the loop that it stands in."""
    return any([s.name in ("return", "break", "self") for s in _symbols(forms)])


def framed(
    forms: tuple[Form, ...], frame: AbstractSet[str]
) -> tuple[tuple[Form, ...], tuple[str, ...]]:
    """Return code that a function evaluates as a function of the variables it mentions,
    and what to call that with, out of ``frame``: Python names of the evaluating function.

    What the code sets is its own. The value is the function, called by who evaluates it:

        (+ x 1)  →  (defun evaluated-code (x) (+ x 1)) evaluated-code

    Classes and data types are the program's; the code is the rest.
    """
    types = tuple([form for form in forms if _defines_type(form)])
    if not forms:
        return (), ()
    span = Span(forms[0].span.start, forms[-1].span.end)
    found = {symbol.name: frame_name(symbol.name, frame) for symbol in _symbols(forms)}
    given = {name: python for name, python in found.items() if python is not None}
    parameters = ListForm(tuple([Symbol(name, span) for name in given]), span)
    head, name = Symbol("defun", span), Symbol(FRAME, span)
    body = [form for form in forms if form not in types] or [Symbol("true", span)]
    definition = ListForm((head, name, parameters, *body), span)
    return (*types, definition, name), tuple(given.values())


def _defines_type(form: Form) -> bool:
    match form:
        case ListForm((Symbol("class@" | "defclass" | "data@" | "data"), _, *_)):
            return True
        case _:
            return False


def frame_name(symbol: str, frame: AbstractSet[str]) -> str | None:
    """Return the Python name of a variable of the evaluating function, if it has it."""
    for name in (spell(symbol), open_name(symbol)):
        if name in frame:
            return name
    return None


def _symbols(forms: tuple[Form, ...]) -> Iterator[Symbol]:
    for form in forms:
        yield from symbols(form)
