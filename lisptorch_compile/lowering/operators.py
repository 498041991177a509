"""Arithmetic, comparison and text: Python's operators where facts show that they say the
same as LispE's, one runtime function per operator for what is left (design 9.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    BOOL,
    BYTES,
    DICT,
    DICTS,
    FLOAT,
    HEAP,
    INT,
    LIST,
    LISTS,
    NIL,
    NOTHING,
    NUMBER,
    NUMBERED,
    OBJECT,
    PLAIN,
    SYMBOL,
    TENSOR,
    TEXT,
    TYPED,
    Fact,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import arithmetic as combine_facts
from lisptorch_compile.fact_rules import element
from lisptorch_compile.forms import Symbol
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, is_atom, literal, negate
from lisptorch_compile.lowering.folds import fold, function_of
from lisptorch_compile.lowering.left_integers import (
    any_compares_otherwise,
    compares_otherwise,
    cuts,
    is_unreached,
)
from lisptorch_compile.nodes import (
    BuiltinCall,
    Data,
    Interpolated,
    Literal,
    Node,
    Update,
    UpdateItem,
    Variable,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.walk import argument_value

_NATIVE = {
    "-": "-",
    "*": "*",
    "/": "/",
    "&": "&",
    "|": "|",
    "^": "^",
    "<<": "<<",
    ">>": ">>",
}
#: Values that ``==`` compares as LispE does, whatever stands on the other side.
_SCALARS = NUMBER | TEXT | BOOL | SYMBOL | BYTES

# --- arithmetic ---------------------------------------------------------------------------


def arithmetic(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """``(+ a b c)`` → ``a + b + c``; one operand is a list to fold."""
    nodes = [argument_value(argument) for argument in node.arguments]
    name = "^^" if node.builtin.name == "**" else node.builtin.name
    if len(nodes) == 1:
        return fold(lowerer, name, nodes[0], node.span)
    before, values = lowerer.operands(nodes)
    facts = [lowerer.fact(operand) for operand in nodes]
    if name == "%" and all([_is_natural_number(lowerer, operand) for operand in nodes]):
        return Code(before, _native_chain("%", values, node.span))
    if lowerer.folder is None and _is_current_folder(nodes[0]):
        beside = _beside(lowerer, values, facts, node.span)
        if beside is not None:
            return Code(before, beside)
    if len(values) > _MAX_OPERANDS and not facts[0].may_be(TEXT):
        return _in_parts(lowerer, name, Code(before, values[0]), values, facts)
    return Code(before, _combined(lowerer, name, values, facts, node.span))


#: A chain of operators is a tree as deep as it is long, and CPython takes about a thousand.
_MAX_OPERANDS = 200


def _in_parts(
    lowerer: Lowerer,
    name: str,
    first: Code,
    values: Sequence[Expr],
    facts: Sequence[Fact],
) -> Code:
    """``total = a + b + …``, ``total = total + c + …`` for a very long sum."""
    before, value = first
    fact = facts[0]
    for start in range(1, len(values), _MAX_OPERANDS):
        if start > 1:
            total = lowerer.temporary("total" if name == "+" else "value", value.span)
            before = [*before, *lowerer.assign(total, value, value.span)]
            value = py.Name(total, value.span)
        end = start + _MAX_OPERANDS
        part = [fact, *facts[start:end]]
        value = _chain(lowerer, name, [value, *values[start:end]], part, value.span)
        fact = combine_facts(name, part, lowerer.facts.numbers)
    return Code(before, value)


def _is_natural_number(lowerer: Lowerer, node: Node) -> bool:
    natural = lowerer.lower_bounds.of(node) is not None
    return natural and lowerer.fact(node).only(INT)


def _native_chain(operator: str, values: Sequence[Expr], span: Span) -> Expr:
    value = values[0]
    for right in values[1:]:
        value = py.Binary(value, operator, right, span)
    return value


def _is_current_folder(node: Node) -> bool:
    return isinstance(node, BuiltinCall) and node.builtin.name == "_current"


def _beside(
    lowerer: Lowerer, values: Sequence[Expr], facts: Sequence[Fact], span: Span
) -> Expr | None:
    """``(+ _current "data.txt")`` → ``os.path.join(os.path.dirname(__file__), …)``."""
    folder = values[0]
    match values[1]:
        case py.Literal(str() as first) if not first.startswith("/"):
            pass
        case _:
            return None
    if not isinstance(folder, py.Call) or not all([f.only(TEXT) for f in facts]):
        return None
    name = join_texts(lowerer, values[1:], facts[1:], span)
    return py.Call(
        folder.function, (_folder_of_file(folder.arguments[0]), name), (), span
    )


def _folder_of_file(folder: Expr) -> Expr:
    """``os.path.dirname(os.path.abspath(__file__))`` → ``os.path.dirname(__file__)``.

    A script's ``__file__`` is absolute; where it is not, ``join`` takes no folder, too.
    """
    match folder:
        case py.Call(function, (py.Call(_, (file,)),)):
            return py.Call(function, (file,), (), folder.span)
        case _:
            return folder


def _combined(
    lowerer: Lowerer,
    name: str,
    values: Sequence[Expr],
    facts: Sequence[Fact],
    span: Span,
) -> Expr:
    """Return ``a + b + c``; what begins with a text is one text."""
    if name == "+" and facts[0].only(TEXT):
        return join_texts(lowerer, values, facts, span)
    return _chain(lowerer, name, values, facts, span)


def _chain(
    lowerer: Lowerer,
    name: str,
    values: Sequence[Expr],
    facts: Sequence[Fact],
    span: Span,
) -> Expr:
    value, fact = values[0], facts[0]
    for right, right_fact in zip(values[1:], facts[1:], strict=True):
        value = operation(lowerer, name, value, fact, right, right_fact, span)
        fact = combine_facts(name, [fact, right_fact], lowerer.facts.numbers)
    return value


def operation(
    lowerer: Lowerer,
    name: str,
    left: Expr,
    left_fact: Fact,
    right: Expr,
    right_fact: Fact,
    span: Span,
) -> Expr:
    """Return the Python of ``(name left right)``."""
    if cuts(lowerer, name, left_fact, right_fact):
        if name == "+":
            return added(lowerer, left, right, span)
        function = function_of(lowerer, name, span)
        return py.Call(function, (left, right), (), span)
    if name == "+":
        if left_fact.may_be(TEXT):
            if left_fact.only(TEXT) and right_fact.only(TEXT):
                return py.Binary(left, "+", right, span)
            return added(lowerer, left, right, span)
        if right_fact.only(TEXT) and left_fact.may_be(INT | FLOAT):
            return added(lowerer, left, right, span)  # for LispE's error
        return py.Binary(left, "+", right, span)
    if name == "%":
        return _remainder(lowerer, left, left_fact, right, right_fact, span)
    if name == "^^":
        return _power(lowerer, left, left_fact, right, right_fact, span)
    if name == "&~":
        return py.Binary(left, "&", py.Unary("~", right, span), span)
    return py.Binary(left, _NATIVE[name], right, span)


def added(lowerer: Lowerer, left: Expr, right: Expr, span: Span) -> Expr:
    """``add(a, b)`` and c → ``add(a, b, c)``, for a sum that was made just now."""
    match left:
        case py.Call(py.Name("add"), arguments, (), at) if at == span:
            return lowerer.runtime("add", [*arguments, right], span)
        case _:
            return lowerer.runtime("add", [left, right], span)


def _remainder(
    lowerer: Lowerer,
    left: Expr,
    left_fact: Fact,
    right: Expr,
    right_fact: Fact,
    span: Span,
) -> Expr:
    """``%`` has the sign of the dividend in LispE, of the divisor in Python."""
    natural = _is_natural(left) and _is_natural(right)
    unknown = is_unreached(lowerer, left_fact, right_fact)
    if natural or unknown or left_fact.only(TENSOR):
        return py.Binary(left, "%", right, span)
    return lowerer.runtime("remainder", [left, right], span)


def _is_natural(value: Expr) -> bool:
    match value:
        case py.Literal(int() as number):
            return number >= 0
        case py.Call(py.Name("len")):
            return True
        case _:
            return False


def _power(
    lowerer: Lowerer,
    left: Expr,
    left_fact: Fact,
    right: Expr,
    right_fact: Fact,
    span: Span,
) -> Expr:
    """A power is a real in LispE, but the literal exponent 2 keeps the kind."""
    if isinstance(right, py.Literal) and right.value == 2:
        return py.Binary(left, "**", right, span)
    if left_fact.only(INT | FLOAT) and right_fact.only(INT | FLOAT):
        return lowerer.runtime("math.pow", [left, right], span)
    if left_fact.only(TENSOR) or is_unreached(lowerer, left_fact, right_fact):
        return py.Binary(left, "**", right, span)
    return lowerer.runtime("power", [left, right], span)


# --- text ------------------------------------------------------------------------------------


def join_texts(
    lowerer: Lowerer, values: Sequence[Expr], facts: Sequence[Fact], span: Span
) -> Expr:
    """``(+ "a" x)`` → ``f"a{x}"``; a list on the right distributes, so it needs ``add``."""
    done: Expr | None = None
    parts: list[str | py.Interpolation] = []
    for value, fact in zip(values, facts, strict=True):
        if fact.may_be(LISTS) or fact.kinds == NOTHING:
            left = _text_of(parts, span) if done is None else done
            if done is not None and parts:
                left = py.Binary(done, "+", _text_of(parts, span), span)
            done, parts = added(lowerer, left, value, span), []
        elif done is not None:
            done = added(lowerer, done, value, span)
        else:
            parts.extend(text_parts(lowerer, value, fact))
    if done is None:
        return _text_of(parts, span)
    return done


def text_parts(
    lowerer: Lowerer, value: Expr, fact: Fact
) -> list[str | py.Interpolation]:
    """Return the parts of an f-string that show ``value`` as LispE prints it."""
    span = value.span
    match value:
        case py.Literal(str() as text):
            return [text]
        case py.Literal(float() as number):
            return [f"{number:g}"]
        case py.Literal(int() as number) if not isinstance(number, bool):
            return [str(number)]
        case py.FString(parts):
            return list(parts)
        case py.Call(py.Name("str"), (shown,), ()):
            return [py.Interpolation(shown, _ANY_TEXT, span)]
    if fact.only(TEXT):
        return [py.Interpolation(value, None, span)]
    if fact.only(TEXT | INT):
        return [py.Interpolation(value, _ANY_TEXT, span)]
    if fact.only(FLOAT):
        return [py.Interpolation(value, "g", span)]
    shown = lowerer.runtime("text", [value], span)
    return [py.Interpolation(shown, None, span)]


#: Marks what an f-string shows as it is but ``+`` does not take: an integer.
_ANY_TEXT = ""


def _text_of(parts: Sequence[str | py.Interpolation], span: Span) -> Expr:
    """Return one text of all parts: a literal, a sum, or an f-string."""
    merged: list[str | py.Interpolation] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    if not merged:
        return literal("", span)
    if all([isinstance(part, str) for part in merged]):
        return literal("".join([str(part) for part in merged]), span)
    if any([_breaks_fstring(part) for part in merged]):
        return _sum_of_texts(merged, span)
    plain = [p for p in merged if isinstance(p, py.Interpolation) and p.spec is None]
    if len(plain) == len(merged) == 1:
        return plain[0].value
    match merged:
        case [py.Interpolation(shown, "")]:
            return py.Call(py.Name("str", span), (shown,), (), span)
    if len(plain) == len(merged) == 2:
        return py.Binary(plain[0].value, "+", plain[1].value, span)
    return py.FString(tuple([_unmarked(part) for part in merged]), span)


def _unmarked(part: str | py.Interpolation) -> str | py.Interpolation:
    if isinstance(part, py.Interpolation) and part.spec == _ANY_TEXT:
        return py.Interpolation(part.value, None, part.span)
    return part


def _breaks_fstring(part: str | py.Interpolation) -> bool:
    """Python 3.11 takes no backslash and no quote of its own kind inside the braces."""
    return isinstance(part, py.Interpolation) and _has_text(part.value)


def _has_text(value: Expr) -> bool:
    match value:
        case py.Literal(content):
            return isinstance(content, str | bytes)
        case py.FString() | py.Lambda() | py.Comprehension() | py.DictDisplay():
            return True
        case py.SetDisplay():
            return True
        case py.Name():
            return False
        case py.Attribute(inner):
            return _has_text(inner)
        case py.Call(function, arguments, keywords):
            parts = [function, *arguments, *[keyword.value for keyword in keywords]]
            return any([_has_text(part) for part in parts])
        case py.Binary(left, _, right):
            return _has_text(left) or _has_text(right)
        case py.Unary(_, operand) | py.Starred(operand):
            return _has_text(operand)
        case py.Subscript(inner, index):
            return _has_text(inner) or _has_text(index)
        case _:
            return True


def _sum_of_texts(parts: Sequence[str | py.Interpolation], span: Span) -> Expr:
    result: Expr | None = None
    for part in parts:
        if isinstance(part, str):
            value: Expr = literal(part, span)
        elif part.spec is None:
            value = part.value
        elif part.spec == _ANY_TEXT:
            value = py.Call(py.Name("str", span), (part.value,), (), span)
        else:
            arguments = (part.value, literal(part.spec, span))
            value = py.Call(py.Name("format", span), arguments, (), span)
        result = value if result is None else py.Binary(result, "+", value, span)
    assert result is not None
    return result


def interpolated(lowerer: Lowerer, node: Interpolated) -> Code:
    """``(f_ "a{x}")`` → ``f"a{x}"``."""
    nodes = [part for part in node.parts if not isinstance(part, str)]
    before, values = lowerer.operands(nodes)
    shown = iter(zip(values, nodes, strict=True))
    parts: list[str | py.Interpolation] = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
        else:
            value, source = next(shown)
            parts.extend(text_parts(lowerer, value, lowerer.fact(source)))
    return Code(before, _text_of(parts, node.span))


# --- comparison -------------------------------------------------------------------------------------

_ORDER = {
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
}


def comparison(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """``(< a b c)`` → ``a < b < c``; ``(= a b)`` → ``a == b``; unlike kinds go to the
    runtime."""
    name = node.builtin.name
    nodes = [argument_value(argument) for argument in node.arguments]
    if name == "!=":
        nodes = nodes[:2]  # LispE does not look at further ones
    if name in ("=", "eq", "!=", "neq") and len(nodes) == 2:
        null = _null_test(lowerer, name, nodes, node.span)
        if null is not None:
            return null
    before, values = _evaluated_once(lowerer, nodes)
    facts = [lowerer.fact(operand) for operand in nodes]
    if (
        any_compares_otherwise(lowerer, name, facts, first=name in ("eq", "neq"))
        or name in ("=", "!=")
        and any([_may_name_group(lowerer, operand) for operand in nodes[:-1]])
    ):
        native = False
    elif name in ("=", "!="):
        native = all(
            [_plain_equality(a, b) for a, b in zip(facts, facts[1:], strict=False)]
        )
    elif name in ("eq", "neq"):
        native = all([_same_by_equality(facts[0], fact) for fact in facts[1:]])
    else:
        native = all(
            [_plain_order(a, b) for a, b in zip(facts, facts[1:], strict=False)]
        )
    values = [
        _bare_remainder(lowerer, operand, value, values, index)
        for index, (operand, value) in enumerate(zip(nodes, values, strict=True))
    ]
    return Code(before, _compared(lowerer, name, values, node.span, native=native))


def _evaluated_once(
    lowerer: Lowerer, nodes: Sequence[Node]
) -> tuple[list[Stmt], list[Expr]]:
    """Python's chain ``a < b < c`` stops early: what has effects is evaluated before."""
    before, values = lowerer.operands(nodes)
    if len(nodes) > 2 and any([lowerer.has_effects(operand) for operand in nodes[2:]]):
        values = [
            value if is_atom(value) else lowerer.keep(value, operand, before)
            for value, operand in zip(values, nodes, strict=True)
        ]
    return before, values


