"""The first pass: what a file defines, and which names each function owns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer import pattern_names
from lisptorch_compile.analyzer.class_parts import ClassParts, class_parts, is_method
from lisptorch_compile.analyzer.data_parts import (
    data_parts,
    descriptor_name,
    field_count,
    is_definition,
)
from lisptorch_compile.analyzer.evaluated import EVALUATORS, evaluated_code
from lisptorch_compile.analyzer.form_parts import (
    CONSTANTS,
    LAMBDAS,
    PATTERN_FORMS,
    imported_names,
    is_lambda,
    is_template,
    let_pairs,
    loop_counter,
    targets,
    with_contexts,
    without_methods,
)
from lisptorch_compile.analyzer.hierarchy import field_region, note_added_fields
from lisptorch_compile.analyzer.interpolation import pieces
from lisptorch_compile.analyzer.ownership import (
    conclude,
    own_lambda_names,
    pass_functions_on,
)
from lisptorch_compile.analyzer.parameters import function_positions, parameter_forms
from lisptorch_compile.analyzer.pattern_forms import PatternReader, rule_parameters
from lisptorch_compile.analyzer.regions import (
    Class,
    DefinedType,
    Elsewhere,
    Function,
    Passed,
    Region,
    RegionKind,
    Survey,
    pattern_variable,
)
from lisptorch_compile.catalogue.foreign_words import FOREIGN_WORDS
from lisptorch_compile.catalogue.forms import FREE_FORMS
from lisptorch_compile.catalogue.model import takes_options
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Quote,
    SetForm,
    String,
    Symbol,
)
from lisptorch_compile.macros import parts_of
from lisptorch_compile.nodes import Literal, Node, Pattern
from lisptorch_compile.scope import Binding, BindingKind


def survey(forms: Sequence[Form], source: Source, elsewhere: Elsewhere) -> Survey:
    """Return what ``forms``, the whole file, define."""
    span = Span(0, len(source.text))
    starts = tuple(sorted([form.span.start for form in forms]))
    region = Region(RegionKind.FILE, None, span)
    result = Survey(region, starts, elsewhere)
    survey_more(forms, result, source)
    return result


def survey_more(forms: Sequence[Form], result: Survey, source: Source) -> None:
    """Add what ``forms``, code of the file's top level, define."""
    walk = _Walk(result, source)
    walk.all(forms)
    note_added_fields(result.classes.values())
    own_lambda_names(walk.lambdas, result)
    pass_functions_on(walk.passes, result)
    for region in [result.file, *walk.regions]:
        conclude(region, result)


# --- walking the forms ---------------------------------------------------------------------

_Collector = Callable[["_Walk", ListForm, Region], None]


