"""``class@`` and what stands in its methods: ``this``, ``setqi``, ``from@``, ``toclean``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.arguments import argument
from lisptorch_compile.analyzer.class_parts import ClassParts, class_parts, is_method
from lisptorch_compile.analyzer.context import Analyzer, Handler, Inside, Scope, nothing
from lisptorch_compile.analyzer.definitions import (
    function_of,
    parameters_of,
    report_faults,
)
from lisptorch_compile.analyzer.parameters import ParameterForm, faults, parameter_forms
from lisptorch_compile.analyzer.pattern_functions import pattern_function
from lisptorch_compile.analyzer.regions import Class
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.forms import Form, ListForm, Quote, Symbol
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    Assign,
    Block,
    BuiltinCall,
    ClassDef,
    Data,
    Field,
    Node,
    Result,
    SuperCall,
    This,
)
from lisptorch_compile.scope import Binding, BindingKind

# --- definitions ---------------------------------------------------------------------------


def class_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(class@ Name (field…) (from@ Parent) (defun method …)…)``."""
    parts = class_parts(form)
    if parts is None:
        return shape_error(analyzer, form, "a name", form.items[1])
    if not analyzer.may_bind(parts.name):
        return nothing(form.span)
    if parts.fields is not None:
        _report_faults(analyzer, parts.fields)
    analyzer.region(form)
    one = analyzer.hierarchy.classes[parts.name.name]
    if analyzer.depth > 1:
        analyzer.report("LT0216", form.span, kind="class", name=parts.name.name)
        return nothing(form.span)
    if analyzer.hierarchy.is_circular(one):
        analyzer.report("LT0217", parts.name.span, name=parts.name.name)
        return nothing(form.span)
    base = _base(analyzer, parts)
    fields = _fields(analyzer, one)
    with _methods_of(analyzer, one):
        methods = [
            method
            for member in parts.members
            if (method := _method(analyzer, one, form, member)) is not None
        ]
    hierarchy = analyzer.hierarchy
    return ClassDef(
        one.binding,
        base,
        fields,
        tuple([hierarchy.attribute(one, name) for name in hierarchy.added(one)]),
        _passed(analyzer, one, fields),
        tuple(methods),
        parts.docstring,
        form.span,
    )


def _report_faults(analyzer: Analyzer, fields: ListForm) -> None:
    """Report wrong fields; those with defaults may stand before others."""
    found = faults(fields, analyzer.source.text)
    analyzer.diagnostics.extend([each for each in found if each.code != "LT0209"])
    for each in parameter_forms(fields):
        if each.rest:
            analyzer.report("LT0219", each.span, name=each.binding.name)


def _base(analyzer: Analyzer, parts: ClassParts) -> Node | None:
    """Return what the class derives from: a class, or ``nn.Module`` of a module."""
    match parts.parent:
        case None:
            return None
        case Symbol(name) as symbol if analyzer.find(name.partition(".")[0]):
            return class_value(analyzer, symbol)
        case Symbol(name, span):
            otherwise = f"define it: (class@ {name} (…) …)"
            symbol = Symbol(name, span)
            analyzer.report_unknown("LT0305", symbol, otherwise=otherwise)
            return None
        case form:
            found = analyzer.text(form)
            analyzer.report(
                "LT0203", form.span, name="from@", expected="a class", found=found
            )
            return None


def class_value(analyzer: Analyzer, symbol: Symbol) -> Node:
    """Return the class that a name means, dotted when it stands in a module."""
    return analyzer.variable(symbol) or analyzer.lower(symbol)


def _fields(analyzer: Analyzer, one: Class) -> tuple[Field, ...]:
    """Return the fields in the order of the constructor."""
    own = {parameter.binding for parameter in one.own}
    forms = analyzer.hierarchy.fields(one)
    scope = Scope(None, {form.binding.name: form.binding for form in forms}, None)
    result: list[Field] = []
    with analyzer.inside(scope):
        for form in forms:
            inherited = form.binding not in own
            for parameter in parameters_of(analyzer, (_renewed(form, inherited),)):
                name = parameter.binding.name
                attribute = analyzer.hierarchy.attribute(one, name)
                scope.names[name] = parameter.binding
                result.append(Field(parameter, attribute, inherited))
    return tuple(result)


def _renewed(form: ParameterForm, inherited: bool) -> ParameterForm:
    """Return a parameter of the parent as one of this class."""
    if not inherited:
        return form
    old = form.binding
    binding = Binding(old.name, BindingKind.PARAMETER, old.span)
    return ParameterForm(binding, form.default, form.optional, form.rest, form.span)


def _passed(
    analyzer: Analyzer, one: Class, fields: tuple[Field, ...]
) -> tuple[Binding, ...] | None:
    parent = analyzer.hierarchy.parent(one)
    if parent is None:
        return None
    by_name = {f.parameter.binding.name: f.parameter.binding for f in fields}
    names = [p.binding.name for p in analyzer.hierarchy.fields(parent)]
    # a field that cannot be bound was reported where the parent declares it
    return tuple([by_name[name] for name in names if name in by_name])


@contextmanager
def _methods_of(analyzer: Analyzer, one: Class) -> Iterator[None]:
    """Analyze with the fields and methods of a class visible."""
    hierarchy = analyzer.hierarchy
    outside = {**analyzer.survey.functions, **analyzer.survey.globals}
    outer = analyzer.current_class, analyzer.members, analyzer.instance
    analyzer.current_class = one
    analyzer.members = hierarchy.members(one, outside)
    analyzer.instance = (
        Inside(This(one.binding.span), [], open=True)
        if hierarchy.is_foreign(one)
        else None
    )
    try:
        yield
    finally:
        analyzer.current_class, analyzer.members, analyzer.instance = outer


