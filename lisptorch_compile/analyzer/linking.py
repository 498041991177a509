"""The names of other files: of those that a file loads, and of those that load it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lisptorch_compile.analyzer.context import Analyzer
from lisptorch_compile.analyzer.form_parts import constant_path, loaded_into
from lisptorch_compile.analyzer.parameters import Signature, signature_of
from lisptorch_compile.analyzer.regions import Class, DefinedType, Survey
from lisptorch_compile.records import record, replaced
from lisptorch_compile.scope import Binding
from lisptorch_compile.spaces import qualified, space_of


@record
class ExportedName:
    """A variable or function that other files see; a variable has no ``signature``.

    ``set_later``: a variable that is first set after the file that sees it is loaded.
    """

    binding: Binding
    module: str
    signature: Signature | None
    constant: bool
    set_later: bool = False


@record
class ExportedType:
    """A class, or a data type, that other files see."""

    name: str
    type: DefinedType | Class
    module: str


@record
class LoadedNames:
    """What a compiled file, of the Python name ``module``, offers to other files."""

    module: str
    names: tuple[ExportedName, ...]
    types: tuple[ExportedType, ...] = ()

    @property
    def modules(self) -> tuple[str, ...]:
        """All modules that the names live in."""
        found = [self.module, *[name.module for name in self.names]]
        found.extend([each.module for each in self.types])
        return tuple(dict.fromkeys(found))

    def with_(self, other: LoadedNames) -> LoadedNames:
        """Return these names and those of ``other`` that are not among them."""
        own = {name.binding.name for name in self.names}
        more = [name for name in other.names if name.binding.name not in own]
        known = {each.name for each in self.types}
        types = [each for each in other.types if each.name not in known]
        return LoadedNames(self.module, (*self.names, *more), (*self.types, *types))

    def without(self, bindings: Collection[Binding]) -> LoadedNames:
        """Return these names without those that belong to other files."""
        names = [name for name in self.names if name.binding not in bindings]
        types = [each for each in self.types if each.type.binding not in bindings]
        return LoadedNames(self.module, tuple(names), tuple(types))

    def without_variables(self, variables: Collection[str]) -> LoadedNames:
        """Return these names without the variables that another file sets first."""
        names = [
            name
            for name in self.names
            if name.signature is not None or name.binding.name not in variables
        ]
        return LoadedNames(self.module, tuple(names), self.types)

    def outside(self, modules: Collection[str]) -> LoadedNames:
        """Return these names without those that live in ``modules``."""
        names = [name for name in self.names if name.module not in modules]
        types = [each for each in self.types if each.module not in modules]
        return LoadedNames(self.module, tuple(names), tuple(types))

    def later(self) -> LoadedNames:
        """Return these names as those of a file that is loaded later."""
        names = [replaced(name, set_later=True) for name in self.names]
        return LoadedNames(self.module, tuple(names), self.types)


@record
class OfferedNames:
    """What the rest of its program offers to a loaded file.

    ``loaders`` are the modules that load it, however indirectly, ``earlier`` and ``later``
    those that they load before and after it.
    """

    names: LoadedNames
    loaders: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()


#: To a file that nobody loads.
NOTHING_OFFERED = OfferedNames(LoadedNames("", ()))


def exported_names(
    survey: Survey, module: str, *, before: str | None = None
) -> LoadedNames:
    """Return what a file, compiled as ``module``, offers to other files.

    ``before``: to the file of this path, which it loads.
    """
    end = survey.file.span.end if before is None else place_of_load(survey, before)
    names = [
        ExportedName(f.binding, module, signature_of(f.parameters), constant=False)
        for f in survey.functions.values()
    ]
    for name, binding in survey.globals.items():
        if name not in survey.functions:
            constant = name in survey.constants
            later = binding.span.start > end
            names.append(ExportedName(binding, module, None, constant, later))
    types: dict[str, DefinedType | Class] = {**survey.types, **survey.classes}
    exported = [ExportedType(name, each, module) for name, each in types.items()]
    return LoadedNames(module, tuple(names), tuple(exported))


def place_of_load(survey: Survey, path: str) -> int:
    """Return where a file loads the file of a path."""
    for form in survey.loads:
        if constant_path(form) == path:
            return form.span.start
    return survey.file.span.start


def take_loaded_names(analyzer: Analyzer, loads: Mapping[str, LoadedNames]) -> None:
    """Bind the names of all loaded files; those that this file defines come first."""
    for form in analyzer.survey.loads:
        path = constant_path(form)
        names = None if path is None else loads.get(path)
        if names is None or path is None:
            analyzer.survey.open = True  # a file that only the running program reads
            continue
        if not names.module:  # likewise, but known to be there
            analyzer.survey.open = True
            analyzer.loaded_modules[path] = ()
            continue
        analyzer.loaded_modules[path] = names.modules
        space = loaded_into(form)
        if space is not None:
            analyzer.survey.spaces.add(space)
        for name in names.names:
            _take(analyzer, name, space)
        for each in names.types:
            _take_type(analyzer, each)


def take_offered_names(analyzer: Analyzer, offered: LoadedNames) -> None:
    """Bind the names of the rest of the program, where nothing else has them; a variable
    that was set before this file is loaded belongs to who has set it."""
    known = {*analyzer.survey.functions, *analyzer.external_functions}
    own = set(analyzer.survey.globals)
    for name in offered.names:
        symbol = name.binding.name
        if symbol not in known and not (name.set_later and symbol in own):
            _take(analyzer, name)
    for each in offered.types:
        if each.name not in analyzer.survey.classes:
            _take_type(analyzer, each)


def _take(analyzer: Analyzer, name: ExportedName, space: str | None = None) -> None:
    symbol = name.binding.name
    analyzer.foreign[name.binding] = name.module
    if name.signature is not None:
        defined_in = space_of(symbol)
        if defined_in is not None:
            analyzer.survey.spaces.add(defined_in)
        seen_as = symbol if space is None else qualified(space, symbol)
        analyzer.external_functions[seen_as] = name.binding, name.signature
        return
    analyzer.survey.globals[symbol] = name.binding
    if name.constant:
        analyzer.survey.constants.add(symbol)


def _take_type(analyzer: Analyzer, exported: ExportedType) -> None:
    analyzer.foreign[exported.type.binding] = exported.module
    if isinstance(exported.type, Class):
        analyzer.hierarchy.classes[exported.name] = exported.type
    else:
        analyzer.survey.types.setdefault(exported.name, exported.type)
        analyzer.survey.data_types.add(exported.name)