class _Walk:
    """Visits every form once, with a stack of its own: programs nest deeply."""

    def __init__(self, result: Survey, source: Source) -> None:
        self.result = result
        self.source = source
        self.regions: list[Region] = []
        self.lambdas: list[Region] = []
        self.passes: list[Passed] = []
        self.pending: list[tuple[Form, Region]] = []

    def all(self, forms: Sequence[Form]) -> None:
        self.push(forms, self.result.file)
        self._visit_pending()
        for name, function in self.result.functions.items():
            if function.rules and not function.parameters:
                self.result.functions[name] = self._with_parameters(function)
        for binding, method in self.result.methods.items():
            if method.rules and not method.parameters:
                self.result.methods[binding] = self._with_parameters(method)
        self._visit_pending()

    def _visit_pending(self) -> None:
        while self.pending:
            form, region = self.pending.pop()
            self.visit(form, region)

    def _with_parameters(self, function: Function) -> Function:
        """Read the patterns of a function's rules, now that all functions are known."""
        patterns = [self._read_patterns(form) for form in function.rules]
        parameters = pattern_names.parameter_forms(patterns, function.binding.span)
        return replace(function, parameters=parameters)

    def _read_patterns(self, form: ListForm) -> tuple[Pattern, ...]:
        region = self.result.regions[id(form)]

        def bind(symbol: Symbol) -> Binding:
            return pattern_variable(region, symbol)

        def test(code: Form, elements: Sequence[Binding]) -> Node:
            self.push([code], region)
            return Literal(None, code.span)

        def ignore(code: str, span: Span, **fields: object) -> None:
            """Mistakes are reported when the rule is analyzed."""

        reader = PatternReader(self.result, bind, test, ignore)
        patterns, _ = rule_parameters(form)
        return reader.parameters(patterns)

    def push(self, forms: Sequence[Form], region: Region) -> None:
        self.pending.extend([(form, region) for form in reversed(forms)])

    def visit(self, form: Form, region: Region) -> None:
        if isinstance(form, Symbol):
            self.mention(form.name, region)
        elif isinstance(form, ListForm):
            self._list(form, region)
        elif isinstance(form, Quote):
            self._quoted(form.form, region)
        elif isinstance(form, SetForm) or (
            isinstance(form, DictForm) and not form.constant
        ):
            self.push(parts_of(form), region)

    def _list(self, form: ListForm, region: Region) -> None:
        if not form.items:
            return
        head = form.items[0]
        if not isinstance(head, Symbol):
            if _is_computed(head):
                self.result.calls_values = True
            self.push(form.items, region)
            return
        collect = _COLLECTORS.get(head.name)
        is_free = head.name in FREE_FORMS  # a function may have the name
        if is_free and self.result.elsewhere.is_function(head.name):
            collect = None
        if collect is not None:
            collect(self, form, region)
            return
        self.call(head.name, form.items[1:], region)
        module = self.is_module(head.name, region)
        self.push(without_methods(form.items) if module else form.items, region)

    def _quoted(self, form: Form, region: Region) -> None:
        if is_lambda(form):
            self.visit(form, region)
        elif isinstance(form, Symbol) and form.name in EVALUATORS:
            self.result.open = True

    def is_module(self, name: str, region: Region) -> bool:
        """Tell whether ``pyimport`` bound a name to a module, here or further out."""
        around: Region | None = region
        while around is not None and name not in around.modules:
            around = around.parent
        return around is not None

    def mention(self, name: str, region: Region) -> None:
        owner = region.owner_of(name)
        if owner is not None:
            owner.mentions.add(name)
        if name.find(".", 1) > 0:
            self.mention(name.partition(".")[0], region)  # np.pi

    def call(self, head: str, arguments: Sequence[Form], region: Region) -> None:
        """Note which names are called, here or by what gets them as a function."""
        called = [head]
        positions = function_positions(head)
        builtin = catalogue.lookup(head)
        if builtin is not None and takes_options(builtin):
            self.result.calls_values = True
        for index, argument in enumerate(arguments):
            if isinstance(argument, Symbol):
                if index in positions:
                    called.append(argument.name)
                elif builtin is None:
                    self.passes.append(Passed(region, argument.name, head, index))
            elif index in positions and is_template(argument):
                self.push([argument.form], region)
            elif index in positions and _is_computed(argument):
                self.result.calls_values = True
        for name in called:
            owner = region.owner_of(name)
            if owner is not None:
                owner.called.add(name)

    def set_name(self, target: Form, region: Region, head: str | None = None) -> None:
        """Note a name that is set, to what a call of ``head`` returns, if that is known."""
        if not isinstance(target, Symbol) or target.name in CONSTANTS:
            return
        owner = region.owner_of(target.name)
        if owner is None:
            return
        if target.name in owner.sets:
            self.result.set_again.add(target.name)
        owner.sets.setdefault(target.name, target.span)
        owner.note_value(target.name, head)
        if owner.kind is RegionKind.FILE:
            self.result.global_variable(target)

    def region(self, form: ListForm, kind: RegionKind, parent: Region | None) -> Region:
        region = Region(kind, parent, form.span)
        if id(form) in self.result.regions:
            self.result.shared = True
        self.result.regions[id(form)] = region
        self.regions.append(region)
        return region

    def take_parameters(self, region: Region, form: Form) -> None:
        region.parameter_forms = parameter_forms(form)
        for parameter in region.parameter_forms:
            region.parameters.setdefault(parameter.binding.name, parameter.binding)
        defaults = [p.default for p in region.parameter_forms if p.default is not None]
        self.push(defaults, region)


def _is_computed(function: Form) -> bool:
    """Tell whether what is called is the value of a call."""
    return isinstance(function, ListForm) and not is_lambda(function)


def _collect_setq(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) < 2:
        return
    match form.items:
        case (_, Symbol() as name, value, *_):
            walk.set_name(name, region, _called(value))
            _note_function_value(name.name, value, region)
        case _:
            for target in targets(form.items[1]):
                walk.set_name(target, region)
    walk.push(form.items[2:], region)


def _called(value: Form | None) -> str | None:
    match value:
        case ListForm((Symbol(head), *_)):
            return head
        case _:
            return None


def _note_function_value(name: str, value: Form, region: Region) -> None:
    owner = region.owner_of(name)
    quoted = isinstance(value, Quote) and isinstance(value.form, Symbol)
    if owner is not None and (quoted or is_lambda(value)):
        owner.function_valued.add(name)