def _compared(
    lowerer: Lowerer, name: str, values: Sequence[Expr], span: Span, *, native: bool
) -> Expr:
    if native:
        if name in ("eq", "neq") and len(values) > 2:
            return _pairs(lowerer, name, values, span, native=True)
        operator = {"=": "==", "eq": "==", "neq": "!="}.get(name, name)
        operators = (operator,) * (len(values) - 1)
        return py.Compare(values[0], operators, tuple(values[1:]), span)
    return _pairs(lowerer, name, values, span, native=False)


def _pairs(
    lowerer: Lowerer, name: str, values: Sequence[Expr], span: Span, *, native: bool
) -> Expr:
    """Compare neighbours (``eq``: the first with each) by the runtime's function."""
    lefts = [values[0]] * len(values) if name in ("eq", "neq") else values
    tests = [
        _pair(lowerer, name, left, right, span, native=native)
        for left, right in zip(lefts, values[1:], strict=False)
    ]
    return tests[0] if len(tests) == 1 else py.Logical("and", tuple(tests), span)


def _pair(
    lowerer: Lowerer, name: str, left: Expr, right: Expr, span: Span, *, native: bool
) -> Expr:
    if native:
        operator = "==" if name == "eq" else "!="
        return py.Compare(left, (operator,), (right,), span)
    match name:
        case "=":
            return lowerer.runtime("equal", [left, right], span)
        case "!=":
            return py.Unary("not", lowerer.runtime("equal", [left, right], span), span)
        case "eq":
            return lowerer.runtime("same", [left, right], span)
        case "neq":
            return py.Unary("not", lowerer.runtime("same", [left, right], span), span)
        case _:
            return lowerer.runtime(_ORDER[name], [left, right], span)


