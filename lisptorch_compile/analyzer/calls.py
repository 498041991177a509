"""Calls: of functions of the program, of builtins, of values, and data in disguise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.arguments import (
    Arguments,
    argument,
    arguments_of,
    foreign_arguments,
    named_argument,
    takes,
)
from lisptorch_compile.analyzer.context import (
    Analyzer,
    escaped,
    failure,
    to_import,
    unknown_instruction,
)
from lisptorch_compile.analyzer.form_parts import CONSTANTS, is_lambda
from lisptorch_compile.analyzer.function_values import (
    function_value,
    named_or_datum,
    operators_first,
)
from lisptorch_compile.analyzer.objects import (
    are_messages,
    attribute_call,
    messages,
    possible_message,
)
from lisptorch_compile.analyzer.parameters import (
    Signature,
    accepts,
    counted,
    function_positions,
    signature_of,
    signatures_of,
    written,
)
from lisptorch_compile.analyzer.printed import printed_function
from lisptorch_compile.analyzer.regions import called_positions
from lisptorch_compile.analyzer.suggestions import (
    did_you_mean,
    nearest,
    replacements,
    suggestion,
)
from lisptorch_compile.catalogue.foreign_words import FOREIGN_WORDS
from lisptorch_compile.catalogue.model import Builtin
from lisptorch_compile.diagnostics import Note, Span
from lisptorch_compile.expander import ELIDING
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    Symbol,
)
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    Attribute,
    BuiltinCall,
    Call,
    Data,
    Lambda,
    ListLiteral,
    Literal,
    Named,
    Node,
    This,
)
from lisptorch_compile.scope import Binding, BindingKind


def call(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """Return the node of a list that is no special form."""
    if not form.items:
        return Data(form, form.span)
    head = analyzer.constant_atom(form.items[0])
    if isinstance(head, Symbol):
        return _named_call(analyzer, form, head, tail)
    if is_data(form):
        items = tuple([analyzer.lower(item) for item in form.items])
        return ListLiteral(items, form.span)
    if isinstance(head, Quote) and isinstance(head.form, Symbol):
        return _quoted_call(analyzer, form, head.form, tail)
    if not isinstance(head, ListForm):
        return _not_callable(analyzer, form, head)
    function = analyzer.lower(head)
    instance = analyzer.handlers.instance(analyzer, form, function, tail)
    if instance is not None:
        return instance
    if are_messages(analyzer, form.items[1:], module=False):
        return messages(analyzer, form, function)
    if isinstance(function, Lambda):
        signature = signature_of(function.parameters)
        arguments = arguments_of(analyzer, form.items[1:])
        if not check_arguments(analyzer, form, "lambda", [signature], arguments):
            return miscounted("lambda", signature, form)
        return Call(function, arguments, False, form.span)
    either = possible_message(analyzer, form, function)
    if either is not None:
        return either
    arguments = arguments_of(analyzer, form.items[1:])
    return Call(function, arguments, tail, form.span)


def _quoted_call(analyzer: Analyzer, form: ListForm, head: Symbol, tail: bool) -> Node:
    """``('size l)`` is ``(size l)``; a special form is no function to be quoted."""
    builtin = catalogue.lookup(head.name)
    if builtin is None or not builtin.form or analyzer.find(head.name) is not None:
        return _named_call(analyzer, form, head, tail)
    analyzer.report("LT0214", head.span, name=head.name)
    return unknown_instruction(head)


def is_data(form: Form) -> bool:
    """Tell whether an unquoted list is a list of values (design: its head is none that
    could be called, but a literal, or a list that begins so)."""
    while isinstance(form, ListForm) and form.items:
        form = form.items[0]
        if isinstance(form, Number | String | DictForm | SetForm):
            return True
    return False


def _not_callable(analyzer: Analyzer, form: ListForm, head: Form) -> Node:
    analyzer.report("LT0206", head.span, found=analyzer.text(head))
    arguments_of(analyzer, form.items[1:])
    return failure(f"Error: unknown instruction: '{analyzer.text(head)}'", form.span)


def _named_call(analyzer: Analyzer, form: ListForm, head: Symbol, tail: bool) -> Node:
    if head.name in CONSTANTS:
        return _not_callable(analyzer, form, head)
    builtin = None if analyzer.is_ours(head) else catalogue.lookup(head.name)
    method = method_inside(analyzer, form, head, tail)
    if method is not None:
        return method
    method = _method_beside_field(analyzer, form, head, tail)
    if method is not None:
        return method
    binding = analyzer.find(head.name)
    if binding is not None and (
        builtin is None
        or _is_function(analyzer, binding, form)
        or _are_methods(analyzer, form)
        or _are_messages_only(analyzer, form, binding, builtin)
    ):
        return _call_binding(analyzer, form, head, tail)
    if builtin is None:
        method = analyzer.attribute(head)
        if method is not None:
            return attribute_call(analyzer, form, method)
        return _unknown_function(analyzer, form, head)
    if builtin.unsupported is not None:
        return analyzer.unsupported(builtin, head)
    code = analyzer.survey.evaluated.get(id(form))
    if code is not None:
        return analyzer.block(code, form.span, tail)
    exchanged = _exchanged(analyzer, form) if builtin.name == "flip" else None
    if exchanged is not None:
        return analyzer.lower(exchanged, tail)
    constant = analyzer.constant_atom(form)
    if constant is not form:
        return analyzer.lower(constant)
    return call_builtin(analyzer, form, builtin, head.name)


def _exchanged(analyzer: Analyzer, form: ListForm) -> ListForm | None:
    """Return ``(flip (f a b))`` as ``(f b a)``; None: what is flipped is a value."""
    match form.items:
        case (_, ListForm((Symbol(name) as head, first, second, *rest), span=span)):
            builtin = catalogue.lookup(name)
            special = builtin is not None and builtin.form
            if special and analyzer.find(name) is None:
                return None
            if named_argument(first) is not None or named_argument(second) is not None:
                return None
            return ListForm((head, second, first, *rest), span)
        case _:
            return None


def _are_messages(analyzer: Analyzer, form: ListForm, receiver: Binding) -> bool:
    """Tell whether ``(object (method a))`` calls methods. What is imported may be a
    module, too: ``(pyimport torch [optim])``."""
    imported = analyzer.holds_import(receiver)
    if not imported and _is_bound_to_function(analyzer, receiver):
        return False
    module = analyzer.holds_module(receiver)
    return are_messages(analyzer, form.items[1:], module=module)


def _is_bound_to_function(analyzer: Analyzer, binding: Binding) -> bool:
    """Tell whether a name that is also an instruction was bound to a function."""
    if binding.kind is BindingKind.FUNCTION:
        return True
    signature = analyzer.function_signature(binding)
    return signature is not None or analyzer.holds_function(binding)


def _are_methods(analyzer: Analyzer, form: ListForm) -> bool:
    """Tell whether ``(left (total))`` calls methods, though `left` is an instruction;
    the class may be named before them."""
    items = form.items[1:]
    match items:
        case (Symbol(name), *rest) if name in analyzer.hierarchy.classes:
            items = tuple(rest)
    heads = [
        item.items[0].name
        for item in items
        if isinstance(item, ListForm)
        and item.items
        and isinstance(item.items[0], Symbol)
    ]
    return 0 < len(heads) == len(items) and all(
        [
            analyzer.hierarchy.has_methods(name)
            and catalogue.lookup(name) is None
            and name not in analyzer.survey.functions
            for name in heads
        ]
    )


def _are_messages_only(
    analyzer: Analyzer, form: ListForm, binding: Binding, builtin: Builtin
) -> bool:
    """Tell whether a form calls methods of Python's, though its head is an instruction:
    ``(json (loads s))`` of a module, ``(mask (eq 0))`` since `mask` takes more."""
    items = form.items[1:]
    if not analyzer.survey.uses_python or builtin.form:
        return False
    if not analyzer.holds_module(binding) and takes(signatures_of(builtin), items):
        return False
    return are_messages(analyzer, items, module=False)


def _is_function(analyzer: Analyzer, binding: Binding, form: ListForm) -> bool:
    """Tell whether a call means the function bound to the name of an instruction: a
    method only where it takes so many arguments."""
    if binding.kind is BindingKind.METHOD:
        signature = analyzer.function_signature(binding)
        return signature is None or accepts(signature, len(form.items) - 1, ())
    is_class = binding.kind is BindingKind.CLASS
    return is_class or _is_bound_to_function(analyzer, binding)


def method_inside(
    analyzer: Analyzer, form: ListForm, head: Symbol, tail: bool
) -> Node | None:
    """Return the call of a method by its name, in code evaluated inside an instance."""
    inside = analyzer.instance
    if inside is None or analyzer.find_local(head.name) is not None:
        return None
    methods = [analyzer.hierarchy.method(one, head.name) for one in inside.classes]
    known = bool(methods) and None not in methods
    if not known and not (
        inside.open
        and analyzer.find(head.name) is None
        and catalogue.lookup(head.name) is None
        and analyzer.attribute(head) is None
    ):
        return None
    if known and catalogue.lookup(head.name) is not None:
        signatures = [analyzer.function_signature(m) for m in methods if m is not None]
        count = len(form.items) - 1
        if not any([s is None or accepts(s, count, ()) for s in signatures]):
            return None  # the instruction of the same name
    inside.used = True
    arguments = arguments_of(analyzer, form.items[1:])
    failing = _miscounted_method(analyzer, form, head, methods, arguments)
    if failing is not None:
        return failing
    method = Attribute(inside.instance, spell_attribute(head.name), head.span)
    return Call(method, arguments, tail, form.span)


def _method_beside_field(
    analyzer: Analyzer, form: ListForm, head: Symbol, tail: bool
) -> Node | None:
    """Return the call of a method in one of its class that has a field of the name, too."""
    one = analyzer.current_class
    if one is None or analyzer.find_local(head.name) is not None:
        return None
    field = analyzer.members.get(head.name)
    method = analyzer.hierarchy.method(one, head.name)
    if method is None or field is None or field.kind is not BindingKind.FIELD:
        return None
    arguments = arguments_of(analyzer, form.items[1:])
    failing = _miscounted_method(analyzer, form, head, [method], arguments)
    if failing is not None:
        return failing
    function = Attribute(This(head.span), spell_attribute(head.name), head.span)
    return Call(function, arguments, tail, form.span)


def _miscounted_method(
    analyzer: Analyzer,
    form: ListForm,
    head: Symbol,
    methods: Sequence[Binding | None],
    arguments: Arguments,
) -> Node | None:
    """Report arguments that no version of a method takes; None: they are fine."""
    known = [method for method in methods if method is not None]
    signatures = [analyzer.function_signature(method) for method in known]
    taken = list(dict.fromkeys([each for each in signatures if each is not None]))
    if not taken or None in signatures:
        return None
    notes = _definition_note(analyzer, known[0])
    if check_arguments(analyzer, form, head.name, taken, arguments, notes=notes):
        return None
    return miscounted(head.name, taken[-1], form)


def _call_binding(analyzer: Analyzer, form: ListForm, head: Symbol, tail: bool) -> Node:
    function = analyzer.variable(head)
    assert function is not None
    instance = analyzer.handlers.instance(analyzer, form, function, tail)
    if instance is not None:
        return instance
    if _are_messages(analyzer, form, function.binding):
        return messages(analyzer, form, function)
    if not _is_bound_to_function(analyzer, function.binding):
        either = possible_message(analyzer, form, function)
        if either is not None:
            return either
    arguments = _passed(analyzer, form, function.binding)
    signature = analyzer.function_signature(function.binding)
    if signature is not None:
        notes = _definition_note(analyzer, function.binding)
        fine = check_arguments(
            analyzer, form, head.name, [signature], arguments, notes=notes
        )
        if not fine:
            return miscounted(head.name, signature, form)
    return Call(function, arguments, tail, form.span)


def _definition_note(analyzer: Analyzer, function: Binding) -> list[Note]:
    if function in analyzer.foreign:
        return []
    return [Note(f"`{function.name}` is defined here", function.span)]


def _unknown_function(analyzer: Analyzer, form: ListForm, head: Symbol) -> Node:
    if analyzer.may_come_later:
        function = analyzer.late_name(head)
        return Call(function, arguments_of(analyzer, form.items[1:]), False, form.span)
    hint = analyzer.in_some_space(head.name)
    otherwise = to_import(head) or f"define it: (defun {head.name} (…) …)"
    analyzer.report_unknown("LT0302", head, hint, otherwise=otherwise)
    if not _binds_names(head):
        arguments_of(analyzer, form.items[1:])
    return unknown_instruction(head)


def _binds_names(head: Symbol) -> bool:
    """Tell whether names stand behind a word that other languages have."""
    word = FOREIGN_WORDS.get(head.name)
    return word is not None and word.binds


# --- arguments --------------------------------------------------------------------------------


def _passed(analyzer: Analyzer, form: ListForm, callee: Binding) -> Arguments:
    """Return the arguments for ``callee``; a quoted name for a parameter that it calls
    is a function."""
    if analyzer.holds_import(callee):
        return foreign_arguments(analyzer, form.items[1:])
    function = analyzer.survey.functions.get(callee.name)
    if function is None or function.binding is not callee:
        return arguments_of(analyzer, form.items[1:])
    called = called_positions(function, analyzer.survey)
    result: list[Node | Named] = []
    for index, item in enumerate(form.items[1:]):
        if index in called:
            result.append(_called_argument(analyzer, item))
        else:
            result.append(argument(analyzer, item))
    return tuple(result)


def _called_argument(analyzer: Analyzer, form: Form) -> Node | Named:
    if named_argument(form) is not None:
        return argument(analyzer, form)
    return named_or_datum(analyzer, form)


def check_arguments(
    analyzer: Analyzer,
    form: ListForm,
    name: str,
    signatures: Sequence[Signature],
    arguments: Arguments,
    *,
    notes: Sequence[Note] = (),
) -> bool:
    """Report arguments that no signature takes; tell whether they are fine."""
    named = [a for a in arguments if isinstance(a, Named)]
    positional = len(arguments) - len(named)
    names = [a.name for a in named]
    if any(accepts(signature, positional, names) for signature in signatures):
        return True
    unknown = _unknown_parameter(signatures, arguments)
    if unknown is not None:
        near = nearest(unknown.name, _slots(signatures))
        symbol = Symbol(unknown.name, _span_of_name(analyzer, unknown))
        analyzer.report(
            "LT0402",
            unknown.span,
            fixes=replacements(symbol, near, analyzer.source.text),
            name=name,
            parameter=unknown.name,
            hint=escaped(did_you_mean(near) or _written(name, signatures)),
        )
        return False
    if _given_twice(analyzer, name, signatures[-1], positional, named):
        return False
    builtin = catalogue.lookup(name)
    known = builtin is not None and signatures == signatures_of(builtin)
    analyzer.report(
        "LT0401",
        form.span,
        notes=notes,
        lispe=None if known else _wrong_count(name, signatures[-1]),
        name=name,
        count=counted(signatures),
        given=len(arguments),
        signature=_written(name, signatures).removeprefix("write "),
    )
    return False


def _slots(signatures: Sequence[Signature]) -> list[str]:
    return [slot.name for s in signatures for slot in s if not slot.rest]


def _unknown_parameter(
    signatures: Sequence[Signature], arguments: Arguments
) -> Named | None:
    """Return the first named argument that no signature knows."""
    slots = _slots(signatures)
    for each in arguments:
        if isinstance(each, Named) and each.name not in slots:
            return each
    return None


def _written(name: str, signatures: Sequence[Signature]) -> str:
    """Return ``write (f a b)``, with up to two ways to call a function of several."""
    ways = dict.fromkeys([written(name, signature) for signature in signatures])
    shown = list(ways)[-2:] if len(ways) <= 3 else list(ways)[-1:]
    return "write " + " or ".join(shown)


def miscounted(name: str, signature: Signature, form: ListForm) -> Node:
    """Return the node of a call that fails for its arguments when it is reached."""
    return failure(_wrong_count(name, signature), form.span)


def _wrong_count(name: str, signature: Signature) -> str:
    """Return LispE's text for the wrong number of arguments of a user's function."""
    parameters = " ".join([slot.name for slot in signature])
    place = "in" if name == "lambda" else "in call to"
    return f"Error: Wrong number of arguments {place}: '({name} ({parameters})...)'"


def _given_twice(
    analyzer: Analyzer,
    name: str,
    signature: Signature,
    positional: int,
    named: Sequence[Named],
) -> bool:
    taken = {slot.name for slot in signature[:positional]}
    for each in named:
        if each.name in taken:
            analyzer.report("LT0403", each.span, name=name, parameter=each.name)
            return True
        taken.add(each.name)
    return False


# --- builtins ------------------------------------------------------------------------------------


def call_builtin(
    analyzer: Analyzer, form: ListForm, builtin: Builtin, name: str
) -> Node:
    """Return a call of a builtin, function arguments resolved."""
    arguments: list[Node | Named] = []
    functions = function_positions(builtin.name)
    usual = _ARGUMENTS.get(builtin.name, argument)
    form = operators_first(form, builtin)
    elides = builtin.name in ELIDING
    for index, item in enumerate(form.items[1:]):
        if elides and _is_elision(item):
            analyzer.report("LT0604", item.span, dots=analyzer.text(item))
        elif index in functions:
            arguments.append(function_value(analyzer, item, builtin, form))
        else:
            arguments.append(usual(analyzer, item))
    signatures, given = signatures_of(builtin), tuple(arguments)
    if not check_arguments(analyzer, form, name, signatures, given):
        return failure(_misfit(name, signatures, given), form.span)
    if builtin.name == "@" and _leads_through_field(analyzer, arguments):
        field = BuiltinCall(builtin, tuple(arguments[:2]), form.span)
        arguments[:2] = [field]
    return BuiltinCall(builtin, tuple(arguments), form.span)


def _span_of_name(analyzer: Analyzer, argument: Named) -> Span:
    """Return where ``dim`` stands in ``(? dim 1)``."""
    span = argument.span
    start = analyzer.source.text.find(argument.name, span.start, span.end)
    return Span(start, start + len(argument.name)) if start >= 0 else span


def _misfit(name: str, signatures: Sequence[Signature], arguments: Arguments) -> str:
    """Return the text with which a call of a builtin fails where it is reached."""
    unknown = _unknown_parameter(signatures, arguments)
    if unknown is None:
        return f"Error: Wrong number of arguments for: '{name}'"
    text = f"Error: '{name}' has no parameter '{unknown.name}'"
    hint = suggestion(unknown.name, _slots(signatures))
    if hint is None:
        return text
    return f"{text} ({hint})".replace("`", "'")


def _printed(analyzer: Analyzer, item: Form) -> Node | Named:
    """Return an argument that is only printed: the source of a function, where it shows
    which one is meant. What is known at run time alone prints without a body."""
    match item:
        case ListForm() if is_lambda(item):
            return Literal(printed_function(item), item.span)
        case Symbol(name):
            function = analyzer.survey.functions.get(name)
            if (
                function is not None
                and function.binding is analyzer.find(name)
                and not function.rules
                and name not in analyzer.survey.globals
            ):
                return Literal(printed_function(function.form), item.span)
    return argument(analyzer, item)


def _sign(analyzer: Analyzer, item: Form) -> Node | Named:
    """Return an argument of ``(extract path -"/" -)``, where signs stand for themselves."""
    signs = ("+", "-", "-+")
    match item:
        case Symbol(name) if name in signs and analyzer.find(name) is None:
            return Data(item, item.span)
        case _:
            return argument(analyzer, item)


#: What becomes of the arguments of some functions.
_ARGUMENTS: dict[str, Callable[[Analyzer, Form], Node | Named]] = {
    **dict.fromkeys(("println", "print", "printerr", "printerrln", "string"), _printed),
    "@@": _sign,
}


def _leads_through_field(analyzer: Analyzer, arguments: Sequence[Node | Named]) -> bool:
    """``(@ obj 'history 0)`` is ``(@ (@ obj 'history) 0)`` if a class has such a field."""
    match arguments:
        case [_, Data(Symbol(name)), _, *_]:
            return analyzer.hierarchy.are_fields(name)
        case _:
            return False


def _is_elision(form: Form) -> bool:
    """Tell whether an item is ``...``, as examples in documents have it."""
    return isinstance(form, Symbol) and len(form.name) > 2 and not form.name.strip(".")