def _method(
    analyzer: Analyzer, one: Class, form: ListForm, member: Form
) -> Node | None:
    if not is_method(member):
        return shape_error(analyzer, form, "the definition of a method", member)
    assert isinstance(member, ListForm) and isinstance(member.items[1], Symbol)
    name = member.items[1]
    if name.name not in one.methods:
        found = analyzer.text(member.items[2])
        analyzer.report("LT0215", member.items[2].span, found=found)
        return None
    known = analyzer.survey.methods[one.methods[name.name]]
    if any([member is own for own in known.rules]):
        is_first = member is known.form
        return pattern_function(analyzer, member, known) if is_first else None
    report_faults(analyzer, member.items[2])
    if known.form is not member:
        analyzer.report("LT0602", name.span, name=name.name)
        return None
    return function_of(analyzer, member, known)


# --- in methods --------------------------------------------------------------------------------


def this(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(this)``: the instance."""
    instance = instance_here(analyzer)
    if instance is None:
        analyzer.report("LT0207", form.span, name="this", place="method")
        return nothing(form.span)
    return instance


def instance_here(analyzer: Analyzer) -> Node | None:
    """Return the instance that code is evaluated in, None outside of all."""
    if analyzer.instance is not None:
        analyzer.instance.used = True
        return analyzer.instance.instance
    if analyzer.current_class is not None:
        return This(analyzer.current_class.binding.span)
    return None


def setqi(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(setqi field value)``: the field of the instance, which may be new."""
    target, value_form = form.items[1:]
    value = analyzer.lower(value_form)
    if not isinstance(target, Symbol):
        return shape_error(analyzer, form, "a name", target)
    instance = instance_here(analyzer)
    if instance is None:
        analyzer.report("LT0218", form.span)
        return nothing(form.span)
    if not isinstance(instance, This) or analyzer.current_class is None:
        return set_attribute(instance, target, value, form)
    attribute = analyzer.hierarchy.attribute(analyzer.current_class, target.name)
    return Assign(attribute, value, Result.TRUE, form.span)


def set_attribute(instance: Node, name: Symbol, value: Node, form: ListForm) -> Node:
    """Return ``(set@ instance 'name value)``, which yields true."""
    set_at = catalogue.lookup("set@")
    assert set_at is not None
    place = Data(Symbol(spell_attribute(name.name), name.span), name.span)
    return BuiltinCall(set_at, (instance, place, value), form.span)


def from_parent(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(from@ Parent (m a) …)`` in a method: what the parent's methods give."""
    parent, *calls = form.items[1:]
    if not isinstance(parent, Symbol):
        return shape_error(analyzer, form, "a class", parent)
    if analyzer.current_class is None:
        analyzer.report("LT0207", form.span, name="from@", place="method")
        return nothing(form.span)
    base = class_value(analyzer, parent)
    last = len(calls) - 1
    steps = [
        _parents_call(analyzer, parent, base, call, tail=tail and index == last)
        for index, call in enumerate(calls)
    ]
    return steps[0] if len(steps) == 1 else Block(tuple(steps), form.span)


def _parents_call(
    analyzer: Analyzer, parent: Symbol, base: Node, call: Form, *, tail: bool
) -> Node:
    one = analyzer.current_class
    assert one is not None
    match call:
        case ListForm((Symbol() as head, *rest)) if _is_parents(analyzer, parent, head):
            arguments = tuple([argument(analyzer, item) for item in rest])
            bare = one.parent == parent.name and analyzer.is_directly_in_method()
            name = spell_attribute(head.name)
            return SuperCall(base, name, arguments, bare, tail, call.span)
        case _:
            return analyzer.lower(call, tail)


def _is_parents(analyzer: Analyzer, parent: Symbol, method: Symbol) -> bool:
    """Tell whether the parent has a method; a class of Python may have any."""
    known = analyzer.hierarchy.classes.get(parent.name)
    if known is None or analyzer.hierarchy.is_foreign(known):
        return True
    return analyzer.hierarchy.method(known, method.name) is not None


def toclean(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(toclean 'm)``: the method runs when the instance is gone."""
    instance = instance_here(analyzer)
    match form.items[1]:
        case Quote(Symbol() as name) | (Symbol() as name) if instance is not None:
            builtin = catalogue.lookup("toclean")
            assert builtin is not None
            method = Data(name, name.span)
            return BuiltinCall(builtin, (instance, method), form.span)
        case Quote(Symbol()) | Symbol():
            analyzer.report("LT0207", form.span, name="toclean", place="method")
            return nothing(form.span)
        case other:
            return shape_error(analyzer, form, "the name of a method", other)


def withclass(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(withclass Name body…)``: methods are found by their names anyway."""
    name = form.items[1]
    if not isinstance(name, Symbol) or name.name not in analyzer.hierarchy.classes:
        return shape_error(analyzer, form, "the name of a class", name)
    return analyzer.block(form.items[2:], form.span, tail)


FORMS: dict[str, Handler] = {
    "class@": class_,
    "this": this,
    "setqi": setqi,
    "from@": from_parent,
    "toclean": toclean,
    "withclass": withclass,
}