def _may_name_group(lowerer: Lowerer, node: Node) -> bool:
    """Tell whether a value may be the name of a group of data types: the names of these
    types are equal to it."""
    names = lowerer.facts.named_groups
    if isinstance(node, Data) and isinstance(node.form, Symbol):
        return node.form.name in names
    return bool(names) and lowerer.fact(node).may_be(SYMBOL)


def _plain_equality(left: Fact, right: Fact) -> bool:
    """``==`` says what ``=`` says, unless two values may both be tensors."""
    if left.only(_SCALARS | NIL) or right.only(_SCALARS | NIL):
        return True
    tensors = TENSOR | OBJECT
    return not (left.may_be(tensors) or right.may_be(tensors))


def _same_by_equality(left: Fact, right: Fact) -> bool:
    """``eq`` compares containers by identity, so one side must be a scalar."""
    if NOTHING in (left.kinds, right.kinds):
        return True
    return left.only(_SCALARS) or right.only(_SCALARS)


def _plain_order(left: Fact, right: Fact) -> bool:
    """Python orders numbers and texts as LispE does; unlike kinds give nil in LispE."""
    if NOTHING in (left.kinds, right.kinds):
        return True
    numbers = INT | FLOAT | BOOL | TENSOR
    if left.only(numbers) and right.only(numbers):
        return True
    if left.only(TEXT) and right.only(TEXT):
        return True
    # taken for numbers on evidence: see facts.Facts.of
    evidence = NUMBER | LISTS | TENSOR
    return (
        left.only(evidence)
        and right.only(evidence)
        and (left.only(NUMBER) or right.only(NUMBER))
        and not left.only(LISTS)
        and not right.only(LISTS)
    )


