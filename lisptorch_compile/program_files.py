"""The files of a program: each is read, surveyed and analyzed once.

    main.lsp: (load "tools.lsp")    tools.lsp: (load "base.lsp")

gives base, tools and main, in this order. A file sees the functions, variables and macros
of all that it loads, however indirectly. The files of a *joined* program see those of all
the others, too, as in LispE, which knows no modules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lisptorch_compile.analyzer import (
    NOTHING_OFFERED,
    Elsewhere,
    LoadedNames,
    OfferedNames,
    Surroundings,
    Surveyed,
    analyze,
    exported_names,
    framed,
    place_of_load,
    surveyed,
)
from lisptorch_compile.analyzer.data_parts import data_parts, descriptor_name
from lisptorch_compile.analyzer.form_parts import (
    FUNCTION_FORMS,
    constant_path,
    imported_names,
    without_methods,
)
from lisptorch_compile.diagnostics import Diagnostic, Source, Span, diagnose
from lisptorch_compile.expander import expand, nesting_depth
from lisptorch_compile.forms import (
    Comment,
    Form,
    ListForm,
    ReadResult,
    Symbol,
    moved,
)
from lisptorch_compile.names import open_name
from lisptorch_compile.nodes import Program
from lisptorch_compile.reader import read
from lisptorch_compile.reading_memory import ReadingMemory
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding

#: Gives the file that a path means where it stands, None when it is not one to import.
Find = Callable[[str], "SourceFile | None"]


def find_nothing(path: str) -> None:
    """Find no file, for a text that comes from none."""


@record
class SourceFile:
    """A file of a program, and how to find those that it loads.

    ``module`` is its dotted Python name from the folder of the program. Where it is empty,
    nothing can be imported, and the running program reads the file.
    """

    source: Source
    module: str
    find: Find = find_nothing


@record
class AnalyzedFile:
    """A file as core nodes, and what is wrong with it.

    ``read``: the file as it stands; ``surveyed``: its expanded forms and what they define.
    Code that a function evaluates is a function of the variables ``given``.
    """

    file: SourceFile
    read: ReadResult
    surveyed: Surveyed
    program: Program
    diagnostics: tuple[Diagnostic, ...]
    given: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.file.source.filename


# --- reading ----------------------------------------------------------------------------


@dataclass(slots=True)
class FileForms:
    """A file as it was read; ``loads`` are the files that its ``load`` forms mean."""

    file: SourceFile
    result: ReadResult
    loads: dict[str, str] = field(default_factory=dict)  # names of files, by path
    faults: list[Diagnostic] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.file.source.filename


def read_files(
    files: Iterable[SourceFile], memory: ReadingMemory | None = None
) -> list[FileForms]:
    """Return the files and all that they load, each after those that it loads.

    Files that load each other are one fault of the one that is reached first. ``memory``
    makes reading quicker where the files have been read before (``reader.read``).
    """
    reading = _Reading(memory)
    for file in files:
        reading.file(file)
    return list(reading.done.values())


def programs(files: Iterable[FileForms]) -> list[list[FileForms]]:
    """Return the files program by program: those that loads connect, in their order.

    Files that merely were given together have nothing to do with each other.
    """
    program_of: dict[str, list[FileForms]] = {}
    for forms in files:
        joined = [forms]
        for name in forms.loads.values():
            for other in program_of.get(name, ()):
                if not any(other is known for known in joined):
                    joined.insert(len(joined) - 1, other)
        for member in joined:
            program_of[member.name] = joined
    return list({id(program): program for program in program_of.values()}.values())


class _Reading:
    def __init__(self, memory: ReadingMemory | None) -> None:
        self.memory = memory
        self.done: dict[str, FileForms] = {}
        self.waiting: dict[str, tuple[FileForms, Span]] = {}

    def file(self, file: SourceFile) -> None:
        if file.source.filename in self.done:
            return
        forms = FileForms(file, read(file.source, self.memory))
        for form in _loads(forms.result.forms, file.source.text):
            path = constant_path(form)
            found = None if path is None else file.find(path)
            if path is None or found is None:
                continue
            forms.loads[path] = found.source.filename
            if not found.module:
                continue
            self.waiting[forms.name] = forms, form.span
            if found.source.filename in self.waiting:
                self._report_circle(found.source.filename, forms, form.span)
            else:
                self.file(found)
        self.waiting.pop(forms.name, None)
        self.done[forms.name] = forms

    def _report_circle(self, name: str, last: FileForms, span: Span) -> None:
        first, place = self.waiting[name]
        line, column = last.file.source.position(span.start)
        where = f"{last.name}:{line}:{column}"
        first.faults.append(diagnose("LT0307", place, place=where))


def _loads(forms: Iterable[Form], text: str) -> Iterator[ListForm]:
    """Yield the calls of ``load`` in the code of a text, in source order; that of
    ``(torch (load path))`` is a function of Python's."""
    pending = [f for f in forms if _LOADING.search(text, f.span.start, f.span.end)][
        ::-1
    ]
    modules: set[str] = set()
    while pending:
        form = pending.pop()
        if not isinstance(form, ListForm) or not form.items:
            continue
        items: Sequence[Form] = form.items
        match form.items[0]:
            case Symbol("load") if form.items[1:]:
                yield form
            case Symbol("pyimport"):
                modules.update([name.name for name in imported_names(form)])
            case Symbol(name) if name in modules:
                items = without_methods(items)
        pending.extend(reversed(items))