def _collect_setg(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) < 2:
        return
    for target in targets(form.items[1]):
        if isinstance(target, Symbol) and target.name not in CONSTANTS:
            walk.result.set_again.add(target.name)
            walk.result.global_variable(target)
            value = form.items[2] if len(form.items) > 2 else None
            walk.result.file.note_value(target.name, _called(value))
            if value is not None:
                _note_function_value(target.name, value, walk.result.file)
    walk.push(form.items[2:], region)


def _collect_setconst(walk: _Walk, form: ListForm, region: Region) -> None:
    _collect_setg(walk, form, region)
    if len(form.items) > 1 and isinstance(form.items[1], Symbol):
        walk.result.constants.add(form.items[1].name)


def _collect_set_where_it_lives(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) < 2:
        return
    target = form.items[1]
    owner = None
    if isinstance(target, Symbol) and target.name not in CONSTANTS:
        owner = region.owner_of(target.name)
    if owner is not None and isinstance(target, Symbol):
        if owner.kind is RegionKind.FILE:
            walk.set_name(target, region)
        else:
            owner.updates.setdefault(target.name, target.span)
    walk.push(form.items[2:], region)


def _collect_switch(walk: _Walk, form: ListForm, region: Region) -> None:
    """``(switch v (key body…) …)``: a key is no name of what is called."""
    walk.push(form.items[1:2], region)
    for clause in form.items[2:]:
        if isinstance(clause, ListForm):
            walk.push(clause.items[1:], region)


def _collect_loop(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) < 2:
        return
    for target in targets(form.items[1]):
        walk.set_name(target, region)
    walk.push(form.items[2:], region)


def _collect_loopcount(walk: _Walk, form: ListForm, region: Region) -> None:
    counter, body = loop_counter(form)
    if counter is not None:
        walk.set_name(counter, region)
    walk.push([*form.items[1:2], *body], region)


def _collect_let(walk: _Walk, form: ListForm, region: Region) -> None:
    inner = walk.region(form, RegionKind.LET, region)
    values: list[Form] = []
    for pair in let_pairs(form):
        name, *value = pair.items
        if isinstance(name, Symbol):
            binding = Binding(name.name, BindingKind.LOCAL, name.span)
            inner.parameters[name.name] = binding
        values.extend(value)
    walk.push(form.items[2:], inner)
    walk.push(values, region)


def _collect_lambda(walk: _Walk, form: ListForm, region: Region) -> None:
    inner = walk.region(form, RegionKind.LAMBDA, region)
    walk.lambdas.append(inner)
    walk.push(form.items[2:], inner)
    if len(form.items) > 1:
        walk.take_parameters(inner, form.items[1])


def _collect_defun(walk: _Walk, form: ListForm, region: Region) -> None:
    inner = walk.region(form, RegionKind.FUNCTION, walk.result.file)
    walk.push(form.items[3:], inner)
    if len(form.items) < 3 or not isinstance(form.items[1], Symbol):
        return
    walk.take_parameters(inner, form.items[2])
    name = form.items[1].name
    old = walk.result.functions.get(name)
    if old is None:
        binding = Binding(name, BindingKind.FUNCTION, form.items[1].span)
    else:
        binding = old.binding
        walk.result.replaced.append((name, old.form))
    walk.result.functions[name] = Function(binding, inner.parameter_forms, form)


def _collect_class(walk: _Walk, form: ListForm, region: Region) -> None:
    parts = class_parts(form)
    if parts is None:
        return
    constructor = walk.region(form, RegionKind.FUNCTION, walk.result.file)
    if parts.fields is not None:
        walk.take_parameters(constructor, parts.fields)
    name = parts.name
    old = walk.result.classes.get(name.name)
    if old is None:
        binding = Binding(name.name, BindingKind.CLASS, name.span)
    else:
        binding = old.binding
    parent = parts.parent.name if isinstance(parts.parent, Symbol) else None
    found = Class(binding, constructor.parameter_forms, parent)
    walk.result.classes[name.name] = found
    walk.result.types[name.name] = DefinedType(binding, len(found.own))
    _collect_methods(walk, parts, found)


