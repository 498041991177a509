"""Text in, Python and diagnostics out: the stages of the compiler, one after the other."""

from __future__ import annotations

import ast
import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, TypeVar

from lisptorch_compile import codegen, linemap
from lisptorch_compile.analyzer import Surroundings, thread_variables
from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.cut_numbers import cut_numbers
from lisptorch_compile.diagnostics import Diagnostic, Severity, Source, Span, diagnose
from lisptorch_compile.emitter import emit
from lisptorch_compile.facts import Facts, infer
from lisptorch_compile.forms import ReadResult
from lisptorch_compile.names import Names, allocate, open_name, spell
from lisptorch_compile.nodes import Load, Node, Program
from lisptorch_compile.program_files import (
    AnalyzedFile,
    ExpandedFile,
    FileForms,
    Find,
    SourceFile,
    analyze_files,
    expand_files,
    find_nothing,
    joined,
    programs,
    read_files,
)
from lisptorch_compile.pytree import Module
from lisptorch_compile.reading_memory import ReadingMemory
from lisptorch_compile.records import record, replaced
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

#: Programs nested more deeply get a diagnostic; those up to here compile and run.
MAX_DEPTH = 20_000

#: From this depth on, the stages run with a larger stack and recursion limit.
_ORDINARY_DEPTH = 60


@record
class Options:
    """``format``: black has the last word; ``self_check``: read the output back and make
    the line map; ``late``: what LispE finds out only when it runs a program (unknown names,
    calls with the wrong arguments …) is a warning, and fails where the running program
    reaches it; ``keep_value``: the module keeps the value of the last form under
    the name ``codegen.KEPT_VALUE``; ``numbers``: whose meaning arithmetic and comparison
    have; ``compare_numbers``: warn where LispE's is another."""

    format: bool = True
    self_check: bool = True
    late: bool = False
    keep_value: bool = False
    numbers: Arithmetic = Arithmetic.PYTHON
    compare_numbers: bool = False


DEFAULTS = Options()

Result = TypeVar("Result")


