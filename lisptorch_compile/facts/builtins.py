"""Facts of calls of builtins: what they give, and what they put where."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.accessors import LAST, Accessor, parsed
from lisptorch_compile.catalogue.model import (
    ANY,
    BOTTOM,
    DICTS,
    FUNCTION,
    HEAP,
    INSTANCE,
    LIST,
    LISTS,
    NIL,
    NOTHING,
    NUMBER,
    TENSOR,
    TEXT,
    UNKNOWN,
    Fact,
)
from lisptorch_compile.catalogue.yields import element_kinds, text_or_texts
from lisptorch_compile.fact_rules import (
    arithmetic,
    element,
    element_at,
    has_option,
    higher_order_yields,
    joined,
    lambda_arguments,
    stored,
    yields,
)
from lisptorch_compile.facts import classes, passing
from lisptorch_compile.facts.base import Inference
from lisptorch_compile.facts.survey import is_function
from lisptorch_compile.forms import Symbol
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    BuiltinCall,
    Data,
    Lambda,
    Literal,
    Node,
    UpdateItem,
    Variable,
)
from lisptorch_compile.places import Place
from lisptorch_compile.walk import argument_value

#: Builtins that put values into the container that is their first argument: all others,
#: the elements of the others, the last one.
_PUSHERS = frozenset(("push", "pushfirst", "pushlast", "pushtrue", "insert"))

_JOINERS = frozenset(("extend", "nconc", "nconcn", "set@@"))

_SETTERS = frozenset(
    ("set@", "set@@", "set@@@", "key@", "keyi@", "keyn@", "replaceall")
)

#: Those that move the elements of a list to other places in it.
_SHUFFLERS = frozenset(
    ("pop", "popfirst", "poplast", "insert", "pushfirst", "swap", "sort", "rotate")
    + ("reverse", "nconc", "nconcn", "set@@")
)
#: Those that take an element away.
_POPS = frozenset(("pop", "popfirst", "poplast"))

#: Those that give their first argument, with what they have put in.
_GIVE_FIRST = _PUSHERS | _JOINERS | {"set@", "set@@@"}

#: All that change what is in a container.
CHANGERS = _PUSHERS | _JOINERS | _SETTERS


def builtin_call(inference: Inference, node: BuiltinCall) -> Fact:
    """Return what a call of a builtin gives."""
    nodes = [argument_value(argument) for argument in node.arguments]
    if any([isinstance(n, Lambda) or is_function(n) for n in nodes]):
        return _higher_order(inference, node, nodes)
    facts = [inference.fact(argument) for argument in nodes]
    name = node.builtin.name
    if (accessor := parsed(name)) is not None and len(nodes) == 1:
        return _accessed(inference, node, accessor, facts[0])
    if name in ("@", "set@") and len(facts) > 1:
        match nodes[1]:
            case Data(Symbol(field_name)) if name == "@" and facts[0].only(INSTANCE):
                return classes.attribute(
                    inference, facts[0], spell_attribute(field_name)
                )
            case Data(Symbol()) if name == "@" and facts[0].may_be(TENSOR):
                return UNKNOWN  # an attribute of torch's
        keys = nodes[1:] if name == "@" else nodes[1:-1]
        fact, place = _path(inference, node, facts[0], nodes[0], keys)
        if name == "@":
            part = inference.part(fact, place, keys[-1])
            inference.facts.note_sure(node, part is not None and len(keys) == 1)
            return element_at(fact) if part is None else part
    if name in ("^^", "**") and _is_two(nodes[-1]):
        return arithmetic("*", [facts[0], facts[0]], inference.facts.numbers)
    if name in _POPS:
        inference.facts.note_sure(node, inference.is_nonempty(nodes[0]))
    _note_mutation(inference, name, nodes, facts)
    fact = inference.yielded(yields(node.builtin, facts, inference.facts.numbers))
    if name in _GIVE_FIRST and nodes:
        return inference.filled(fact, inference.aliases.of(nodes[0]))
    return fact


def _accessed(
    inference: Inference, node: BuiltinCall, accessor: Accessor, fact: Fact
) -> Fact:
    """Return what ``car``, ``cadr`` … and ``last`` give, and note whether it is there."""
    container = argument_value(node.arguments[0])
    place, sure = inference.aliases.of(container), accessor.is_element
    filled = inference.is_nonempty(container)
    for position in accessor.positions:
        part = inference.part(fact, place, max(position, 0))
        sure = sure and (part is not None or filled and position <= 0)
        filled = False
        if part is None or position == LAST:
            part = _element(fact, position, sure=sure)
        place = inference.places.inside(place)
        fact = inference.within(part, place)
    inference.facts.note_sure(node, sure)
    given = fact if accessor.is_element else text_or_texts([fact])
    return inference.yielded(given)


def _element(fact: Fact, position: int, *, sure: bool) -> Fact:
    """Return what an element that is asked for by an accessor may be: nil for the first
    and the last of an empty list."""
    found = element(fact)
    if fact.may_be(DICTS) and fact.kinds != ANY:  # one of its keys
        found = Fact(found.kinds | element_kinds(fact))
    if fact.kinds == NOTHING or sure:
        return found
    if position > 0:
        return found if fact.only(TEXT | LISTS) else UNKNOWN
    return Fact(found.kinds | NIL, found.elements)


def _path(
    inference: Inference, node: Node, fact: Fact, container: Node, keys: Sequence[Node]
) -> tuple[Fact, Place]:
    """Return the fact and the place of the container that the last key is for."""
    place = inference.aliases.of(container)
    steps = [fact]
    for key in keys[:-1]:
        part = inference.part(fact, place, key)
        place = inference.places.inside(place)
        fact = inference.within(element(fact) if part is None else part, place)
        steps.append(fact)
    inference.facts.paths[id(node)] = steps
    return fact, place


def update_item(inference: Inference, node: UpdateItem) -> Fact:
    """Return what ``(+= (@ container key …) x)`` gives."""
    fact = inference.fact(node.container)
    for key in node.keys:
        inference.fact(key)
    fact, place = _path(inference, node, fact, node.container, node.keys)
    addends = [inference.fact(operand) for operand in node.operands]
    # a missing entry starts from 0 or the empty text
    old = Fact(fact.elements | (addends[0].kinds & (NUMBER | TEXT)))
    new = yields(node.operator, [old, *addends], inference.facts.numbers)
    inference.puts_at(place, node.keys[-1], stored(new).kinds)
    return new


def _note_mutation(
    inference: Inference, name: str, nodes: Sequence[Node], facts: Sequence[Fact]
) -> None:
    place = inference.aliases.of(nodes[0]) if nodes else None
    if name in _SHUFFLERS and inference.facts.classes.parts and not inference.shuffled:
        places = [inference.aliases.of(node) for node in nodes]
        if any([inference.aliases.is_anywhere(each) for each in places]):
            inference.shuffled = inference.changed = True
    if name in _PUSHERS:
        for fact in facts[1:]:
            inference.puts(place, stored(fact).kinds)
    elif name in _JOINERS:
        for node, fact in zip(nodes[1:], facts[1:], strict=True):
            inference.puts(place, stored(fact).kinds | fact.elements)
            if not fact.only(LISTS | NIL):  # appended as it is
                inside = inference.places.inside(place)
                inference.places.join(inside, inference.aliases.of(node))
    elif name in _SETTERS and len(facts) > 2:
        if facts[0].may_be(INSTANCE) and len(facts) == 3:
            _note_field(inference, nodes[1], facts[2])
        for _ in facts[3:] if name == "set@" else ():
            place = inference.places.inside(place)
        kinds = stored(facts[-1]).kinds
        if name == "set@":
            inference.puts_at(place, nodes[-2], kinds)
        else:
            inference.puts_at(place, None, kinds | facts[-1].elements)
    elif name == "over":
        inference.puts(inference.aliases.of(nodes[-1]), ANY)
    elif name == "reverse" and facts[0].may_be(DICTS):  # lists of keys
        inference.made_at(place, LIST)
        inference.made_at(inference.places.inside(place), ANY)


def _note_field(inference: Inference, key: Node, fact: Fact) -> None:
    match key:
        case Data(Symbol(name)):
            classes.set_field(inference, spell_attribute(name), fact)
        case _:
            classes.set_unknown_field(inference)


def _higher_order(
    inference: Inference, node: BuiltinCall, nodes: Sequence[Node]
) -> Fact:
    """Facts of a call with a function in it: its parameters are the elements."""
    name = node.builtin.name
    facts = [
        Fact(FUNCTION, NOTHING) if isinstance(node, Lambda) else inference.fact(node)
        for node in nodes
    ]
    last = len(facts) - has_option(name, facts)
    sequences = [fact for fact in facts[:last] if not fact.only(FUNCTION)]
    _note_mutation(inference, name, nodes, facts)
    result = inference.folded.get(id(node), BOTTOM)
    arguments = lambda_arguments(name, sequences, result)
    if name == "heap":  # which compares what will be in it
        arguments = [_within_heap(inference, node, sequences)] * 2
    for function in nodes:
        if isinstance(function, Lambda):
            result = result.join(passing.lambda_result(inference, function, arguments))
        elif is_function(function):
            result = result.join(_called_by_builtin(inference, function, arguments))
    if result != inference.folded.get(id(node), BOTTOM):
        inference.folded[id(node)] = result
        inference.changed = True
    found = higher_order_yields(node.builtin, sequences, result)
    if found is not None and last < len(facts):  # the option may ask for another list
        found = found.join(Fact(LIST, result.kinds | found.elements))
    if found is None:
        found = yields(node.builtin, facts, inference.facts.numbers)
    return inference.yielded(found)


def _within_heap(
    inference: Inference, node: BuiltinCall, items: Sequence[Fact]
) -> Fact:
    """Return what the elements of a heap may be, of which some are given to it."""
    place = inference.aliases.of(node)
    heap = inference.filled(Fact(HEAP, joined(items).kinds), place)
    return inference.within(element(heap), inference.places.inside(place))


def _called_by_builtin(
    inference: Inference, function: Node, arguments: Sequence[Fact] | None
) -> Fact:
    """Pass facts to a user's function that a builtin calls by its name."""
    assert isinstance(function, Variable)
    definition = inference.facts.functions.get(function.binding)
    if definition is None:
        return UNKNOWN
    for index, parameter in enumerate(definition.parameters):
        known = arguments is not None and index < len(arguments)
        if not parameter.rest:
            fact = arguments[index] if arguments and known else UNKNOWN
            inference.assign(parameter.binding, fact)
    return passing.result_of(inference, function.binding)


def _is_two(node: Node) -> bool:
    return isinstance(node, Literal) and node.value == 2