def _null_test(
    lowerer: Lowerer, name: str, nodes: Sequence[Node], span: Span
) -> Code | None:
    """``(= x nil)`` is the predicate `nullp`: true for nil and every empty list."""
    for index, operand in enumerate(nodes):
        if isinstance(operand, Literal) and operand.value is None:
            other = nodes[1 - index]
            if index == 1 and compares_otherwise(
                lowerer, name, lowerer.fact(other), lowerer.fact(operand)
            ):
                return None
            before, test = null_test(lowerer, other, span)
            if name in ("!=", "neq"):
                is_none = isinstance(test, py.Compare)
                test = negate(test, span) if is_none else py.Unary("not", test, span)
            return Code(before, test)
    return None


def null_test(lowerer: Lowerer, node: Node, span: Span) -> Code:
    """Return the test of `nullp`: ``x is None`` where facts exclude False and lists."""
    before, value = lowerer.value(node)
    fact = lowerer.fact(node)
    if fact.only(LISTS | NIL):
        return Code(before, py.Unary("not", value, span))
    if isinstance(node, Literal):
        return Code(before, literal(node.value is None, span))
    if fact.kinds != NOTHING and not fact.may_be(BOOL | LISTS):
        return Code(before, py.Compare(value, ("is",), (literal(None, span),), span))
    return Code(before, lowerer.runtime("is_null", [value], span))


