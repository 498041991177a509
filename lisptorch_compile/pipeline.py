"""Text in, Python and diagnostics out: the stages of the compiler, one after the other."""

from __future__ import annotations

import ast
import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from lisptorch_compile import codegen, linemap
from lisptorch_compile.analyzer import LoadedNames, Surroundings, analyze, framed
from lisptorch_compile.diagnostics import Diagnostic, Severity, Source, Span, diagnose
from lisptorch_compile.emitter import emit
from lisptorch_compile.expander import expand
from lisptorch_compile.forms import Comment, Form, ReadResult
from lisptorch_compile.names import Names, allocate, open_name
from lisptorch_compile.nodes import Program
from lisptorch_compile.pytree import Module
from lisptorch_compile.reader import read
from lisptorch_compile.records import record, replaced
from lisptorch_compile.scope import Binding, BindingKind

#: Programs nested more deeply get a diagnostic; those up to here compile and run.
MAX_DEPTH = 20_000

#: From this depth on, the stages run with a larger stack and recursion limit.
_ORDINARY_DEPTH = 60

#: The Python name of the value of a program's last form: none that LispE can write.
VALUE = "__value__"

Loader = Callable[[str], LoadedNames | None]


@record
class Options:
    """``format``: black has the last word; ``self_check``: read the output back and make
    the line map; ``late``: what LispE finds out only when it runs a program (unknown names,
    calls with the wrong arguments …) is a warning, and fails where the running program
    reaches it; ``keep_value``: the module keeps the value of the last form under
    the name ``VALUE``."""

    format: bool = True
    self_check: bool = True
    late: bool = False
    keep_value: bool = False


DEFAULTS = Options()


