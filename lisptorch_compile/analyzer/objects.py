"""Python's objects: their attributes and methods, ``pyimport``, ``with``."""

from __future__ import annotations

from collections.abc import Sequence
from keyword import iskeyword

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.arguments import (
    foreign_arguments,
    may_take,
    takes,
)
from lisptorch_compile.analyzer.context import Analyzer, Handler, nothing
from lisptorch_compile.analyzer.form_parts import (
    constant_name,
    imported_names,
    with_contexts,
)
from lisptorch_compile.analyzer.parameters import signatures_of
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.analyzer.suggestions import (
    did_you_mean,
    nearest,
    replacements,
)
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import (
    Attribute,
    Block,
    Call,
    Let,
    Node,
    PyImport,
    Send,
    Variable,
    With,
)
from lisptorch_compile.scope import Binding, BindingKind

# --- methods ------------------------------------------------------------------------------


def are_messages(analyzer: Analyzer, items: Sequence[Form], *, module: bool) -> bool:
    """Tell whether the items after a receiver, ``((method a) (method b))``, call its
    methods: every name is unknown otherwise, or takes no such arguments. A ``module``
    cannot be called."""
    return bool(items) and all(
        [_is_message(analyzer, item, module=module) for item in items]
    )


def _is_message(analyzer: Analyzer, item: Form, *, module: bool) -> bool:
    if not isinstance(item, ListForm) or not item.items:
        return False
    head = item.items[0]
    if not isinstance(head, Symbol):
        return False
    if module:
        return True
    if analyzer.find(head.name) is not None or analyzer.attribute(head) is not None:
        return False  # a call of its own: (model (nn.relu x))
    builtin = catalogue.lookup(head.name)
    if builtin is None:
        return True
    foreign = analyzer.survey.uses_python and not iskeyword(head.name)
    if builtin.unsupported is not None:
        return foreign
    if builtin.form and not foreign:
        return False
    arguments = item.items[1:]
    if foreign:
        return not may_take(builtin, arguments)  # (x (size 0))
    return not takes(signatures_of(builtin), arguments)  # (model (eval))


#: Instructions whose names texts, containers, files, regular expressions, executors,
#: arrays and tensors of Python give to methods that take arguments.
_METHODS = frozenset(
    ("apply", "count", "drop", "eq", "extend", "fill", "filter", "find", "findall")
    + ("flatten", "format", "get", "insert", "join", "map", "max", "min", "open", "pop")
    + ("random", "repeat", "replace", "rfind", "rotate", "round", "shuffle", "size")
    + ("sort", "split", "string", "sum", "take", "type")
)


def possible_message(analyzer: Analyzer, form: ListForm, receiver: Node) -> Node | None:
    """Return ``(x (split s))`` in a program with objects of Python, where x may have such
    a method, or take what the instruction or variable gives; None: it is a call."""
    if not analyzer.survey.uses_python or len(form.items) != 2:
        return None
    item = form.items[1]
    if not isinstance(item, ListForm) or not item.items:
        return None
    head = item.items[0]
    if not isinstance(head, Symbol) or not _may_name_method(analyzer, head):
        return None
    if are_messages(analyzer, item.items[1:], module=False):
        return None  # (model (torch (ones 4)))
    if isinstance(receiver, Variable):
        return _either(analyzer, form, item, head, receiver)
    kept = Binding("receiver", BindingKind.TEMPORARY, receiver.span)
    named = Variable(kept, receiver.span)
    node = _either(analyzer, form, item, head, named)
    return Let(((kept, receiver),), (node,), form.span)


def _may_name_method(analyzer: Analyzer, head: Symbol) -> bool:
    binding = analyzer.find(head.name)
    if binding is None:
        return head.name in _METHODS and analyzer.attribute(head) is None
    # (optimizer (step)) in a loop that counts in `step`
    variable = binding.kind in (BindingKind.GLOBAL, BindingKind.LOCAL)
    return variable and not analyzer.holds_function(binding) and _is_name(head.name)


def _is_name(text: str) -> bool:
    return text.isidentifier() and not iskeyword(text)


def _either(
    analyzer: Analyzer, form: ListForm, item: ListForm, head: Symbol, receiver: Variable
) -> Node:
    called = Call(receiver, (analyzer.lower(item),), False, form.span)
    arguments = foreign_arguments(analyzer, item.items[1:])
    return Send(receiver, head.name, arguments, called, True, False, form.span)