def _bare_remainder(
    lowerer: Lowerer, node: Node, value: Expr, values: Sequence[Expr], index: int
) -> Expr:
    """``(= (% i 3) 0)`` → ``i % 3 == 0``: against 0 the sign does not matter."""
    others = [other for place, other in enumerate(values) if place != index]
    against_zero = len(others) == 1 and (
        isinstance(others[0], py.Literal) and others[0].value == 0
    )
    if not against_zero or not isinstance(node, BuiltinCall):
        return value
    if node.builtin.name != "%" or not isinstance(value, py.Call):
        return value
    facts = [lowerer.fact(argument_value(argument)) for argument in node.arguments]
    if len(value.arguments) == 2 and all([fact.only(INT) for fact in facts]):
        return py.Binary(value.arguments[0], "%", value.arguments[1], value.span)
    return value


def equality_each(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """``(== a b)``: 1 or 0, element by element on lists."""
    nodes = [argument_value(argument) for argument in node.arguments]
    before, values = lowerer.operands(nodes)
    return Code(before, lowerer.runtime("equal_each", values, node.span))


def condition(lowerer: Lowerer, node: BuiltinCall) -> Code | None:
    """Return a shorter form of a builtin whose truth alone counts, if there is one."""
    if node.builtin.name == "nullp" and len(node.arguments) == 1:
        return null_test(lowerer, argument_value(node.arguments[0]), node.span)
    if node.builtin.name == "size" and len(node.arguments) == 1:
        measured = argument_value(node.arguments[0])
        if lowerer.fact(measured).only(LISTS | DICTS | HEAP | TEXT | NIL):
            return lowerer.value(measured, plain=True)  # `while queue:`
    return None


# --- updates ------------------------------------------------------------------------------------------


def update_statement(lowerer: Lowerer, node: Update) -> list[Stmt]:
    """``(+= i 1)`` → ``i += 1``; what may be a tensor or list gets a new value instead:
    Python's ``+=`` would write into the shared object."""
    span = node.span
    before, values = lowerer.operands(node.operands)
    lowerer.note_assigned(node.binding)
    target = lowerer.variable(node.binding, span)
    variable_node = Variable(node.binding, span)
    if before and not lowerer.stable(target, variable_node, node.operands):
        return _update_of_old(lowerer, node, before, values)
    variable = lowerer.facts.variables.get(node.binding, Fact(NOTHING, NOTHING))
    own = lowerer.fact_of_variable(node.binding)
    facts = [own, *[lowerer.fact(operand) for operand in node.operands]]
    name = "^^" if node.operator.name == "**" else node.operator.name
    if variable.kinds and own.only(INT | FLOAT | TEXT):
        augmented = _augmented(lowerer, name, target, own, values, facts[1:], span)
        if augmented is not None:
            return [*before, augmented]
    value = _combined(lowerer, name, [target, *values], facts, span)
    return [*before, py.Assign((target,), value, span)]


def _update_of_old(
    lowerer: Lowerer, node: Update, before: list[Stmt], values: Sequence[Expr]
) -> list[Stmt]:
    """``(+= x (block (setq x 1) 2))`` adds to the value that x had before."""
    target = lowerer.variable(node.binding, node.span)
    first: list[Stmt] = []
    old = lowerer.keep(target, Variable(node.binding, node.span), first)
    own = lowerer.fact_of_variable(node.binding)
    facts = [own, *[lowerer.fact(operand) for operand in node.operands]]
    name = "^^" if node.operator.name == "**" else node.operator.name
    value = _combined(lowerer, name, [old, *values], facts, node.span)
    return [*first, *before, py.Assign((target,), value, node.span)]


def _augmented(
    lowerer: Lowerer,
    name: str,
    target: Expr,
    own: Fact,
    values: Sequence[Expr],
    facts: Sequence[Fact],
    span: Span,
) -> Stmt | None:
    """Return ``x += v`` where the values are numbers, or x a text: it grows in place."""
    if own.only(TEXT) and name == "+":
        if any([fact.may_be(LISTS) or not fact.kinds for fact in facts]):
            return None
        parts: list[str | py.Interpolation] = []
        for value, fact in zip(values, facts, strict=True):
            parts.extend(text_parts(lowerer, value, fact))
        return py.AugAssign(target, "+", _text_of(parts, span), span)
    if len(values) > 1 or not own.only(INT | FLOAT) or not facts[0].only(INT | FLOAT):
        return None
    if cuts(lowerer, name, own, facts[0]):
        return None
    if name == "+" or name in _NATIVE:
        return py.AugAssign(target, _NATIVE.get(name, name), values[0], span)
    return None


def update_item_statement(lowerer: Lowerer, node: UpdateItem) -> list[Stmt] | None:
    """``(+= (@ d k) 1)`` → ``d[k] = d.get(k, 0) + 1``: a missing entry starts from 0.

    An element of a list is there: ``(+= (@ grid y x) 1)`` → ``grid[y][x] += 1``.
    """
    if len(node.operands) != 1 or not isinstance(node.container, Variable):
        return None
    if _read_first(lowerer, node) and not lowerer.expressible(node.operands[0]):
        return None
    steps = lowerer.facts.of_path(node)
    addend = lowerer.fact(node.operands[0])
    if len(steps) != len(node.keys) or not addend.only(INT | FLOAT):
        return None
    if not element(steps[-1]).only(INT | FLOAT):
        return None
    if cuts(lowerer, node.operator.name, element(steps[-1]), addend):
        return None
    if steps[-1].only(_INDEXED):
        return _augmented_element(lowerer, node, steps)
    if len(node.keys) == 1 and node.operator.name in ("+", "-"):
        return _counted_entry(lowerer, node)
    return None


_INDEXED = LIST | PLAIN | TYPED


def _augmented_element(
    lowerer: Lowerer, node: UpdateItem, steps: Sequence[Fact]
) -> list[Stmt] | None:
    operator = node.operator.name
    keys, operand = list(node.keys), node.operands[0]
    if operator not in ("+", "-", "*"):
        return None
    if steps[-1].may_be(TYPED) and not lowerer.fact(operand).only(INT):
        return None
    indexed = all([lowerer.fact(key).only(INT) for key in keys])
    if not indexed or not all([step.only(_INDEXED) for step in steps]):
        return None
    before, (place, *values) = lowerer.operands([node.container, *keys, operand])
    for value in values[:-1]:
        place = py.Subscript(place, value, node.span)
    return [*before, py.AugAssign(place, operator, values[-1], node.span)]


def _counted_entry(lowerer: Lowerer, node: UpdateItem) -> list[Stmt] | None:
    container, key, operand = node.container, node.keys[0], node.operands[0]
    fact = lowerer.fact(container)
    by_number = not lowerer.facts.number_keys and lowerer.fact(key).only(INT)
    if not fact.only(DICT) and not (fact.only(NUMBERED) and by_number):
        return None
    before, values = lowerer.operands([container, key, operand])
    place = as_key(lowerer, values[1], key) if fact.only(DICT) else values[1]
    if not is_atom(place):
        place = lowerer.keep(place, key, before, "key")
    nodes = [container, key, operand]
    target, place = settled(lowerer, [values[0], place], nodes, values[2], before)
    span = node.span
    get = py.Attribute(target, "get", span)
    old = py.Call(get, (place, literal(0, span)), (), span)
    new = py.Binary(old, node.operator.name, values[2], span)
    item = py.Subscript(target, place, span)
    return [*before, py.Assign((item,), new, span)]


def update_item_value(lowerer: Lowerer, node: UpdateItem) -> Code:
    """``(+= (@ c k1 k2) v)`` by the runtime: ``update_at(c, (k1, k2), add, v)``."""
    if _read_first(lowerer, node):
        return _update_of_entry(lowerer, node)
    nodes = [node.container, *node.keys, *node.operands]
    before, (container, *values) = lowerer.operands(nodes)
    count = len(node.keys)
    keys, operands = _path(values[:count], node.span), values[count:]
    function = function_of(lowerer, node.operator.name, node.span)
    updated = lowerer.runtime(
        "update_at", [container, keys, function, *operands], node.span
    )
    return Code(before, updated)


def _read_first(lowerer: Lowerer, node: UpdateItem) -> bool:
    """Tell whether an operand may change the element, which is read before."""
    return any([lowerer.effects.of(operand).calls for operand in node.operands])


def _update_of_entry(lowerer: Lowerer, node: UpdateItem) -> Code:
    """``(+= (@ d k) (f))`` → ``Entry(d, k).update(add, f())``."""
    span = node.span
    first, (container, *keys) = lowerer.operands([node.container, *node.keys])
    entry = lowerer.runtime("Entry", [container, _path(keys, span)], span)
    before, operands = lowerer.operands(node.operands)
    if before:
        entry = lowerer.keep(entry, node, first, "entry")
    function = function_of(lowerer, node.operator.name, span)
    update = py.Attribute(entry, "update", span)
    updated = py.Call(update, (function, *operands), (), span)
    return Code([*first, *before], updated)


def _path(keys: Sequence[Expr], span: Span) -> Expr:
    return keys[0] if len(keys) == 1 else py.TupleDisplay(tuple(keys), span)


def settled(
    lowerer: Lowerer,
    places: Sequence[Expr],
    nodes: Sequence[Node],
    value: Expr,
    before: list[Stmt],
) -> list[Expr]:
    """Return container and key of ``container[key] = value``, which Python evaluates
    after the value: where that shows, they are named first."""
    *sources, last = nodes
    result = []
    for place, node in zip(places, sources, strict=True):
        if lowerer.has_effects(last):
            late = not lowerer.stable(place, node, [last])
        else:
            late = lowerer.has_effects(node) and not lowerer.stable(value, last, [node])
        role = "key" if node is sources[-1] else None
        result.append(lowerer.keep(place, node, before, role) if late else place)
    return result


def as_key(lowerer: Lowerer, value: Expr, node: Node) -> Expr:
    """Return a key of a dictionary with text keys: ``k`` or ``text(k)``."""
    if isinstance(value, py.Literal) and isinstance(value.value, int | float):
        return literal(f"{value.value:g}", node.span)
    if isinstance(node, Literal) and isinstance(node.value, str):
        return value
    fact = lowerer.fact(node)
    if fact.only(TEXT) or fact.kinds == NOTHING:
        return value
    return lowerer.runtime("text", [value], node.span)


Handler = Callable[..., Code]

#: Builtins that this module lowers.
VALUES: dict[str, Handler] = {
    **{
        name: arithmetic
        for name in (
            "+",
            "-",
            "*",
            "/",
            "%",
            "^^",
            "**",
            "&",
            "|",
            "^",
            "&~",
            "<<",
            ">>",
        )
    },
    **{name: comparison for name in ("=", "!=", "eq", "neq", "<", "<=", ">", ">=")},
    "==": equality_each,
}
