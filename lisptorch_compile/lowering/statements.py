"""Nodes → statements of Python that leave a value where it is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import TEXT
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.facts import Facts
from lisptorch_compile.lowering import (
    accumulating,
    builtins,
    classes,
    containers,
    data_types,
    functions,
    imports,
    logical,
    loops,
    options,
    pattern_functions,
    sorting,
    threads,
    updates,
)
from lisptorch_compile.lowering.base import (
    EFFECT,
    MAX_BLOCKS,
    AssignTo,
    Destination,
    Effect,
    Return,
)
from lisptorch_compile.lowering.build import (
    Code,
    else_if,
    ends_flow,
    if_statement,
    is_atom,
    literal,
    with_statement,
    written_width,
)
from lisptorch_compile.lowering.early_calls import HasValue
from lisptorch_compile.lowering.effects import Effects
from lisptorch_compile.lowering.expressions import ExpressionLowerer
from lisptorch_compile.lowering.naming import made_by
from lisptorch_compile.lowering.usage import is_statement
from lisptorch_compile.nodes import (
    Assign,
    Block,
    Body,
    Break,
    BuiltinCall,
    Call,
    Catch,
    ClassDef,
    Constant,
    Data,
    DataDef,
    Destructure,
    Elapse,
    For,
    FunctionDef,
    If,
    Lambda,
    Let,
    Literal,
    Load,
    Locked,
    Logical,
    Maybe,
    New,
    Node,
    PatternFunction,
    PyImport,
    Repeat,
    Result,
    Send,
    SuperCall,
    Switch,
    Update,
    UpdateItem,
    While,
    With,
)
from lisptorch_compile.nodes import Return as ReturnNode
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding

#: A long chain of ``elif`` is deep for the CPython compiler, too.
_MAX_LINKS = 200

#: A conditional expression is written on one line, or not at all.
_MAX_CONDITIONAL_WIDTH = 72


class StatementLowerer(ExpressionLowerer):
    """Makes statements that leave a value in its destination."""

    def __init__(self, facts: Facts, effects: Effects) -> None:
        super().__init__(facts, effects)
        self.used_modules: set[str] = (
            set()
        )  # of other files, that the program speaks of
        self.imported_modules: set[str] = set()
        self.python_imports: list[py.Import] = []

    def lower(self, node: Node, destination: Destination) -> list[Stmt]:
        depth, self.depth = self.depth, 0
        statements = self._lower(node, destination)
        self.depth = depth
        return statements

    def _lower(self, node: Node, destination: Destination) -> list[Stmt]:
        if (
            isinstance(destination, Return)
            and not destination.needed
            and is_statement(node)
        ):
            return [*self._lower(node, EFFECT), *self._leave(node, destination)]
        match node:
            case Assign():
                return self._assign(node, destination)
            case Update(_, binding):
                statements = updates.update_statement(self, node)
                if isinstance(destination, Effect):
                    return statements
                name = self.variable(binding, node.span)
                return statements + self.place(name, node, destination)
            case UpdateItem() if isinstance(destination, Effect):
                done = updates.update_item_statement(self, node)
                if done is not None:
                    return done
            case If():
                return self._if(node, destination)
            case Block(body):
                return self._block(body, destination, node)
            case Let(bindings, body):
                statements = self.bind(bindings)
                return statements + self._block(body, destination, node)
            case While() | For() | Repeat():
                return loops.lower_loop(self, node, destination)
            case Break(span):
                return loops.lower_break(self, span)
            case ReturnNode(value, span):
                return self._return(value, span)
            case FunctionDef():
                definition = functions.lower_function(self, node)
                if isinstance(destination, Effect):
                    return definition
                name = py.Name(node.binding, node.span)
                return definition + self.place(name, node, destination)
            case PatternFunction():
                definition = pattern_functions.lower_pattern_function(self, node)
                if isinstance(destination, Effect):
                    return definition
                name = py.Name(node.binding, node.span)
                return definition + self.place(name, node, destination)
            case Switch():
                return self._switch(node, destination)
            case Maybe():
                return functions.lower_maybe(self, node, destination)
            case Catch():
                return functions.lower_catch(self, node, destination)
            case With():
                return functions.lower_with(self, node, destination)
            case Elapse():
                return functions.lower_elapse(self, node, destination)
            case Locked():
                return threads.lower_locked(self, node, destination)
            case ClassDef():
                return classes.lower_class(self, node)
            case DataDef():
                return data_types.lower_data(self, node)
            case New():
                return classes.new(self, node, destination)
            case Lambda() if isinstance(
                destination, AssignTo
            ) and not self.is_attribute(destination.binding):
                return functions.lambda_statement(self, node, destination.binding)
            case Lambda() if isinstance(destination, Return):
                made = functions.lambda_value(self, node, made_by(self.frame.owner))
                return [*made.before, *self.place(made.value, node, destination)]
            case Logical() if not self.expressible(node):
                return logical.statements(self, node, destination)
            case Call(Lambda()) if (
                inline := functions.inlined(self, node)
            ) is not None:
                return self._lower(inline, destination)
            case Call() | Send() | SuperCall() if isinstance(destination, Return):
                tail = functions.lower_tail_call(self, node, destination)
                if tail is not None:
                    return tail
            case BuiltinCall() if (
                loop := accumulating.lower_accumulation(self, node, destination)
            ) is not None:
                return loop
            case BuiltinCall(builtin) if builtin.name == "throw":
                return functions.lower_throw(self, node)
            case BuiltinCall() if isinstance(destination, Effect):
                done = builtins.lower_effect(self, node)
                if done is not None:
                    return done
        return self._place_value(node, destination)

    def _place_value(self, node: Node, destination: Destination) -> list[Stmt]:
        before, value = self._value(node)
        return [*before, *self.place(value, node, destination)]

    def place(self, value: Expr, node: Node, destination: Destination) -> list[Stmt]:
        """Return the statement that brings a computed value to its destination."""
        match destination:
            case Effect():
                if is_atom(value) or (self.blocks and isinstance(node, Data | Lambda)):
                    return []
                return [py.ExprStmt(value, node.span)]
            case AssignTo(binding, span):
                return self.assign(binding, value, span or node.span)
            case Return():
                if _is_none(value):
                    return self._leave(node, destination)
                return [py.Return(value, node.span)]

    def _leave(self, node: Node, destination: Return) -> list[Stmt]:
        """Return ``return None``, as short as the place allows."""
        if destination.needed:
            return [py.Return(literal(None, node.span), node.span)]
        return [py.Return(None, node.span)] if destination.explicit else []

    def _block(
        self, body: Sequence[Node], destination: Destination, node: Node
    ) -> list[Stmt]:
        if not body:
            return self.place(literal(None, node.span), node, destination)
        return self.body(tuple(body), destination)

    def _assign(self, node: Assign, destination: Destination) -> list[Stmt]:
        if self._may_copy_nothing(node):
            return self._copy_if_set(node)
        if node.binding in self.option_tables:
            before, table = options.table(self, node.value)
            return [*before, *self.assign(node.binding, table, node.span)]
        if node.binding in self.tensor_shapes:
            before, shape = self.value(node.value)
            shape = containers.unwrapped(shape)
            return [*before, *self.assign(node.binding, shape, node.span)]
        if node.binding in self.plain_lists:
            before, items = self.value(node.value, plain=True)
            return [*before, *self.assign(node.binding, items, node.span)]
        if sorting.sorts_itself(self, node):
            statements = self.lower(node.value, EFFECT)
        elif (update := updates.as_update(self, node)) is not None:
            statements = updates.update_statement(self, update)
        else:
            statements = self.lower(node.value, AssignTo(node.binding, node.span))
        if isinstance(destination, Effect):
            return statements
        result: Expr = literal(True, node.span)
        if node.result is Result.VALUE:
            result = self.variable(node.binding, node.span)
        return statements + self.place(result, node, destination)

    def _may_copy_nothing(self, node: Assign) -> bool:
        """Tell whether a node is the copy of a variable that may have no value."""
        return node.is_copy and self.has_value[id(node)] is not HasValue.ALWAYS

    def _copy_if_set(self, node: Assign) -> list[Stmt]:
        """``with suppress(NameError): found_2 = found``; nothing if it has no value."""
        if self.has_value[id(node)] is HasValue.NEVER:
            return []
        before, value = self.value(node.value)
        copy = [*before, *self.assign(node.binding, value, node.span)]
        error = "NameError" if isinstance(value, py.Name) else "AttributeError"
        names = (py.Name(error, node.span),)
        ignoring = py.Call(self.imported("suppress", node.span), names, (), node.span)
        return [with_statement([(ignoring, None)], copy, node.span)]

    def _return(self, value: Node | None, span: Span) -> list[Stmt]:
        needed = self.frame.owner is None or self.frame.owner in self.results.used
        if self.frame.is_module:
            return [] if value is None else self.lower(value, EFFECT)
        if value is None:
            return [py.Return(None, span)]
        return self.lower(value, Return(needed, explicit=True))

    # --- declarations --------------------------------------------------------------------

    def bind(self, bindings: Sequence[tuple[Binding, Node]]) -> list[Stmt]:
        """Return the assignments of a `let`, whose variables are its own."""
        statements: list[Stmt] = []
        for binding, value in bindings:
            self.own(binding)
            statements.extend(self.lower(value, AssignTo(binding)))
        return statements

    def declaration(self, node: Node) -> list[Stmt]:
        """Return the statements of a node whose value is true."""
        match node:
            case Assign():
                return self._assign(node, EFFECT)
            case Constant(binding, value):
                return self.lower(value, AssignTo(binding, node.span))
            case Destructure(bindings, value, span):
                before, source = self.value(value, plain=True)
                source = containers.unwrapped(source)
                for binding in bindings:
                    self.note_assigned(binding)
                names = tuple([self.variable(binding, span) for binding in bindings])
                if isinstance(source, py.ListDisplay):
                    source = py.TupleDisplay(source.items, source.span)
                target = py.TupleDisplay(names, span)
                return [*before, py.Assign((target,), source, span)]
            case Load():
                return self.load(node)
            case PyImport():
                return self._python_import(node)
            case _:
                return []

    def load(self, node: Load) -> list[Stmt]:
        """Import a compiled file, then those it loads that are spoken of here, too.

        They stay in their order, unlike other imports: a file may do anything.
        """
        statements: list[Stmt] = []
        for path in (node.module, *node.reached):
            here = self.frame.is_module and path in self.imported_modules
            if path is node.module or path in self.used_modules and not here:
                statements.append(self.import_module(path, node.span))
                if self.frame.is_module:
                    self.imported_modules.add(path)
        return statements

    def import_module(self, module: str, span: Span) -> Stmt:
        """Return the import of the module of a file."""
        package, _, name = module.rpartition(".")
        alias = self.module(module, span)
        self.note_assigned(alias)
        if package:
            return py.Import(package, name, alias, span)
        return py.Import(module, None, alias, span)

    def _python_import(self, node: PyImport) -> list[Stmt]:
        """Import Python's modules: at the top, but where only some runs need them."""
        if self.frame.is_module and not self.blocks and not self.links:
            self.python_imports.extend(imports.import_statements(node, self.builtins))
            return []
        for binding in node.bindings:
            self.note_assigned(binding)
        return list(imports.import_statements(node, self.builtins))

    # --- nesting -------------------------------------------------------------------------

    def arm(
        self, nodes: Body, destination: Destination, *, chain: bool = False
    ) -> list[Stmt]:
        blocks, links = self.blocks, self.links
        if chain:
            self.links += 1
        else:
            self.blocks += 1
        if self.blocks > MAX_BLOCKS or self.links > _MAX_LINKS:
            statements = functions.outlined(self, nodes, destination)
        else:
            statements = self.body(nodes, destination)
        self.blocks, self.links = blocks, links
        return statements

    def apart(self, nodes: Body, destination: Destination) -> list[Stmt]:
        blocks, links = self.blocks, self.links
        self.blocks = self.links = 0
        statements = self.body(nodes, destination)
        self.blocks, self.links = blocks, links
        return statements

    # --- choices -------------------------------------------------------------------------

    def _if(self, node: If, destination: Destination) -> list[Stmt]:
        if isinstance(destination, Effect):
            choice = self._same_assignment(node)
            if choice is not None and self._fits_conditional(choice.value):
                return self._assign(choice, destination)
        elif self._fits_conditional(node):
            return self._choice(node, destination)
        before, test = self.condition(node.test)
        then = self.arm((node.then,), destination)
        orelse = self.arm((node.orelse,), destination, chain=True)
        if isinstance(test, py.Literal):
            return before + (then if test.value else orelse)
        if isinstance(node.orelse, If) and not ends_flow(then):
            orelse = else_if(orelse)
        return before + if_statement(test, then, orelse, node.span)

    def _fits_conditional(self, node: Node) -> bool:
        """Tell whether ``a if c else b`` is what a person would write."""
        if not isinstance(node, If):
            return False
        arms = (node.then, node.orelse)
        if any([isinstance(arm, If | Lambda) or is_statement(arm) for arm in arms]):
            return False
        if any([functions.is_own_tail_call(self, arm) or _throws(arm) for arm in arms]):
            return False
        return (
            self.expressible(node) and self.shapes.width(node) <= _MAX_CONDITIONAL_WIDTH
        )

    def _choice(self, node: If, destination: Destination) -> list[Stmt]:
        """``return a if c else b`` on one line, else the statement; an arm that is
        returned may be a tail call."""
        before, test = self.condition(node.test)
        arms = [self._arm_value(arm, destination) for arm in (node.then, node.orelse)]
        value = py.Conditional(test, arms[0].value, arms[1].value, node.span)
        wide = written_width(value) > _MAX_CONDITIONAL_WIDTH
        if not (wide or arms[0].before or arms[1].before):
            return [*before, *self.place(value, node, destination)]
        then, orelse = [
            [*code.before, *self.place(code.value, arm, destination)]
            for code, arm in zip(arms, (node.then, node.orelse), strict=True)
        ]
        return before + if_statement(test, then, orelse, node.span)

    def _arm_value(self, node: Node, destination: Destination) -> Code:
        if isinstance(node, Call | Send | SuperCall) and isinstance(
            destination, Return
        ):
            bounced = functions.bounced_call(self, node)
            if bounced is not None:
                return bounced
        return self.value(node)

    def _switch(self, node: Switch, destination: Destination) -> list[Stmt]:
        before, subject = self.value(node.subject)
        if not self.fact(node.subject).only(TEXT):
            subject = self.runtime("text", [subject], node.subject.span)
        cases = [
            py.Case(
                py.MatchValue(literal(case.key, case.span), case.span),
                None,
                self._suite(self.arm((case.body,), destination), case.span),
                case.span,
            )
            for case in node.cases
        ]
        anything = py.MatchCapture(None, None, node.span)
        if node.default is not None:
            default = self.arm((node.default,), destination)
            span = node.default.span
        else:
            span = node.span
            key = subject
            if not is_atom(subject):
                key = py.Name(self.temporary("key", span), span)
                anything = py.MatchCapture(None, key, span)
            unknown = self.runtime("unknown_key", [key], span)
            default = [py.Raise(unknown, None, span)]
        if default:
            cases.append(py.Case(anything, None, tuple(default), span))
        return [*before, py.Match(subject, tuple(cases), node.span)]

    def _same_assignment(self, node: If) -> Assign | None:
        """``(if c (setq x a) (setq x b))`` → ``(setq x (if c a b))``."""
        match _only(node.then), _only(node.orelse):
            case Assign() as first, Assign() as second:
                if first.binding is not second.binding:
                    return None
                if self._may_copy_nothing(first) or self._may_copy_nothing(second):
                    return None
                choice = If(node.test, first.value, second.value, node.span)
                return Assign(first.binding, choice, first.result, node.span)
        return None

    def _suite(self, statements: list[Stmt], span: Span) -> tuple[Stmt, ...]:
        return tuple(statements) if statements else (py.Pass(span),)


def _only(node: Node) -> Node:
    """Return the node of a block that does but one thing."""
    while isinstance(node, Block):
        steps = [step for step in node.body if not isinstance(step, Literal)]
        if len(steps) != 1:
            return node
        node = steps[0]
    return node


def _throws(node: Node) -> bool:
    return isinstance(node, BuiltinCall) and node.builtin.name == "throw"


def _is_none(value: Expr) -> bool:
    return isinstance(value, py.Literal) and value.value is None