def messages(analyzer: Analyzer, form: ListForm, receiver: Node) -> Node:
    """``(np (array l))`` → ``np.array(l)``; several: the value of the last."""
    if len(form.items) == 2 or isinstance(receiver, Variable):
        nodes = [_message(analyzer, item, receiver) for item in form.items[1:]]
        return nodes[0] if len(nodes) == 1 else Block(tuple(nodes), form.span)
    kept = Binding("receiver", BindingKind.TEMPORARY, receiver.span)
    variable = Variable(kept, receiver.span)
    body = tuple([_message(analyzer, item, variable) for item in form.items[1:]])
    return Let(((kept, receiver),), body, form.span)


def _message(analyzer: Analyzer, item: Form, receiver: Node) -> Node:
    assert isinstance(item, ListForm)
    head, *rest = item.items
    assert isinstance(head, Symbol)
    _warn_of_misspelling(analyzer, head, receiver)
    method = receiver
    for name in head.name.split("."):
        method = Attribute(method, name, head.span)
    return Call(method, foreign_arguments(analyzer, rest), False, item.span)


def _warn_of_misspelling(analyzer: Analyzer, method: Symbol, receiver: Node) -> None:
    """Warn of a method that is called almost like a function, in a program that has no
    objects of Python."""
    if analyzer.survey.uses_python or not isinstance(receiver, Variable):
        return
    names = nearest(method.name, analyzer.known_names(), cutoff=0.85)
    if names:
        analyzer.report_once(
            "LT0605",
            method.name,
            method.span,
            fixes=replacements(method, names, analyzer.source.text),
            hint=did_you_mean(names),
            method=method.name,
            receiver=receiver.binding.name,
        )


def attribute_call(analyzer: Analyzer, form: ListForm, method: Attribute) -> Node:
    """``(nn.Linear 3 4)`` → ``nn.Linear(3, 4)``, ``(model.layer (train))`` →
    ``model.layer.train()``."""
    if are_messages(analyzer, form.items[1:], module=False):
        return messages(analyzer, form, method)
    arguments = foreign_arguments(analyzer, form.items[1:])
    return Call(method, arguments, False, form.span)


# --- imports ------------------------------------------------------------------------------


def pyimport(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(pyimport numpy np)``, ``(pyimport "os.path" [join exists])``."""
    module = constant_name(form.items[1])
    if module is None:
        return shape_error(analyzer, form, "the name of a module", form.items[1])
    if not all([part.isidentifier() for part in module.split(".")]):
        expected = "the name of a module"
        return shape_error(analyzer, form, expected, form.items[1])
    names = imported_names(form)
    if not names:
        return shape_error(analyzer, form, "a name or a list of names", form.items[2])
    bindings: list[Binding] = []
    for name in names:
        if not analyzer.may_define(name):
            return nothing(form.span)
        bindings.append(_bound(analyzer, name))
    members: tuple[str, ...] = ()
    if len(form.items) > 2 and isinstance(form.items[2], ListForm):
        members = tuple([name.name for name in names])
    return PyImport(module, tuple(bindings), members, form.span)


def _bound(analyzer: Analyzer, name: Symbol) -> Binding:
    """Return the variable that an import sets, as ``setq`` would."""
    binding = analyzer.find_local(name.name)
    if binding is None:
        analyzer.survey.global_variable(name)
        binding = analyzer.survey.globals[name.name]
    analyzer.routine.flow.assign(binding)
    return binding


# --- context managers -----------------------------------------------------------------------


def with_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(with ((f (open path)) (_ (lock))) body…)``, also ``(with ((lock)) body…)``."""
    if not isinstance(form.items[1], ListForm) or not form.items[1].items:
        expected = "a list of ((name context) …)"
        return shape_error(analyzer, form, expected, form.items[1])
    contexts: list[tuple[Binding | None, Node]] = []
    for name, context in with_contexts(form):
        value = analyzer.lower(context)
        binding = None
        if name is not None:
            binding = analyzer.target(name)
            if binding is None:
                return nothing(form.span)
            analyzer.routine.flow.assign(binding)
        contexts.append((binding, value))
    with analyzer.guard(loop=False):
        body = analyzer.body(form.items[2:])
    return With(tuple(contexts), body, form.span)


FORMS: dict[str, Handler] = {"pyimport": pyimport, "with": with_}