#: What a form that loads, or names a module that does, has in its text.
_LOADING = re.compile("load|pyimport")


# --- expansion --------------------------------------------------------------------------


@record
class ExpandedFile:
    """A file whose macros are expanded, and what was wrong with them.

    ``depth``: how deep the program nests; macros can make it deeper than its text.
    """

    read: FileForms
    forms: tuple[Form, ...]
    faults: tuple[Diagnostic, ...]
    depth: int


def expand_files(
    files: Iterable[FileForms], *, joined: bool = False
) -> list[ExpandedFile]:
    """Return the files with their own macros and those of the files that they load
    expanded; of a *joined* program, with the macros of all files before them."""
    macros: dict[str, tuple[Form, ...]] = {}
    expanded: list[ExpandedFile] = []
    for file in files:
        before = macros if joined else file.loads.values()
        inherited = dict.fromkeys([m for name in before for m in macros.get(name, ())])
        own = file.result.forms
        macros[file.name] = (*inherited, *filter(_is_macro, own))
        foreign = [_moved_to_start(macro, own) for macro in inherited]
        forms, faults = expand((*foreign, *own))
        written = {id(form) for form in own}
        made = tuple([form for form in forms if id(form) not in written])
        depth = max(file.result.depth, nesting_depth(made))
        expanded.append(ExpandedFile(file, forms, faults, depth))
    return expanded


def _moved_to_start(macro: Form, forms: Sequence[Form]) -> Form:
    """Return a macro of another file as if it stood where the first form does."""
    start = forms[0].span if forms else Span(0, 0)
    return moved(macro, lambda _: start)


# --- analysis ---------------------------------------------------------------------------


def analyze_files(
    files: Iterable[ExpandedFile],
    *,
    joined: bool = False,
    within: Surroundings | None = None,
) -> list[AnalyzedFile]:
    """Return the analyzed files, in their order: what a file loads stands before it.

    Args:
        files: as ``expand_files`` gives them.
        joined: a file also sees the names of all others.
        within: the running program that evaluates the last file, if one does.
    """
    analysis = _Analysis(list(files), within)
    if joined:
        analysis.offer_to_loaded()
    return [analysis.analyzed(file) for file in analysis.expanded]


