"""Calls of classes and of instances.

(Rect 10 (? height 2))      an instance; (Rect 10 (init)) calls a method inside it
(r (grow 2) (area))         methods of an instance; the value of the last
(r Shape (area))            the same, with the class named
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.arguments import (
    Arguments,
    arguments_of,
    may_take,
    named_argument,
    takes,
)
from lisptorch_compile.analyzer.calls import method_inside
from lisptorch_compile.analyzer.context import Analyzer, Inside
from lisptorch_compile.analyzer.function_values import named_or_datum
from lisptorch_compile.analyzer.parameters import (
    Signature,
    accepts,
    counted,
    written,
)
from lisptorch_compile.analyzer.regions import Class
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    SetForm,
    Symbol,
)
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    Attribute,
    Block,
    Call,
    Lambda,
    Let,
    Literal,
    Named,
    New,
    Node,
    Send,
    Variable,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children


def instance_call(
    analyzer: Analyzer, form: ListForm, function: Node, tail: bool
) -> Node | None:
    """Return the node of a call of a class or an instance; None: ``function`` is called."""
    if isinstance(function, Lambda):
        return None
    if isinstance(function, Variable):
        one = analyzer.hierarchy.classes.get(function.binding.name)
        if one is not None and one.binding is function.binding:
            return _construction(analyzer, form, function, one)
        if analyzer.is_data_type(function):
            return _record(analyzer, form, function)
        if analyzer.function_signature(function.binding) is not None:
            return None
    items = _without_class(analyzer, form.items[1:])
    classes = _possible_classes(analyzer, function, items)
    if not classes:
        return None
    sure = any([_is_surely_inside(analyzer, item, classes) for item in items])
    # (an object of a class of Python may be called: (net (nn.relu x)))
    foreign = any([analyzer.hierarchy.is_foreign(one) for one in classes])
    if sure or (_is_known_instance(analyzer, function) and not foreign):
        return _inside(analyzer, form, function, items, classes, tail)
    if (
        len(items) == 1
        and isinstance(items[0], ListForm)
        and analyzer.hierarchy.has_methods(_head(items[0]) or "")
    ):
        return _sent(analyzer, form, function, items[0], tail)
    return None


# --- classes -----------------------------------------------------------------------------------


def _construction(
    analyzer: Analyzer, form: ListForm, function: Variable, one: Class
) -> Node:
    """``(Rect 10 (init))``: what calls methods is evaluated inside the new instance."""
    signature = analyzer.hierarchy.signature(one)
    instance = Binding(one.binding.name.lower(), BindingKind.TEMPORARY, form.span)
    inside = Inside(Variable(instance, form.span), [one], new=True)
    arguments: list[Node | Named] = []
    later: list[tuple[str, Node]] = []
    for index, item in enumerate(form.items[1:]):
        name = signature[index].name if index < len(signature) else None
        match _setting(item):
            case (symbol, value):
                node = analyzer.lower(value)
                if any([slot.name == symbol.name for slot in signature]):
                    arguments.append(Named(symbol.name, node, item.span))
                else:
                    later.append((analyzer.hierarchy.spelling(one, symbol.name), node))
                continue
        with _evaluating(analyzer, inside):
            inside.used = False
            node = _called_field(analyzer, one, name, item)
        if inside.used and name is not None:
            later.append((analyzer.hierarchy.spelling(one, name), node))
            arguments.append(Literal(None, item.span))
        else:
            arguments.append(node)
    _check(analyzer, form, one, signature, tuple(arguments))
    call = Call(function, tuple(arguments), False, form.span)
    return New(call, instance, tuple(later), form.span) if later else call


def _setting(item: Form) -> tuple[Symbol, Form] | None:
    """Return field and value of ``(? f v)`` or ``(setqi f v)`` in a constructor's call."""
    match item:
        case ListForm((Symbol("setqi"), Symbol() as name, value)):
            return name, value
        case _:
            return named_argument(item)


def _called_field(analyzer: Analyzer, one: Class, name: str | None, item: Form) -> Node:
    """Return an argument; a quoted name for a field that methods call is a function."""
    called = any([name in region.called for region in one.regions])
    return named_or_datum(analyzer, item) if called else analyzer.lower(item)


