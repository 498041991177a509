"""The program of an interactive session: it grows by one input after the other."""

from __future__ import annotations

import linecache
from dataclasses import dataclass, field
from typing import Any

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer import Surroundings
from lisptorch_compile.analyzer.suggestions import suggestion
from lisptorch_compile.api import CompileError
from lisptorch_compile.catalogue.foreign_words import in_lispe
from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.codegen import KEPT_VALUE
from lisptorch_compile.diagnostics import Diagnostic, Source, Span
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.names import open_name
from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.reader import read
from lisptorch_compile.records import record, replaced
from lisptorch_compile.runtime.errors import UnknownLabel
from lisptorch_compile.tools.evaluation import surroundings
from lisptorch_compile.tools.programs import code_of
from lisptorch_compile.tools.services import DefinedSymbol, analyzed, symbols
from lisptorch_compile.tools.services.description import without_header
from lisptorch_compile.tools.uncaught import INPUT
from lisptorch_compile.unread import unread

_RULES = ("defpat", "defpred", "defprol")


@record
class _Definition:
    """A macro, or a rule of a pattern function, that later inputs are compiled with."""

    kind: str
    name: str
    pattern: str
    text: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What a definition that takes its place shares with it."""
        return self.kind, self.name, self.pattern


@dataclass(slots=True)
class Session:
    """A running program, and what its next input is compiled with.

    Variables, functions and classes live in ``variables``, by their Python names. Macros,
    and the rules of a pattern function that gets more of them, are compiled with the input
    that uses them: they have no existence of their own when the program runs.
    """

    numbers: Arithmetic = Arithmetic.PYTHON
    variables: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    names: dict[str, None] = field(default_factory=dict)  # defined so far, as LispE
    definitions: list[_Definition] = field(default_factory=list)
    count: int = 0

    def compile(
        self, text: str, *, format: bool = False, filename: str | None = None
    ) -> Compiled:
        """Compile an input in the program as it is; nothing is run.

        Args:
            text: the input.
            format: make Python to read, of names that may still be unknown, else a tree
                to run.
            filename: what errors call the input, ``self.filename`` unless given.

        Raises:
            CompileError: it has errors; their places are those in ``text``.
        """
        filename = filename or self.filename
        prefix = self._prefix(read(Source.of(text)).forms)
        options = Options(
            format=format,
            self_check=False,
            keep_value=not format,
            numbers=self.numbers,
        )
        compiled = compile_text(
            prefix + text,
            filename=filename,
            options=options,
            within=self._surroundings(names_known=not format),
            tree=not format,
        )
        source = Source.of(text, filename)
        problems = tuple([_moved(d, len(prefix)) for d in compiled.diagnostics])
        if compiled.errors:
            raise CompileError(source, problems)
        return replaced(compiled, diagnostics=problems)

    def spelled(self) -> dict[str, str]:
        """Return the Python names of the variables by the names that inputs give them."""
        symbols = {open_name(name): name for name in self.names}
        own = surroundings(self.variables).variables
        return {symbols.get(name, name): name for name in own}

    def suggestion(self, error: BaseException) -> str | None:
        """Return the hint for a name that a function did not find when it ran."""
        if not isinstance(error, UnknownLabel):
            return None
        return in_lispe(error.name) or suggestion(
            error.name, [*self.spelled(), *catalogue.names()]
        )

    def _surroundings(self, *, names_known: bool) -> Surroundings:
        names = frozenset(self.spelled()) if names_known else None
        return replaced(surroundings(self.variables), names=names)

    @property
    def filename(self) -> str:
        """What errors call the next input."""
        return f"{INPUT}{self.count + 1}>"

    def evaluate(self, text: str) -> Any:
        """Evaluate an input and return the value of its last form.

        Raises:
            CompileError: it cannot be compiled; nothing has happened.
            BaseException: whatever the program raises; what it did before stays.
        """
        return self.run(self.compile(text), text)

    def run(self, compiled: Compiled, text: str) -> Any:
        """Run an input that was compiled and return the value of its last form."""
        code, filename = code_of(compiled), compiled.source.filename
        lines = text.splitlines(keepends=True)
        linecache.cache[filename] = (len(text), None, lines, filename)
        self.count += 1
        exec(code, self.variables)  # noqa: S102  # what a session is for
        self._remember(text)
        return self.variables.pop(KEPT_VALUE, None)

    def python(self, text: str) -> str:
        """Return the Python that an input becomes, without its imports.

        Raises:
            CompileError: it has errors.
        """
        return without_header(self.compile(text, format=True).python or "")

    def _remember(self, text: str) -> None:
        """Keep what an input defines, after it has run."""
        forms = read(Source.of(text)).forms
        new = [d for d in map(_definition, forms) if d is not None]
        changed = {definition.key: definition for definition in new}
        kept = [changed.pop(old.key, old) for old in self.definitions]
        self.definitions = [*kept, *changed.values()]
        for symbol in symbols(analyzed(text)):
            self.names.update(dict.fromkeys(_names(symbol)))

    def _prefix(self, forms: tuple[Form, ...]) -> str:
        """Return the definitions that an input is compiled with, on one line.

        A rule that is written again counts in its old place.
        """
        own = {d.key: d for d in map(_definition, forms) if d is not None}
        ruled = {(d.kind, d.name) for d in own.values() if d.kind in _RULES}
        needed: list[str] = []
        for known in self.definitions:
            is_first_of_rules = known.kind in ("defpat", "defpred")
            if known.key in own and not is_first_of_rules:
                continue
            if known.kind == "defmacro" or (known.kind, known.name) in ruled:
                needed.append(own.get(known.key, known).text)
        return "".join([f"{text} " for text in needed])


def _definition(form: Form) -> _Definition | None:
    match form:
        case ListForm((Symbol(kind), Symbol(name), pattern, *_)):
            if kind == "defmacro" or kind in _RULES:
                return _Definition(kind, name, unread(pattern), unread(form))
    return None


def _names(symbol: DefinedSymbol) -> list[str]:
    return [symbol.name, *[child.name for child in symbol.children]]


def _moved(diagnostic: Diagnostic, prefix: int) -> Diagnostic:
    """Return a diagnostic of a text with a prefix as one of the text."""

    def moved(span: Span) -> Span:
        return Span(max(0, span.start - prefix), max(0, span.end - prefix))

    notes = tuple([replaced(n, span=moved(n.span)) for n in diagnostic.notes])
    fixes = tuple([replaced(f, span=moved(f.span)) for f in diagnostic.fixes])
    return replaced(diagnostic, span=moved(diagnostic.span), notes=notes, fixes=fixes)
