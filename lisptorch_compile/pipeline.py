"""Text in, Python and diagnostics out: the stages of the compiler, one after the other."""

from __future__ import annotations

import ast
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from lisptorch_compile import codegen, linemap
from lisptorch_compile.analyzer import LoadedNames, analyze
from lisptorch_compile.diagnostics import Diagnostic, Severity, Source, Span, diagnose
from lisptorch_compile.emitter import emit
from lisptorch_compile.expander import expand
from lisptorch_compile.forms import Comment, Form
from lisptorch_compile.names import Names, allocate
from lisptorch_compile.pytree import Module
from lisptorch_compile.reader import read

#: Programs nested more deeply get a diagnostic; those up to here compile and run.
MAX_DEPTH = 20_000

#: From this depth on, the stages run with a larger stack and recursion limit.
_ORDINARY_DEPTH = 60

Loader = Callable[[str], LoadedNames | None]


@dataclass(frozen=True, slots=True)
class Options:
    """``format``: black has the last word; ``self_check``: read the output back."""

    format: bool = True
    self_check: bool = True


@dataclass(frozen=True, slots=True)
class Compiled:
    """The result of a compilation: ``python`` is None when there are errors.

    ``mapping`` is the content of the side file (see ``linemap.mapping``), ``tree`` the
    module with the positions of the LispE source, when it was asked for.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    python: str | None = None
    mapping: dict[str, Any] | None = None
    tree: ast.Module | None = None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)


def compile_text(
    text: str,
    *,
    filename: str = "<string>",
    options: Options = Options(),  # noqa: B008  # frozen
    load: Loader | None = None,
    tree: bool = False,
) -> Compiled:
    """Compile a LispE text.

    Args:
        text: the source.
        filename: what diagnostics and the header call it.
        options: see ``Options``.
        load: gives the names of a file that the source ``load``s, None when there is none.
        tree: also return the tree to run, with positions in the source.
    """
    source = Source.of(text, filename)
    result = read(source)
    if result.depth > MAX_DEPTH:
        deep = diagnose("LT0901", _whole(source), depth=result.depth, limit=MAX_DEPTH)
        return Compiled(source, (*result.diagnostics, deep))
    diagnostics = list(result.diagnostics)

    def stages() -> Compiled:
        return _compile_forms(
            source, result.forms, result.comments, diagnostics, options, load, tree
        )

    if result.depth <= _ORDINARY_DEPTH:
        return stages()
    return _with_deep_stack(stages, result.depth)


def _compile_forms(
    source: Source,
    forms: tuple[Form, ...],
    comments: tuple[Comment, ...],
    diagnostics: list[Diagnostic],
    options: Options,
    load: Loader | None,
    tree: bool,
) -> Compiled:
    expanded, found = expand(forms)
    diagnostics.extend(found)
    program, found = analyze(
        expanded, comments, source, load=load if load is not None else _load_nothing
    )
    diagnostics.extend(found)
    diagnostics.sort(key=lambda diagnostic: diagnostic.span.start)
    if any(d.severity is Severity.ERROR for d in diagnostics):
        return Compiled(source, tuple(diagnostics))
    module = codegen.generate(program, PurePath(source.filename).name)
    names = allocate(module)
    python = emit(module, names, comments, source)
    if options.format:
        python = formatted(python)
    return _finished(source, diagnostics, python, module, names, options, tree)


def _finished(
    source: Source,
    diagnostics: list[Diagnostic],
    python: str,
    module: Module,
    names: Names,
    options: Options,
    tree: bool,
) -> Compiled:
    if options.self_check:
        linemap.check(python, module, names)
    located = linemap.locate(python, module, names, source) if tree else None
    mapping = linemap.mapping(python, module, names, source) if not tree else None
    return Compiled(source, tuple(diagnostics), python, mapping, located)


def formatted(python: str) -> str:
    """Return the text as black lays it out."""
    import black  # 110 ms: only where a file is formatted

    return black.format_str(python, mode=black.Mode())


def _load_nothing(path: str) -> None:
    return None


def _whole(source: Source) -> Span:
    return Span(0, min(len(source.text), 1))


# --- deep programs -----------------------------------------------------------------------------


@contextmanager
def _recursion_limit(limit: int) -> Iterator[None]:
    old = sys.getrecursionlimit()
    sys.setrecursionlimit(max(old, limit))
    try:
        yield
    finally:
        sys.setrecursionlimit(old)


def _with_deep_stack(stages: Callable[[], Compiled], depth: int) -> Compiled:
    """Run the stages in a thread whose stack fits a program nested ``depth`` deep."""
    outcome: list[Compiled | BaseException] = []

    def run() -> None:
        try:
            with _recursion_limit(20_000 + 40 * depth):
                outcome.append(stages())
        except BaseException as error:  # handed on to the caller's thread
            outcome.append(error)

    old = threading.stack_size(min(64 * 2**20 + depth * 16 * 2**10, 1024 * 2**20))
    try:
        thread = threading.Thread(target=run)
        thread.start()
    finally:
        threading.stack_size(old)
    thread.join()
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result