def _check(
    analyzer: Analyzer,
    form: ListForm,
    one: Class,
    signature: Signature,
    arguments: Arguments,
) -> None:
    """Warn of a call that fails when it is reached: `maybe` may wait for that."""
    names = [a.name for a in arguments if isinstance(a, Named)]
    if accepts(signature, len(arguments) - len(names), names):
        return
    left = [slot for slot in signature[len(arguments) - len(names) :]]
    if any([not slot.optional and slot.name not in names for slot in left]):
        text = "Missing arguments"
    else:
        text = "argument list mismatch with the parameter list"
    analyzer.report(
        "LT0610",
        form.span,
        name=one.binding.name,
        count=counted([signature]),
        given=len(arguments),
        text=f"Error: {text}",
        signature=written(one.binding.name, signature),
    )


def _record(analyzer: Analyzer, form: ListForm, function: Variable) -> Node:
    """``(Point 10 20)``."""
    name = function.binding.name
    arguments = arguments_of(analyzer, form.items[1:])
    fields = analyzer.survey.types[name].fields
    if fields is None:
        analyzer.report("LT0220", form.span, name=name)
    elif fields != len(arguments) or any([isinstance(a, Named) for a in arguments]):
        analyzer.report(
            "LT0610",
            form.span,
            name=name,
            count=f"{fields} values" if fields != 1 else "1 value",
            given=len(arguments),
            text="Error: Size mismatch between argument list and data structure "
            "definition",
            signature=f"({name}{' _' * fields})",
        )
    return Call(function, arguments, False, form.span)


# --- instances ---------------------------------------------------------------------------------


def _without_class(analyzer: Analyzer, items: Sequence[Form]) -> Sequence[Form]:
    """Return what follows the class in ``(obj Name (m))``."""
    match items:
        case [Symbol(name), ListForm(), *_] if name in analyzer.hierarchy.classes:
            return items[1:]
        case _:
            return items


def _possible_classes(
    analyzer: Analyzer, function: Node, items: Sequence[Form]
) -> list[Class]:
    """Return the classes whose instances have the methods or fields that are named."""
    known = _constructed_class(analyzer, function)
    if known is not None and items:
        return [known]
    found: list[Class] | None = None
    for item in items:
        head = _head(item)
        classes = analyzer.hierarchy.with_method(head) if head is not None else []
        if classes:
            found = classes if found is None else [c for c in classes if c in found]
    if found is None and all([isinstance(item, ListForm | Symbol) for item in items]):
        found = _with_fields(analyzer, items)
    return found or []


def _with_fields(analyzer: Analyzer, items: Sequence[Form]) -> list[Class]:
    """Return the classes that have all names in the code that nothing else has."""
    names = [name for item in items for name in _free_names(analyzer, item)]
    hierarchy = analyzer.hierarchy
    if not names:
        return []
    return [
        one
        for one in hierarchy.classes.values()
        if all([hierarchy.has_field(one, name) for name in names])
    ]


def _free_names(analyzer: Analyzer, form: Form) -> Iterator[str]:
    stack: list[Form] = [form]
    while stack:
        match stack.pop():
            case Symbol(name) if analyzer.hierarchy.are_fields(name):
                if catalogue.lookup(name) is None and analyzer.find(name) is None:
                    yield name
            case ListForm(items) | SetForm(items):
                stack.extend(items)
            case DictForm(entries):
                stack.extend([part for entry in entries for part in entry])


def _is_surely_inside(analyzer: Analyzer, item: Form, classes: Sequence[Class]) -> bool:
    """Tell whether code makes sense inside an instance only: it calls a method, or means
    a field, whose name nothing else has."""
    if isinstance(item, ListForm):
        head = _head(item)
        if head is not None and analyzer.hierarchy.has_methods(head):
            return not _may_call_function(analyzer, head, item.items[1:])
    names = set(_free_names(analyzer, item))
    return bool(names)