class _Analysis:
    def __init__(
        self, expanded: list[ExpandedFile], within: Surroundings | None
    ) -> None:
        self.expanded = expanded
        self.files = [file.read for file in expanded]
        self.within = within
        self.by_name = {forms.name: forms for forms in self.files}
        self.surveys: dict[str, Surveyed] = {}
        self.given: dict[str, tuple[str, ...]] = {}
        self.exports: dict[str, LoadedNames] = {}
        self.known: dict[str, LoadedNames] = {}  # of a file and those that it loads
        self.offers: dict[str, OfferedNames] = {}  # of the rest of the program
        self.functions = {_function_name(f) for file in expanded for f in file.forms}
        self.types = {
            n for file in expanded for f in file.forms for n in _type_names(f)
        }
        for file in expanded:
            self._survey(file)

    def _survey(self, file: ExpandedFile) -> None:
        expanded, name = file.forms, file.read.name
        given: tuple[str, ...] = ()
        last = file is self.expanded[-1]
        if last and self.within is not None and self.within.frame is not None:
            expanded, given = framed(expanded, self.within.frame)
        self.given[name] = given
        elsewhere = Elsewhere(self._is_function, self.types.__contains__)
        self.surveys[name] = surveyed(expanded, file.read.file.source, elsewhere)

    def _is_function(self, name: str) -> bool:
        """Tell whether a file or the running program has a function of this name."""
        if self.within is not None and open_name(name) in self.within.functions:
            return True
        return name in self.functions

    def offer_to_loaded(self) -> None:
        """Let each file see the others, by way of the file that loads it first."""
        for forms in reversed(self.files):
            for path, name in forms.loads.items():
                if name not in self.offers and name in self.by_name:
                    self.offers[name] = self._offer(forms, path)

    def _offer(self, loader: FileForms, path: str) -> OfferedNames:
        """Return what ``loader`` and its other files offer to the file of a path."""
        survey, module = self.surveys[loader.name].survey, loader.file.module
        place, loaded = place_of_load(survey, path), loader.loads[path]
        names = LoadedNames(module, ())
        earlier: set[str] = set()
        later: set[str] = set()
        for other_path, other in loader.loads.items():
            if other != loaded:
                is_later = place_of_load(survey, other_path) > place
                theirs = self._left_to(loader, other_path)
                (later if is_later else earlier).update(theirs.modules)
                names = names.with_(theirs.later() if is_later else theirs)
        names = names.with_(exported_names(survey, module, before=path))
        outer = self.offers.get(loader.name, NOTHING_OFFERED)
        own = set(self._names_of(loaded).modules)  # these come by its own `load` forms
        loaders = outer.loaders | {module}
        return OfferedNames(
            names.with_(outer.names).outside(own),
            loaders,
            (outer.earlier | earlier) - loaders - own - {""},
            (outer.later | later) - outer.earlier - earlier - loaders - own - {""},
        )

    def _left_to(self, loader: FileForms, path: str) -> LoadedNames:
        """Return the names of the file of a path but for the variables that its loader
        sets first."""
        survey = self.surveys[loader.name].survey
        before = exported_names(survey, loader.file.module, before=path).names
        first = [
            n.binding.name for n in before if n.signature is None and not n.set_later
        ]
        return self._names_of(loader.loads[path]).without_variables(first)

    def _names_of(self, name: str) -> LoadedNames:
        """Return what a file and those that it loads define, each once."""
        if name not in self.by_name:
            return LoadedNames("", ())  # only the running program reads it
        if name not in self.known:
            forms = self.by_name[name]
            module = forms.file.module
            self.known[name] = LoadedNames(
                "", ()
            )  # files may load each other, in error
            found = LoadedNames(module, ())
            for path in forms.loads:
                found = found.with_(self._left_to(forms, path))
            own = exported_names(self.surveys[name].survey, module)
            self.known[name] = found.with_(own)
        return self.known[name]

    def analyzed(self, file: ExpandedFile) -> AnalyzedFile:
        forms, name = file.read, file.read.name
        survey = self.surveys[name]
        nothing = LoadedNames("", ())  # of a file that is not imported
        loads = {p: self.exports.get(n, nothing) for p, n in forms.loads.items()}
        program, faults = analyze(
            survey,
            _without_interpreter_line(forms),
            forms.file.source,
            loads=loads,
            offered=self.offers.get(name, NOTHING_OFFERED),
            within=self.within if forms is self.files[-1] else None,
        )
        self.exports[name] = _exports(survey, program, forms.file.module, loads)
        found = (*file.faults, *forms.faults, *faults)
        reading = forms.result.diagnostics
        kept = without_cascades(survey.forms, reading, found)
        diagnostics = sorted((*reading, *kept), key=_start)
        return AnalyzedFile(
            forms.file,
            forms.result,
            survey,
            program,
            tuple(diagnostics),
            self.given[name],
        )