def _collect_methods(walk: _Walk, parts: ClassParts, found: Class) -> None:
    for member in parts.members:
        if not is_method(member):
            walk.push((member,), walk.result.file)
            continue
        assert isinstance(member, ListForm) and isinstance(member.items[1], Symbol)
        inner = walk.region(member, RegionKind.FUNCTION, walk.result.file)
        found.regions.append(inner)
        walk.push(member.items[3:], inner)
        if _head(member) in PATTERN_FORMS:
            _collect_method_rule(walk, member, found)
            continue
        walk.take_parameters(inner, member.items[2])
        name = member.items[1]
        binding = Binding(name.name, BindingKind.METHOD, name.span)
        found.methods[name.name] = binding
        walk.result.methods[binding] = Function(binding, inner.parameter_forms, member)


def _collect_method_rule(walk: _Walk, form: ListForm, found: Class) -> None:
    """``(defpat m (patterns…) body…)`` in a class: a rule of the method m."""
    name = form.items[1]
    assert isinstance(name, Symbol)
    if not isinstance(form.items[2], ListForm):
        return
    binding = found.methods.get(name.name)
    old = walk.result.methods[binding] if binding is not None else None
    if old is None or not old.rules or _head(old.form) != _head(form):
        binding = Binding(name.name, BindingKind.METHOD, name.span)
        found.methods[name.name] = binding
        walk.result.methods[binding] = Function(binding, (), form, (form,))
    else:
        rules = (*old.rules, form)
        walk.result.methods[old.binding] = replace(old, rules=rules)


def _collect_data(walk: _Walk, form: ListForm, region: Region) -> None:
    group, descriptors = data_parts(form)
    if group is not None:
        _note_type(walk, group, None)
    for descriptor in descriptors:
        name = descriptor_name(descriptor)
        if name is not None:
            _note_type(walk, name, field_count(descriptor))


def _note_type(walk: _Walk, name: Symbol, fields: int | None) -> None:
    binding = Binding(name.name, BindingKind.CLASS, name.span)
    walk.result.types[name.name] = DefinedType(binding, fields)
    walk.result.data_types.add(name.name)


def _collect_old_data(walk: _Walk, form: ListForm, region: Region) -> None:
    """``(data [Point _ _])``, as ``data@`` was once written; any other is a call."""
    bound = "data" in walk.result.functions or "data" in walk.result.file.sets
    if bound or region.kind is not RegionKind.FILE or not is_definition(form):
        walk.call("data", form.items[1:], region)
        walk.push(form.items, region)
        return
    walk.result.data_forms.add(id(form))
    _collect_data(walk, form, region)


def _collect_setqi(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) > 1 and isinstance(form.items[1], Symbol):
        name = form.items[1]
        field_region(region).added_fields.setdefault(name.name, name.span)
    walk.push(form.items[2:], region)


def _collect_rule(walk: _Walk, form: ListForm, region: Region) -> None:
    """``(defpat f (patterns…) body…)``: the patterns are read when all functions are
    known, since ``[f x]`` is a test when f is one."""
    inner = walk.region(form, RegionKind.FUNCTION, walk.result.file)
    walk.push(form.items[3:], inner)
    match form.items:
        case (Symbol(head), Symbol(name, span), ListForm(), *_):
            pass
        case _:
            return
    old = walk.result.functions.get(name)
    binding = Binding(name, BindingKind.FUNCTION, span) if old is None else old.binding
    first: ListForm = form
    rules: tuple[ListForm, ...] = (form,)
    if old is not None and old.rules and _head(old.form) == head:
        first, rules = old.form, (*old.rules, form)
    elif old is not None:
        walk.result.replaced.append((name, old.form))
    walk.result.functions[name] = Function(binding, (), first, rules)


def _head(form: ListForm) -> str:
    head = form.items[0]
    assert isinstance(head, Symbol)
    return head.name


def _collect_seth(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) > 1 and isinstance(form.items[1], Symbol):
        name, span = form.items[1].name, form.items[1].span
        binding = Binding(name, BindingKind.SHARED, span)
        walk.result.shared_variables.setdefault(name, binding)
    walk.push(form.items[2:], region)


def _collect_defspace(walk: _Walk, form: ListForm, region: Region) -> None:
    """The definitions in it have left it (``spaces``), unless it is misplaced."""
    if len(form.items) > 1 and isinstance(form.items[1], Symbol):
        walk.result.spaces.add(form.items[1].name)


def _collect_space(walk: _Walk, form: ListForm, region: Region) -> None:
    walk.push(form.items[2:], region)


def _collect_pyimport(walk: _Walk, form: ListForm, region: Region) -> None:
    members = len(form.items) > 2 and isinstance(form.items[2], ListForm)
    walk.result.uses_python = True
    for symbol in imported_names(form):
        walk.set_name(symbol, region)
        owner = region.owner_of(symbol.name)
        if owner is not None:
            (owner.imported if members else owner.modules).add(symbol.name)


