"""One walk over a program before its inference: what there is, and what it makes."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    ANY,
    BYTES,
    COMPLEX,
    HEAP,
    INSTANCE,
    LINKED,
    MAYBE,
    MODULE,
    NOTHING,
    NUMBERED,
    OBJECT,
    SET,
    TENSOR,
    UNKNOWN,
    Arithmetic,
    Builtin,
    takes_options,
)
from lisptorch_compile.class_table import is_callable_name
from lisptorch_compile.fact_rules import (
    calls_with_elements,
    data_fact,
    takes_function,
    yields,
)
from lisptorch_compile.facts.table import Facts
from lisptorch_compile.forms import DictForm, Form, ListForm, SetForm
from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    BuiltinCall,
    BuiltinValue,
    Call,
    Catch,
    ClassDef,
    Data,
    DictLiteral,
    Elements,
    FunctionDef,
    Instance,
    Lambda,
    Literal,
    Load,
    Named,
    Node,
    PatternFunction,
    Program,
    PyImport,
    SetLiteral,
    SuperCall,
    TypeTest,
    Update,
    Variable,
    With,
)
from lisptorch_compile.pattern_facts import kinds_of_type
from lisptorch_compile.patterns import conditions, within
from lisptorch_compile.scope import BindingKind
from lisptorch_compile.walk import argument_value, children

#: Kinds that an unknown value has only if something in the program makes them.
MADE_KINDS = (
    SET
    | HEAP
    | LINKED
    | NUMBERED
    | TENSOR
    | MODULE
    | OBJECT
    | INSTANCE
    | MAYBE
    | COMPLEX
    | BYTES
)

_NUMBER_KEYED = frozenset(("dictionaryn", "dictionarytreen", "keyn@"))

_CACHES = frozenset(("cache", "lru_cache"))


def survey(program: Program, facts: Facts) -> None:
    """Collect functions, functions used as values, numeric names and kinds made."""
    made = _survey_nodes(program.body, facts, evidence=True)
    facts.universe = ANY & ~(MADE_KINDS & ~made)
    if facts.calls_by_name:
        facts.escaping.update(facts.functions, facts.classes.records)


def _survey_nodes(nodes: Sequence[Node], facts: Facts, *, evidence: bool) -> int:
    """Survey nodes and all below; ``evidence``: names used as numbers are taken for some,
    which the tests of patterns must not: there an error is no match."""
    made = NOTHING
    stack: list[Node] = list(nodes)
    while stack:
        node = stack.pop()
        below: Sequence[Node] = children(node)
        match node:
            case FunctionDef():
                facts.functions[node.binding] = node
            case PatternFunction(rules=rules):
                facts.functions[node.binding] = node
                guards = [test for rule in rules for test in conditions(rule.patterns)]
                made |= _survey_nodes(guards, facts, evidence=False)
                made |= _kinds_of_patterns(node)
                below = [step for rule in rules for step in rule.body]
            case Assign(binding, value):
                facts.assigned.append(value)
                if binding.kind is BindingKind.FUNCTION and not _caches(value):
                    facts.replaced.add(binding)
            case ClassDef(_, base):
                made |= INSTANCE | (MODULE | OBJECT if base is not None else NOTHING)
                below = below if base is None else below[1:]
                facts.called_outside.update(facts.classes.called_by_python(node))
            case Call(Variable(binding), _) if is_callable_name(binding):
                below = below[1:]
            case Call(Attribute(value)):
                below = (value, *below[1:])
            case Call(function) if not isinstance(function, Lambda):
                facts.calls_values = True
            case SuperCall():
                below = below[1:]
            case Attribute(_, name):
                facts.escaping.update(facts.classes.methods.get(name, ()))
            case Variable(binding) if is_callable_name(binding):
                facts.escaping.update(facts.classes.versions.get(binding, (binding,)))
            case BuiltinCall(builtin, arguments):
                made |= _kinds_made(builtin)
                facts.number_keys |= builtin.name in _NUMBER_KEYED
                facts.makes_atoms |= builtin.name == "atom"
                facts.calls_values |= _is_given_value(builtin, arguments)
                if calls_with_elements(builtin.name):
                    below = [n for n in below if not is_function(n)]
                operands = [argument_value(argument) for argument in arguments]
                if evidence:
                    _note_numeric(builtin.name, operands, facts)
            case Update(operator, binding, operands):
                _note_numeric(
                    operator.name, [Variable(binding, node.span), *operands], facts
                )
            case BuiltinValue(builtin):
                made |= _kinds_made(builtin)
                if callable(builtin.yields):
                    made |= _made_of_anything(builtin)
            case Data(form):
                made |= _kinds_quoted(form)
            case DictLiteral(text_keys=False):
                made |= NUMBERED
            case SetLiteral():
                made |= SET
            case Catch():
                made |= MAYBE
            case Literal(complex()):
                made |= COMPLEX
            case Literal(bytes()):
                made |= BYTES
            case PyImport(_, bindings):
                made |= MADE_KINDS
                facts.imported.update(bindings)
            case Load() | With():
                made |= MADE_KINDS
        stack.extend(below)
    return made


def _kinds_of_patterns(node: PatternFunction) -> int:
    """Return the kinds that the patterns speak of: they may come from elsewhere."""
    kinds = NOTHING
    for rule in node.rules:
        for pattern in rule.patterns:
            for part in within(pattern):
                match part:
                    case TypeTest(name):
                        kinds |= kinds_of_type(name)
                    case Instance():
                        kinds |= INSTANCE
                    case Elements():
                        kinds |= SET
    return kinds & MADE_KINDS


def _caches(value: Node) -> bool:
    """Tell whether a function is replaced by one with the same results:
    ``(functools.cache f)``, ``((functools.lru_cache …) f)``."""
    decorator = value.function if isinstance(value, Call) else value
    if isinstance(decorator, Call):
        decorator = decorator.function
    return isinstance(decorator, Attribute) and decorator.name in _CACHES


def _made_of_anything(builtin: Builtin) -> int:
    """Return the kinds that a builtin called with unknown arguments makes: what may be
    anything is one of these."""
    kinds = yields(builtin, [UNKNOWN] * 2, Arithmetic.PYTHON).kinds
    return NOTHING if kinds == ANY else kinds & MADE_KINDS


def _kinds_quoted(form: Form) -> int:
    """Return the kinds of which a quoted datum holds values, however deep."""
    kinds = NOTHING
    stack: list[Form] = [form]
    while stack:
        current = stack.pop()
        kinds |= data_fact(current).kinds
        match current:
            case ListForm(items) | SetForm(items):
                stack.extend(items)
            case DictForm(entries):
                stack.extend([part for entry in entries for part in entry])
    return kinds & MADE_KINDS


def _kinds_made(builtin: Builtin) -> int:
    if callable(builtin.yields) or builtin.yields.kinds == ANY:
        made = NOTHING
    else:
        made = builtin.yields.kinds & MADE_KINDS
    if builtin.name.startswith(("torch_", "tensor_", "tiktoken_")):
        made |= TENSOR | MODULE | OBJECT
    if builtin.name in ("keyi@", "keyn@"):  # which make, change or read one
        made |= NUMBERED
    return made


def _note_numeric(name: str, operands: Sequence[Node], facts: Facts) -> None:
    """A number beside a name, or ``- * /`` on it, is evidence that it holds a number."""
    if name in ("-", "*", "/"):
        evidence = True
    elif name in ("+", "<", "<=", ">", ">=", "%"):
        evidence = any([_is_number_literal(operand) for operand in operands])
    else:
        return
    if evidence:
        facts.numeric.update(
            [operand.binding for operand in operands if isinstance(operand, Variable)]
        )


def _is_given_value(builtin: Builtin, arguments: Sequence[Node | Named]) -> bool:
    """Tell whether a builtin calls a value that is no function by its looks."""
    if takes_options(builtin):
        return True
    if not takes_function(builtin) or not arguments:
        return False
    function = argument_value(arguments[0])
    return not (is_function(function) or isinstance(function, BuiltinValue | Lambda))


def is_function(node: Node) -> bool:
    return isinstance(node, Variable) and node.binding.kind is BindingKind.FUNCTION


def _is_number_literal(node: Node) -> bool:
    return (
        isinstance(node, Literal)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    )
