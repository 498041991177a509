"""Nodes → expressions of Python, and the tests that stand in conditions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import LISTS, MODULE, OBJECT, TENSOR
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.facts import Facts
from lisptorch_compile.lowering import (
    builtins,
    classes,
    comparisons,
    functions,
    logical,
    setting,
    texts,
    updates,
)
from lisptorch_compile.lowering.base import EFFECT, KEPT_VALUE, AssignTo, Lowerer
from lisptorch_compile.lowering.build import (
    Code,
    as_bool,
    if_statement,
    is_python_bool,
    just,
    literal,
    negate,
)
from lisptorch_compile.lowering.data import data_code, set_display
from lisptorch_compile.lowering.effects import Effects
from lisptorch_compile.lowering.naming import role_of
from lisptorch_compile.lowering.shape import Shapes
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    Block,
    Body,
    BuiltinCall,
    BuiltinValue,
    Call,
    Constant,
    Data,
    Destructure,
    DictLiteral,
    If,
    Interpolated,
    Lambda,
    Let,
    ListLiteral,
    Literal,
    Load,
    Logical,
    Node,
    Not,
    PyImport,
    Result,
    Send,
    SetLiteral,
    SuperCall,
    This,
    Update,
    UpdateItem,
    Use,
    Variable,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding

#: Expressions nest this deep before a value gets a name of its own: nobody reads deeper
#: ones, and each level may take several of the 200 brackets that CPython allows.
_MAX_EXPRESSION_DEPTH = 16


class ExpressionLowerer(Lowerer):
    """Makes expressions, with the statements that must stand before them."""

    def __init__(self, facts: Facts, effects: Effects) -> None:
        super().__init__(facts, effects)
        self.shapes = Shapes()

    def value(self, node: Node, *, plain: bool = False) -> Code:
        if self.depth >= _MAX_EXPRESSION_DEPTH and not isinstance(
            node, Literal | Variable | Data
        ):
            return self._in_temporary(node)
        self.depth += 1
        code = self._value(node, plain=plain)
        self.depth -= 1
        return code

    def _value(self, node: Node, *, plain: bool = False) -> Code:
        match node:
            case Literal(value, span):
                return just(literal(value, span))
            case Variable(binding, span):
                return just(self.variable(binding, span))
            case BuiltinCall():
                return builtins.call_value(self, node, plain=plain)
            case Call(Lambda()) if (
                inline := functions.inlined(self, node)
            ) is not None:
                return self._value(inline, plain=plain)
            case Call():
                return functions.call_value(self, node)
            case This(span):
                return just(self.this(span))
            case Attribute(value, name, span):
                code = self.value(value)
                return Code(
                    code.before, py.Attribute(code.value, spell_attribute(name), span)
                )
            case Send():
                return classes.send(self, node)
            case SuperCall():
                return classes.super_call(self, node)
            case Data():
                return data_code(self, node, plain=plain)
            case BuiltinValue(builtin, span):
                return just(builtins.function_value(self, builtin, span))
            case ListLiteral(items, span):
                before, values = self.operands(items)
                return Code(before, self.list_display(values, span, plain=plain))
            case DictLiteral():
                return self._dictionary(node)
            case SetLiteral(items, span):
                before, values = self.operands(items)
                return Code(before, set_display(self, values, span))
            case If() if self.expressible(node):
                return self._conditional(node)
            case Logical() if self.expressible(node):
                return logical.value(self, node)
            case Not(operand, span) if self.fact(operand).only(LISTS):
                before, operands = self.operands([operand])
                return Code(before, self.runtime("negation", operands, span))
            case Not(operand, span):
                before, test = self.condition(operand)
                return Code(before, as_bool(negate(test, span), span))
            case Block(body) if len(body) == 1:
                return self._value(body[0], plain=plain)
            case Block(body) if body:
                return self._last_value(body, plain=plain)
            case Let(bindings, body) if body:
                statements = self.bind(bindings)
                last = self._last_value(body, plain=plain)
                return Code(statements + last.before, last.value)
            case Lambda():
                return functions.lambda_value(self, node)
            case Interpolated():
                return texts.interpolated(self, node)
            case Assign(binding, _, Result.VALUE):
                return Code(self.lower(node, EFFECT), self.variable(binding, node.span))
            case Update(_, binding):
                return Code(self.lower(node, EFFECT), self.variable(binding, node.span))
            case UpdateItem():
                return updates.update_item_value(self, node)
            case Load(module=module, valued=True):
                holder = py.Name(self.module(module, node.span), node.span)
                kept = py.Attribute(holder, KEPT_VALUE, node.span)
                return Code(self.load(node), kept)
            case Assign() | Destructure() | Constant() | Use() | Load() | PyImport():
                return Code(self.declaration(node), literal(True, node.span))
            case _:
                return self._in_temporary(node)

    def _last_value(self, body: Body, *, plain: bool) -> Code:
        statements = self.body(body[:-1], EFFECT)
        last = self._value(body[-1], plain=plain)
        return Code(statements + last.before, last.value)

    def _in_temporary(self, node: Node) -> Code:
        binding = self.temporary(self.role(node), node.span)
        statements = self.lower(node, AssignTo(binding))
        return Code(statements, py.Name(binding, node.span))

    def _conditional(self, node: If) -> Code:
        before, test = self.condition(node.test)
        then, orelse = self.value(node.then), self.value(node.orelse)
        if then.before or orelse.before:
            return self._arms(node, Code(before, test), then, orelse)
        value = py.Conditional(test, then.value, orelse.value, node.span)
        return Code(before, value)

    def _arms(self, node: If, test: Code, then: Code, orelse: Code) -> Code:
        """Return an ``if`` statement that joins two finished arms in a temporary."""
        result = self.temporary(self.role(node), node.span)
        branches = [
            [*arm.before, *self.assign(result, arm.value, node.span)]
            for arm in (then, orelse)
        ]
        statement = if_statement(test.value, branches[0], branches[1], node.span)
        return Code([*test.before, *statement], py.Name(result, node.span))

    def _dictionary(self, node: DictLiteral) -> Code:
        nodes = [part for entry in node.entries for part in entry]
        before, values = self.operands(nodes)
        entries: list[tuple[Expr | None, Expr]] = []
        for index, (key, _) in enumerate(node.entries):
            name = values[2 * index]
            if node.text_keys:
                name = setting.as_key(self, name, key)
            entries.append((name, values[2 * index + 1]))
        return Code(before, py.DictDisplay(tuple(entries), node.span))

    def list_display(self, values: list[Expr], span: Span, *, plain: bool) -> Expr:
        """Return ``[…]``, wrapped in a List unless a plain list will do."""
        if plain:
            return py.ListDisplay(tuple(values), span)
        if not values:
            return self.runtime("List", [], span)
        return self.runtime("List", [py.ListDisplay(tuple(values), span)], span)

    # --- conditions ----------------------------------------------------------------------

    def condition(self, node: Node) -> Code:
        if self.depth >= _MAX_EXPRESSION_DEPTH and not isinstance(
            node, Literal | Variable
        ):
            before, value = self._in_temporary(node)
            return Code(before, self.truth(value, node))
        self.depth += 1
        code = self._condition(node)
        self.depth -= 1
        return code

    def _condition(self, node: Node) -> Code:
        match node:
            case Not(operand, span):
                before, test = self.condition(operand)
                return Code(before, negate(test, span))
            case Logical(operator, _, _, span) if operator != "xor":
                operands = logical.flat(node).operands
                if not all([self.expressible(operand) for operand in operands[1:]]):
                    before, value = logical.in_temporary(self, node)
                    return Code(before, self.truth(value, node))
                codes = [self.condition(operand) for operand in operands]
                if any([code.before for code in codes[1:]]):
                    tests = Logical(operator, operands, False, span)
                    return logical.joined(self, tests, codes)
                values = tuple([code.value for code in codes])
                test = (
                    values[0]
                    if len(values) == 1
                    else py.Logical(operator, values, span)
                )
                return Code(codes[0].before, test)
            case Literal(value, span):
                return just(literal(bool(value), span))
            case BuiltinCall():
                special = comparisons.condition(self, node)
                if special is not None:
                    return special
        before, value = self.value(node)
        match value:
            case py.Unary("not", py.Unary("not", tested)):
                return Code(before, tested)
        return Code(before, self.truth(value, node))

    def truth(self, value: Expr, node: Node) -> Expr:
        """Return a test of a value: bare, unless it may be a tensor or foreign object."""
        if is_python_bool(value) or self.bare_truth(node):
            return value
        return self.runtime("truth", [value], node.span)

    def bare_truth(self, node: Node) -> bool:
        return not self.fact(node).may_be(TENSOR | OBJECT | MODULE)

    # --- shapes and names ----------------------------------------------------------------

    def expressible(self, node: Node) -> bool:
        return self.shapes.expressible(node)

    def role(self, node: Node) -> str:
        return role_of(node)

    # --- completed by the statements ----------------------------------------------------

    @abstractmethod
    def bind(self, bindings: Sequence[tuple[Binding, Node]]) -> list[Stmt]:
        """Return the assignments of a `let`, whose variables are its own."""

    @abstractmethod
    def declaration(self, node: Node) -> list[Stmt]:
        """Return the statements of a node whose value is true."""

    @abstractmethod
    def load(self, node: Load) -> list[Stmt]:
        """Import a compiled file."""