def _collect_with(walk: _Walk, form: ListForm, region: Region) -> None:
    contexts = with_contexts(form)
    if not contexts:
        walk.push(form.items, region)
        return
    walk.result.uses_python = True
    for name, _ in contexts:
        if name is not None:
            walk.set_name(name, region)
    walk.push(form.items[2:], region)
    walk.push([context for _, context in contexts], region)


def _collect_load(walk: _Walk, form: ListForm, region: Region) -> None:
    walk.result.loads.append(form)
    walk.push(form.items[1:], region)


def _collect_for(walk: _Walk, form: ListForm, region: Region) -> None:
    """``(for x items value)`` binds x as a lambda does."""
    inner = walk.region(form, RegionKind.LAMBDA, region)
    walk.lambdas.append(inner)
    walk.push(form.items[3:], inner)
    if len(form.items) > 1 and isinstance(form.items[1], Symbol):
        name = form.items[1]
        binding = Binding(name.name, BindingKind.PARAMETER, name.span)
        inner.parameters[name.name] = binding
    walk.push(form.items[2:3], region)


def _collect_interpolation(walk: _Walk, form: ListForm, region: Region) -> None:
    for item in form.items[1:]:
        found = pieces(item, walk.source) if isinstance(item, String) else None
        if found is not None:
            walk.result.pieces[id(item)] = tuple(found)
            walk.push([piece for piece in found if not isinstance(piece, str)], region)


def _collect_evaluated(walk: _Walk, form: ListForm, region: Region) -> None:
    """Code that is known now is surveyed; other code may use the whole file."""
    code = evaluated_code(form, walk.source)
    if code is None:
        if len(form.items) > 1:  # not the method of (model (eval))
            walk.result.open = True
        walk.push(form.items[1:], region)
    else:
        walk.result.evaluated[id(form)] = code
        walk.push(code, region)


def _collect_named(walk: _Walk, form: ListForm, region: Region) -> None:
    walk.push(form.items[2:], region)


def _collect_unsupported(walk: _Walk, form: ListForm, region: Region) -> None:
    """What it defines is not worth messages of its own."""
    for item in form.items[1:]:
        _excuse(walk, item, form)


def _collect_foreign(walk: _Walk, form: ListForm, region: Region) -> None:
    """``(define x 3)``, ``(define (f x) …)``: so is the name that it seems to define,
    where the word is no function of the program."""
    for item in form.items[1:2]:
        _excuse(walk, item, form)
    walk.call(_head(form), form.items[1:], region)
    walk.push(form.items, region)


def _excuse(walk: _Walk, defined: Form, form: ListForm) -> None:
    while isinstance(defined, ListForm) and defined.items:
        defined = defined.items[0]
    if isinstance(defined, Symbol):
        walk.result.excused.setdefault(defined.name, _head(form))


_UNSUPPORTED_DEFINITIONS = frozenset(("deflib", "deflibpat"))


def _collect_nothing(walk: _Walk, form: ListForm, region: Region) -> None:
    """Quoted: no code."""


_COLLECTORS: dict[str, _Collector] = {
    **dict.fromkeys(("setq", "setqv", "label"), _collect_setq),
    **dict.fromkeys(("loop", "lloop", "mloop", "multiloop", "polyloop"), _collect_loop),
    **dict.fromkeys(("loopcount", "dotimes"), _collect_loopcount),
    **dict.fromkeys(LAMBDAS, _collect_lambda),
    "switch": _collect_switch,
    "setg": _collect_setg,
    "setconst": _collect_setconst,
    "setq=": _collect_set_where_it_lives,
    "whilein": _collect_loop,
    "let": _collect_let,
    "defun": _collect_defun,
    **dict.fromkeys(("class@", "defclass"), _collect_class),
    "setqi": _collect_setqi,
    **dict.fromkeys(PATTERN_FORMS, _collect_rule),
    "dethread": _collect_defun,
    "seth": _collect_seth,
    "defspace": _collect_defspace,
    "space": _collect_space,
    "data@": _collect_data,
    "data": _collect_old_data,
    "pyimport": _collect_pyimport,
    "with": _collect_with,
    "load": _collect_load,
    "for": _collect_for,
    "f_": _collect_interpolation,
    "?": _collect_named,
    **dict.fromkeys(EVALUATORS, _collect_evaluated),
    "quote": _collect_nothing,
    **dict.fromkeys(_UNSUPPORTED_DEFINITIONS, _collect_unsupported),
    **{word: _collect_foreign for word, each in FOREIGN_WORDS.items() if each.binds},
}