def joined(files: Sequence[Program]) -> Program:
    """Return several files as one program, of which ``foreign`` lists the bindings that
    another file than their own speaks of."""
    foreign: dict[Binding, str] = {}
    for file in files:
        foreign.update(file.foreign)
    return Program(
        tuple([node for file in files for node in file.body]),
        tuple([binding for file in files for binding in file.globals]),
        (),
        files[-1].span,
        any([file.open for file in files]),
        foreign=foreign,
    )


def _exports(
    survey: Surveyed, program: Program, module: str, loads: Mapping[str, LoadedNames]
) -> LoadedNames:
    """Return what a file offers to those that load it: its own names, then those of the
    files that it loads."""
    own = exported_names(survey.survey, module).without(program.foreign)
    for names in loads.values():
        own = own.with_(names)
    return own


def _is_macro(form: Form) -> bool:
    match form:
        case ListForm((Symbol("defmacro"), Symbol(), ListForm(), _)):
            return True
        case _:
            return False


def _function_name(form: Form) -> str | None:
    """Return the name of the function that a form of the top level defines."""
    match form:
        case ListForm((Symbol(head), Symbol(name), *_)) if head in FUNCTION_FORMS:
            return name
        case _:
            return None


def _type_names(form: Form) -> list[str]:
    """Return the names of the data types that a form of the top level defines."""
    match form:
        case ListForm((Symbol("data@"), *_)):
            _, descriptors = data_parts(form)
            names = [descriptor_name(descriptor) for descriptor in descriptors]
            return [name.name for name in names if name is not None]
        case _:
            return []


def _without_interpreter_line(forms: FileForms) -> tuple[Comment, ...]:
    """Leave out the line that names the interpreter of a script, on Unix."""
    comments = forms.result.comments
    return comments[1:] if forms.file.source.text.startswith("#!") else comments


def _start(diagnostic: Diagnostic) -> int:
    return diagnostic.span.start


def without_cascades(
    forms: Iterable[Form],
    reading: Iterable[Diagnostic],
    others: Iterable[Diagnostic],
) -> tuple[Diagnostic, ...]:
    """Leave out what was found in forms that could not even be read as they stand.

    Where a closing bracket too many stands behind a form, an opening one may be missing in
    it: the first fault found there shows where, and the others follow from it.
    """
    broken, shortened = _faulty(tuple(forms), reading)
    kept: list[Diagnostic] = []
    seen: set[Span] = set()
    for diagnostic in sorted(others, key=_start):
        if _around(diagnostic, broken) is not None:
            continue
        span = _around(diagnostic, shortened)
        if span is None or span not in seen:
            kept.append(diagnostic)
        if span is not None:
            seen.add(span)
    return tuple(kept)


def _faulty(
    forms: Sequence[Form], reading: Iterable[Diagnostic]
) -> tuple[list[Span], list[Span]]:
    """Return the forms that hold a fault of reading, and what has one behind."""
    spans = [form.span for form in forms]
    broken: list[Span] = []
    shortened: list[Span] = []
    for diagnostic in reading:
        start = diagnostic.span.start
        inside = _around(diagnostic, spans)
        if inside is not None:
            broken.append(inside)
        elif diagnostic.code == "LT0104":
            before = [form for form in forms if form.span.end <= start]
            shortened.append(Span(_start_of_opened(before, start), start))
    return broken, shortened


def _start_of_opened(before: Sequence[Form], end: int) -> int:
    """Return where the form begins that a stray bracket closes: at the bare names of
    ``setq x (f))``, or with the last form."""
    bare = [index for index, form in enumerate(before) if isinstance(form, Symbol)]
    while len(bare) > 1 and bare[-2] == bare[-1] - 1:
        bare.pop()
    first = before[bare[-1] :] if bare else before[-1:]
    return first[0].span.start if first else end


def _around(diagnostic: Diagnostic, spans: Iterable[Span]) -> Span | None:
    """Return the span that a diagnostic stands in."""
    start = diagnostic.span.start
    return next((span for span in spans if span.start <= start < span.end), None)