@record
class Compiled:
    """The result of a compilation: ``python`` is None when there are errors.

    ``mapping`` is the content of the side file (see ``linemap.mapping``), ``tree`` the
    module with the positions of the LispE source, when it was asked for. Code that a
    function evaluates is a function of the variables ``given``. ``joined`` are the other
    files of the program, of which the Python makes use; ``loaded`` names the files of which
    Python must be there when it runs.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    python: str | None = None
    mapping: dict[str, Any] | None = None
    tree: ast.Module | None = None
    given: tuple[str, ...] = ()
    joined: tuple[Source, ...] = ()
    loaded: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)


def compile_text(
    text: str,
    *,
    filename: str = "<string>",
    options: Options = DEFAULTS,
    find: Find = find_nothing,
    within: Surroundings | None = None,
    tree: bool = False,
) -> Compiled:
    """Compile a LispE text.

    What it loads is compiled on its own, so that nothing is known of the calls there.

    Args:
        text: the source.
        filename: what diagnostics and the header call it.
        options: see ``Options``.
        find: gives the files that the source ``load``s.
        within: the running program that evaluates the text, if one does.
        tree: also return the tree to run, with positions in the source.
    """
    source = Source.of(text, filename)
    module = PurePath(filename).stem.replace("-", "_")
    job = _Job((SourceFile(source, module, find),), options, within, tree)
    with _paused_garbage_collection():
        return job.run()[-1]


def compile_files(
    files: Sequence[SourceFile], *, options: Options = DEFAULTS, tree: bool = False
) -> tuple[Compiled, ...]:
    """Compile files and all that they load as one program.

    Names and facts are joined over all of it. Each result stands after those of the files
    that it loads; ``options.keep_value`` is for the last one.
    """
    job = _Job(tuple(files), options, None, tree, joined=True)
    with _paused_garbage_collection():
        return job.run()


def analyze_text(
    text: str,
    *,
    filename: str = "<string>",
    find: Find = find_nothing,
    within: Surroundings | None = None,
    memory: ReadingMemory | None = None,
) -> tuple[AnalyzedFile, ...]:
    """Analyze a LispE text for people at work on it: no Python is made.

    Returns the files that it loads, then the text itself. Any text yields a result; of one
    that is nested too deeply nothing but the diagnostic.

    Args:
        text, filename, find, within: as for ``compile_text``.
        memory: what was read of an earlier version of the text.
    """
    source = Source.of(text, filename)
    module = PurePath(filename).stem.replace("-", "_")
    with _paused_garbage_collection():
        files = read_files([SourceFile(source, module, find)], memory)
        expanded = [
            _unread(file) if file.depth > MAX_DEPTH else file
            for file in expand_files(files)
        ]
        depth = max([file.depth for file in expanded])
        if depth <= _ORDINARY_DEPTH:
            return tuple(analyze_files(expanded, within=within))
        return _with_deep_stack(
            lambda: tuple(analyze_files(expanded, within=within)), depth
        )


@record
class _Job:
    """One compilation, stage by stage."""

    files: tuple[SourceFile, ...]
    options: Options
    within: Surroundings | None
    tree: bool
    joined: bool = False

    def run(self) -> tuple[Compiled, ...]:
        files = read_files(self.files)
        results = [self._program(program) for program in programs(files)]
        return tuple([compiled for program in results for compiled in program])

    def _program(self, files: Sequence[FileForms]) -> tuple[Compiled, ...]:
        expanded = expand_files(files, joined=self.joined)
        deepest = max(expanded, key=lambda file: file.depth)
        if deepest.depth > MAX_DEPTH:
            return (_too_deep(deepest),)
        try:
            if deepest.depth <= _ORDINARY_DEPTH:
                return self._compile(expanded)
            return _with_deep_stack(lambda: self._compile(expanded), deepest.depth)
        except RecursionError:  # the clauses of a long `cond` nest, too
            return _with_deep_stack(lambda: self._compile(expanded), MAX_DEPTH)

    def _compile(self, files: Sequence[ExpandedFile]) -> tuple[Compiled, ...]:
        analyzed = analyze_files(files, joined=self.joined, within=self.within)
        checked = [self._checked(file) for file in analyzed]
        wanted = checked if self.joined else checked[-1:]
        if any([_has_errors(file.diagnostics) for file in wanted]):
            return tuple([Compiled(f.file.source, f.diagnostics) for f in wanted])
        generation = _Generation(self, checked)
        return tuple([generation.compiled(file) for file in checked][-len(wanted) :])

    def _checked(self, file: AnalyzedFile) -> AnalyzedFile:
        if not self.options.late:
            return file
        return replaced(file, diagnostics=tuple([_late(d) for d in file.diagnostics]))


class _Generation:
    """Makes Python of analyzed files, those that others load first."""

    def __init__(self, job: _Job, files: Sequence[AnalyzedFile]) -> None:
        self.job = job
        self.last = files[-1]
        self.sources = [file.file.source for file in files]
        self.names: dict[Binding, str] = {}  # of the files made so far
        self.whole = joined([file.program for file in files])
        self.facts: dict[Arithmetic, Facts] = {}  # of the whole program
        self.valued = {m for file in files for m in _valued_modules(file.program)}
        self.early = {
            binding
            for file in files
            for binding, module in file.program.foreign.items()
            if module in file.program.loaders or module in file.program.later
        }
        self.copied = self._copied(files)

    def _copied(self, files: Sequence[AnalyzedFile]) -> frozenset[Binding]:
        """Return the variables that threads use of whatever file, but for those that are
        looked for before the file that has them is made."""
        if not self.job.joined or len(files) == 1 or self.whole.open:
            return frozenset()
        return frozenset(thread_variables(self.whole.body)) - self.early

    def compiled(self, file: AnalyzedFile) -> Compiled:
        if _has_errors(file.diagnostics):  # of a file that is not asked for
            return Compiled(file.file.source, file.diagnostics)
        made = self._made(file)
        if self.job.options.compare_numbers:
            facts = self._facts(file.program, Arithmetic.LISPE)
            found = cut_numbers(file.program, facts)
            made = replaced(made, diagnostics=(*made.diagnostics, *found))
        return made

    def _facts(self, program: Program, numbers: Arithmetic) -> Facts:
        """Return the facts of a file: those of the program that it is joined to."""
        if not self.job.joined:
            return infer(program, numbers)
        if numbers not in self.facts:
            self.facts[numbers] = infer(self.whole, numbers)
        return self.facts[numbers]

    def _made(self, file: AnalyzedFile) -> Compiled:
        job, source = self.job, file.file.source
        program = self._with_copies(file.program)
        kept = self._result(file)
        try:
            module = codegen.generate(
                program,
                self._facts(program, job.options.numbers),
                PurePath(source.filename).name,
                foreign_names=self.names,
                result=kept,
            )
        except codegen.TooDeepError as error:
            deep = diagnose("LT0904", error.span)
            return Compiled(source, (*file.diagnostics, deep))
        taken = () if job.within is None else job.within.taken
        names = allocate(module, fixed=self._settled(program, kept), taken=taken)
        self.names.update(names.bindings)
        self.names.update(_names_of_copies(program, names))
        if file is not self.last and not job.joined:
            return Compiled(source, file.diagnostics)
        return self._written(file, module, names)

    def _with_copies(self, program: Program) -> Program:
        """Return a file with the variables of which threads of any file have copies."""
        if not self.copied:
            return program
        copied = program.thread_variables | self.copied
        holder = Binding("own", BindingKind.TEMPORARY, program.span)
        return replaced(program, thread_variables=copied, copies=holder)

    def _result(self, file: AnalyzedFile) -> Binding | None:
        """Return the variable for the value of the last form, if somebody wants it."""
        asked = self.job.options.keep_value and file is self.last
        wanted = asked or file.file.module in self.valued
        span = file.program.span
        return Binding("value", BindingKind.TEMPORARY, span) if wanted else None

    def _settled(self, program: Program, kept: Binding | None) -> dict[Binding, str]:
        """Return the names that others find by their own means: those of an open program,
        those that a loaded file asks for, and the value's."""
        names: dict[str, Binding] = {}
        for binding in program.globals:
            if program.open or binding in self.early:
                names.setdefault(open_name(binding.name), binding)
        if kept is not None:
            names[codegen.KEPT_VALUE] = kept
        return {binding: name for name, binding in names.items()}

    def _written(self, file: AnalyzedFile, module: Module, names: Names) -> Compiled:
        source, job, options = file.file.source, self.job, self.job.options
        python = emit(module, names, file.program.comments, source)
        if options.format:
            python = formatted(python)
        # both of these read the text back and compare it with the tree
        tree = mapping = None
        if job.tree:
            tree = linemap.locate(python, module, names, source)
        elif options.self_check:
            mapping = linemap.mapping(python, module, names, source)
        others = tuple([other for other in self.sources if other is not source])
        return Compiled(
            source,
            file.diagnostics,
            python,
            mapping,
            tree,
            file.given,
            joined=others if job.joined else (),
            loaded=tuple([other.filename for other in others]),
        )