def _may_call_function(
    analyzer: Analyzer, name: str, arguments: Sequence[Form]
) -> bool:
    """Tell whether a call of a method's name could mean a function of that name, too:
    ``(size)`` and ``(push 1)`` have too few arguments for the instructions."""
    binding = analyzer.find(name)
    if binding is not None:
        signature = analyzer.function_signature(binding)
        return signature is None or takes([signature], arguments)
    builtin = catalogue.lookup(name)
    if builtin is None:
        return False
    return builtin.form or may_take(builtin, arguments)


def _head(item: Form) -> str | None:
    match item:
        case ListForm((Symbol(name), *_)):
            return name
        case _:
            return None


def _constructed_class(analyzer: Analyzer, function: Node) -> Class | None:
    """Return the class of which a variable was given an instance where it was set."""
    if not isinstance(function, Variable):
        return None
    name = analyzer.constructed(function.binding)
    return analyzer.hierarchy.classes.get(name) if name is not None else None


def _is_known_instance(analyzer: Analyzer, function: Node) -> bool:
    if isinstance(function, Call) and isinstance(function.function, Variable):
        return function.function.binding.kind is BindingKind.CLASS
    return _constructed_class(analyzer, function) is not None


def _inside(
    analyzer: Analyzer,
    form: ListForm,
    receiver: Node,
    items: Sequence[Form],
    classes: list[Class],
    tail: bool,
) -> Node:
    """Return what ``items`` give inside an instance, one after the other."""
    named = isinstance(receiver, Variable)
    instance: Node = receiver
    holder = Binding("instance", BindingKind.TEMPORARY, receiver.span)
    if not named:
        instance = Variable(holder, receiver.span)
    foreign = any([analyzer.hierarchy.is_foreign(one) for one in classes])
    inside = Inside(instance, classes, open=foreign)
    with _evaluating(analyzer, inside):
        last = len(items) - 1
        nodes = tuple(
            [
                _step(analyzer, item, tail and index == last)
                for index, item in enumerate(items)
            ]
        )
    if not named and len(nodes) == 1:
        direct = _direct(nodes[0], holder, receiver)
        if direct is not None:
            return direct
    body = nodes[0] if len(nodes) == 1 else Block(nodes, form.span)
    return body if named else Let(((holder, receiver),), (body,), form.span)


def _direct(node: Node, holder: Binding, receiver: Node) -> Node | None:
    """``(m a)`` of a holder that only the call mentions → the call of ``receiver``."""
    match node:
        case Call(Attribute(Variable(binding), name, place), arguments, tail, span):
            if binding is holder and not any([_mentions(a, holder) for a in arguments]):
                method = Attribute(receiver, name, place)
                return Call(method, arguments, tail, span)
    return None


def _mentions(node: Node | Named, binding: Binding) -> bool:
    if isinstance(node, Variable):
        return node.binding is binding
    return any([_mentions(child, binding) for child in children(node)])


def _step(analyzer: Analyzer, item: Form, tail: bool) -> Node:
    if isinstance(item, ListForm) and item.items:
        head = item.items[0]
        if isinstance(head, Symbol):
            method = method_inside(analyzer, item, head, tail)
            if method is not None:
                return method
    return analyzer.lower(item, tail)


def _sent(
    analyzer: Analyzer, form: ListForm, receiver: Node, item: ListForm, tail: bool
) -> Node:
    """``(x (g y))`` where g is a function, too: x is called with its value, or has it."""
    if not isinstance(receiver, Variable):
        holder = Binding("receiver", BindingKind.TEMPORARY, receiver.span)
        named = Variable(holder, receiver.span)
        sent = _sent(analyzer, form, named, item, tail)
        return Let(((holder, receiver),), (sent,), form.span)
    head = item.items[0]
    assert isinstance(head, Symbol)
    called = Call(receiver, (analyzer.lower(item),), tail, form.span)
    arguments = arguments_of(analyzer, item.items[1:])
    name = spell_attribute(head.name)
    return Send(receiver, name, arguments, called, False, tail, form.span)


@contextmanager
def _evaluating(analyzer: Analyzer, inside: Inside) -> Iterator[None]:
    outer, analyzer.instance = analyzer.instance, inside
    try:
        yield
    finally:
        analyzer.instance = outer
