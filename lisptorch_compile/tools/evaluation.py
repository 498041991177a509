"""Evaluating code in a running program: ``eval``, ``loadcode``, ``load`` of any path."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from lisptorch_compile.analyzer import Surroundings
from lisptorch_compile.analyzer.evaluated import FRAME
from lisptorch_compile.catalogue.imports import IMPORTS, LISPE_IMPORTS, ImportSource
from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.codegen import KEPT_VALUE
from lisptorch_compile.diagnostics import Severity, Span
from lisptorch_compile.forms import (
    Form,
    ListForm,
    Number,
    String,
    StringKind,
    Symbol,
)
from lisptorch_compile.names import open_name
from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.records import replaced
from lisptorch_compile.runtime import LinkedList, LispError
from lisptorch_compile.runtime import Symbol as Atom
from lisptorch_compile.tools.evaluated_rules import run_with_rules
from lisptorch_compile.tools.programs import code_of
from lisptorch_compile.tools.sources import SourceError, read_source
from lisptorch_compile.unread import unread

#: The function that code becomes which a function evaluates.
_FUNCTION = open_name(FRAME)
#: What errors of evaluated code call the text.
FILENAME = "<eval>"

_OPTIONS = Options(format=False, self_check=False, late=True, keep_value=True)

#: Where a program keeps the values of the files that it has loaded, by path.
_LOADED = "__loaded__"


def evaluate(
    code: Any,
    variables: dict[str, Any],
    frame: Mapping[str, Any] | None = None,
    *,
    numbers: str = "python",
) -> Any:
    """Evaluate LispE code in a running program and return the value of its last form.

    The code sees the program's variables and functions, and may set and define them. In a
    function it sees the function's variables, too; what it sets there is its own.

    >>> program = {"step": 2}
    >>> evaluate("(defun next (x) (+ x step)) (next 40)", program)
    42
    >>> program["next"](1)
    3

    Args:
        code: a text, or a list or atom as code. Any other value is itself.
        variables: the program's variables by their Python names: ``globals()``.
        frame: those of the function that evaluates the code: ``locals()``.
        numbers: ``"lispe"`` where an integer cuts a real on its right, as in LispE.

    Raises:
        LispError: the code cannot be compiled, or fails.
    """
    objects: dict[str, Any] = {}
    text = code if isinstance(code, str) else unread(_form(code, objects))
    variables.update(objects)
    try:
        return _run(text, FILENAME, variables, frame, Arithmetic(numbers))
    finally:
        if not _makes_functions(text):
            for name in objects:
                variables.pop(name, None)


def evaluate_file(
    path: str, variables: dict[str, Any], *, numbers: str = "python"
) -> Any:
    """Evaluate a LispE file in a running program and return the value of its last form.

    The path is relative to the program's file or, where there is none, to the current
    folder. A file that was loaded before is not evaluated again: its value is the first.

    Raises:
        LispError: there is no such file, it cannot be compiled, or it fails.
    """
    file = _found(str(path), variables)
    loaded: dict[Path, Any] = variables.setdefault(_LOADED, {})
    if file not in loaded:
        loaded[file] = None  # as in LispE, a file that loads itself does so once
        text, meaning = _text(file, path), Arithmetic(numbers)
        loaded[file] = _run(text, str(file), variables, None, meaning)
    return loaded[file]


def _found(path: str, variables: Mapping[str, Any]) -> Path:
    folder = Path(str(variables.get("__file__", ""))).parent
    beside = folder / path
    return (beside if beside.is_file() else Path(path)).resolve()


def _text(file: Path, path: str) -> str:
    try:
        return read_source(file)
    except SourceError:
        raise LispError(f"Unknown file: {path}") from None


# --- compiling in the program ---------------------------------------------------------------


def _run(
    text: str,
    filename: str,
    variables: dict[str, Any],
    frame: Mapping[str, Any] | None,
    numbers: Arithmetic,
) -> Any:
    """Return the value of a text, whose rules add to those of the program."""

    def run(code: str) -> Any:
        return _value(code, filename, variables, frame, numbers)

    return run_with_rules(text, variables, run)


def _value(
    text: str,
    filename: str,
    variables: dict[str, Any],
    frame: Mapping[str, Any] | None,
    numbers: Arithmetic,
) -> Any:
    within = surroundings(variables, frame)
    compiled = _compiled(text, filename, within, numbers)
    exec(compiled.code, variables)  # noqa: S102  # what `eval` is for
    value = variables.pop(KEPT_VALUE, None)
    if frame is None or not text.strip():
        return value
    del variables[_FUNCTION]
    return value(*[frame[name] for name in compiled.given])


class _Code:
    """Compiled code, and the variables of the frame that it is a function of."""

    def __init__(self, code: CodeType, given: tuple[str, ...]) -> None:
        self.code = code
        self.given = given


@lru_cache(maxsize=256)
def _compiled(
    text: str, filename: str, within: Surroundings, numbers: Arithmetic
) -> _Code:
    options = replaced(_OPTIONS, numbers=numbers)
    compiled = compile_text(
        text, filename=filename, options=options, within=within, tree=True
    )
    if compiled.errors:
        raise LispError(_message(compiled))
    if filename == FILENAME:  # the name of many texts, so nobody can show their lines
        assert compiled.tree is not None
        code = compile(compiled.tree, FILENAME, "exec", dont_inherit=True)
    else:
        code = code_of(compiled)
    return _Code(code, compiled.given)


def _message(compiled: Compiled) -> str:
    """Return what is wrong with a text that does not compile, and where."""
    first = next(d for d in compiled.diagnostics if d.severity is Severity.ERROR)
    line, _ = compiled.source.position(first.span.start)
    return f"Error: {first.message}, line: {line} in: {compiled.source.filename}"


def surroundings(
    variables: Mapping[str, Any], frame: Mapping[str, Any] | None = None
) -> Surroundings:
    """Return what code that is evaluated in a program sees of it."""
    own = {name: value for name, value in variables.items() if _is_own(name, value)}
    return Surroundings(
        frozenset(own),
        frozenset([name for name, value in own.items() if callable(value)]),
        frozenset(own),
        None if frame is None else frozenset(frame),
    )


def _is_own(name: str, value: Any) -> bool:
    """Tell whether a name of a module is a variable of the program, not an import."""
    if name.startswith("__"):
        return False
    sources = [table[name] for table in (IMPORTS, LISPE_IMPORTS) if name in table]
    return not any([value is _imported(source) for source in sources])


def _imported(source: ImportSource) -> Any:
    """Return what an import that has run gave, a new object if none has."""
    module = sys.modules.get(source.module, object())
    return module if source.name is None else getattr(module, source.name, object())


# --- values as code -----------------------------------------------------------------------------

_NOWHERE = Span(0, 0)

#: Names of atoms that are read as they are written.
_PLAIN_NAME = re.compile(r"""[^\s()\[\]{}"'`;,:«»“”]+""")


def _form(value: Any, objects: dict[str, Any]) -> Form:
    """Return the form that a value is as code.

    What cannot be written, such as a function or a tensor, becomes a name that holds it,
    which is added to ``objects``.
    """
    match value:
        case None | False:
            return Symbol("nil", _NOWHERE)
        case True:
            return Symbol("true", _NOWHERE)
        case int() | float() | complex() if _is_written(value):
            return Number(value, _NOWHERE)
        case str():
            return String(value, StringKind.PLAIN, _NOWHERE)
        case Atom(name) if _PLAIN_NAME.fullmatch(name):
            return Symbol(name, _NOWHERE)
        case list() | tuple() | LinkedList():
            items = tuple([_form(item, objects) for item in value])
            return ListForm(items, _NOWHERE)
        case _:
            name = f"object-{id(value):x}"
            objects[open_name(name)] = value
            return Symbol(name, _NOWHERE)


def _is_written(value: complex) -> bool:
    """Tell whether a number can be written: neither infinite nor no number at all."""
    return isinstance(value, int) or value - value == 0


def _makes_functions(text: str) -> bool:
    """Tell whether code may leave functions behind, which still need its objects."""
    return any(word in text for word in ("lambda", "\\", "λ", "def", "class@"))