def _names_of_copies(program: Program, names: Names) -> dict[Binding, str]:
    """Return what other files call the variables of which each thread has copies."""
    if program.copies is None or program.copies not in names.bindings:
        return {}
    holder = names.bindings[program.copies]
    own = program.thread_variables - program.foreign.keys()
    return {binding: f"{holder}.{spell(binding.name)}" for binding in own}


def _has_errors(diagnostics: Sequence[Diagnostic]) -> bool:
    return any([d.severity is Severity.ERROR for d in diagnostics])


def _too_deep(file: ExpandedFile) -> Compiled:
    return Compiled(file.read.file.source, _unread(file).read.result.diagnostics)


def _unread(file: ExpandedFile) -> ExpandedFile:
    """Return nothing of a file that is nested too deeply, and say so."""
    source, result = file.read.file.source, file.read.result
    span = Span(0, min(len(source.text), 1))
    deep = diagnose("LT0901", span, depth=file.depth, limit=MAX_DEPTH)
    nothing = ReadResult((), result.comments, (*result.diagnostics, deep), 0)
    return ExpandedFile(FileForms(file.read.file, nothing), (), (), 0)


def _valued_modules(program: Program) -> Iterator[str]:
    """Yield the modules of loaded files whose last value is used."""
    pending: list[Node] = list(program.body)
    while pending:
        node = pending.pop()
        if isinstance(node, Load) and node.valued:
            yield node.module
        pending.extend(children(node))


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


def _with_deep_stack(stages: Callable[[], Result], depth: int) -> Result:
    """Run the stages in a thread whose stack fits a program nested ``depth`` deep."""
    outcome: list[Result | BaseException] = []

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