@record
class Compiled:
    """The result of a compilation: ``python`` is None when there are errors.

    ``mapping`` is the content of the side file (see ``linemap.mapping``), ``tree`` the
    module with the positions of the LispE source, when it was asked for. Code that a
    function evaluates is a function of the variables ``given``.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    python: str | None = None
    mapping: dict[str, Any] | None = None
    tree: ast.Module | None = None
    given: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)


def compile_text(
    text: str,
    *,
    filename: str = "<string>",
    options: Options = DEFAULTS,
    load: Loader | None = None,
    within: Surroundings | None = None,
    tree: bool = False,
) -> Compiled:
    """Compile a LispE text.

    Args:
        text: the source.
        filename: what diagnostics and the header call it.
        options: see ``Options``.
        load: gives the names of a file that the source ``load``s, None when there is none.
        within: the running program that evaluates the text, if one does.
        tree: also return the tree to run, with positions in the source.
    """
    job = _Job(
        Source.of(text, filename),
        options,
        _load_nothing if load is None else load,
        within,
        tree,
    )
    with _paused_garbage_collection():
        return job.run()


@record
class _Job:
    """One compilation, stage by stage."""

    source: Source
    options: Options
    load: Loader
    within: Surroundings | None
    tree: bool

    def run(self) -> Compiled:
        result = read(self.source)
        if result.depth > MAX_DEPTH:
            return self._too_deep(result.diagnostics, result.depth)
        if result.depth <= _ORDINARY_DEPTH:
            return self._compile(result)
        return _with_deep_stack(lambda: self._compile(result), result.depth)

    def _compile(self, result: ReadResult) -> Compiled:
        forms, macro_faults = expand(result.forms)
        comments = result.comments
        if self.source.text.startswith("#!"):
            comments = comments[1:]  # which interpreter runs a script, on Unix
        given: tuple[str, ...] = ()
        if self.within is not None and self.within.frame is not None:
            forms, given = framed(forms, self.within.frame)
        program, faults = analyze(
            forms, comments, self.source, load=self.load, within=self.within
        )
        faults = without_cascades(forms, result.diagnostics, (*macro_faults, *faults))
        diagnostics = [*result.diagnostics, *faults]
        if self.options.late:
            diagnostics = [_late(diagnostic) for diagnostic in diagnostics]
        diagnostics.sort(key=lambda diagnostic: diagnostic.span.start)
        if any([d.severity is Severity.ERROR for d in diagnostics]):
            return Compiled(self.source, tuple(diagnostics))
        name = PurePath(self.source.filename).name
        kept = _result(program) if self.options.keep_value else None
        try:
            module = codegen.generate(program, name, result=kept)
        except codegen.TooDeepError as error:
            diagnostics.append(diagnose("LT0904", error.span))
            return Compiled(self.source, tuple(diagnostics))
        fixed = _settled_names(program, kept)
        taken = () if self.within is None else self.within.taken
        names = allocate(module, fixed=fixed, taken=taken)
        written = self._written(module, names, program.comments, tuple(diagnostics))
        return replaced(written, given=given)

    def _written(
        self,
        module: Module,
        names: Names,
        comments: tuple[Comment, ...],
        diagnostics: tuple[Diagnostic, ...],
    ) -> Compiled:
        python = emit(module, names, comments, self.source)
        if self.options.format:
            python = formatted(python)
        # both of these read the text back and compare it with the tree
        tree = mapping = None
        if self.tree:
            tree = linemap.locate(python, module, names, self.source)
        elif self.options.self_check:
            mapping = linemap.mapping(python, module, names, self.source)
        return Compiled(self.source, diagnostics, python, mapping, tree)

    def _too_deep(self, found: tuple[Diagnostic, ...], depth: int) -> Compiled:
        span = Span(0, min(len(self.source.text), 1))
        deep = diagnose("LT0901", span, depth=depth, limit=MAX_DEPTH)
        return Compiled(self.source, (*found, deep))


def _result(program: Program) -> Binding:
    """Return the variable for the value of the last form."""
    return Binding("value", BindingKind.TEMPORARY, program.span)


def _settled_names(program: Program, result: Binding | None) -> dict[Binding, str]:
    """Return the names that others find by their own means: those of an open program,
    where the first of several that are spelled alike counts, and the value's."""
    names: dict[str, Binding] = {}
    if program.open:
        for binding in program.globals:
            names.setdefault(open_name(binding.name), binding)
    if result is not None:
        names[VALUE] = result
    return {binding: name for name, binding in names.items()}


def without_cascades(
    forms: Sequence[Form],
    reading: Sequence[Diagnostic],
    others: Sequence[Diagnostic],
) -> tuple[Diagnostic, ...]:
    """Leave out what was found in forms that could not even be read as they stand."""
    broken = [
        form.span
        for form in forms
        if any([form.span.start <= d.span.start < form.span.end for d in reading])
    ]
    return tuple(
        [
            diagnostic
            for diagnostic in others
            if not any(
                [span.start <= diagnostic.span.start < span.end for span in broken]
            )
        ]
    )


def _late(diagnostic: Diagnostic) -> Diagnostic:
    if diagnostic.code in _LATE:
        return replaced(diagnostic, severity=Severity.WARNING)
    return diagnostic


#: What LispE finds out only where it evaluates the form: calls of what is no function or
#: with the wrong arguments, unknown names, files and libraries. What it refuses to read or
#: to compile, a form of the wrong shape above all, is an error for us, too.
_LATE = frozenset(
    ("LT0206", "LT0207", "LT0214", "LT0301", "LT0302", "LT0304", "LT0401", "LT0402")
    + ("LT0403", "LT0404", "LT0405", "LT0501", "LT0503")
)


def formatted(python: str) -> str:
    """Return the text as black lays it out."""
    import black  # 110 ms: only where a file is formatted

    return black.format_str(python, mode=black.Mode())


def _load_nothing(path: str) -> None:
    return None


@contextmanager
def _paused_garbage_collection() -> Iterator[None]:
    """A compilation makes many objects and few cycles: collecting them costs a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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
        except BaseException as error:  # noqa: BLE001
            # handed on to the caller's thread
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
