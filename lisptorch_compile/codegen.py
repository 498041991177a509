"""Core nodes → the Python tree: destination-driven, evaluation kept left to right.

``lower(node, destination)`` gives statements, ``value(node)`` an expression with the
statements it needs before it. What builtins become is in ``lowering``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import LISTS, MODULE, OBJECT, TENSOR, TEXT
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
    operators,
    options,
    pattern_functions,
    threads,
    updates,
)
from lisptorch_compile.lowering.base import (
    EFFECT,
    MAX_BLOCKS,
    AssignTo,
    Destination,
    Effect,
    Frame,
    Lowerer,
    Return,
    TooDeepError,
)
from lisptorch_compile.lowering.build import (
    Code,
    as_bool,
    if_statement,
    is_atom,
    is_python_bool,
    just,
    literal,
    negate,
    written_width,
)
from lisptorch_compile.lowering.data import atoms_are_called, data_code, set_display
from lisptorch_compile.lowering.effects import Effects, assigned_by
from lisptorch_compile.lowering.naming import made_by, role_of
from lisptorch_compile.lowering.order import definitions_first
from lisptorch_compile.lowering.rests import rests
from lisptorch_compile.lowering.shape import Shapes
from lisptorch_compile.lowering.usage import is_statement, results
from lisptorch_compile.lowering.uses import tensor_shapes
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    Block,
    Body,
    Break,
    BuiltinCall,
    BuiltinValue,
    Call,
    Catch,
    ClassDef,
    Constant,
    Data,
    DataDef,
    Destructure,
    DictLiteral,
    Elapse,
    For,
    FunctionDef,
    If,
    Interpolated,
    Lambda,
    Let,
    ListLiteral,
    Literal,
    Load,
    Locked,
    Logical,
    Maybe,
    New,
    Node,
    Not,
    PatternFunction,
    Program,
    PyImport,
    Repeat,
    Result,
    Send,
    SetLiteral,
    SuperCall,
    Switch,
    This,
    Update,
    UpdateItem,
    Use,
    Variable,
    While,
    With,
)
from lisptorch_compile.nodes import Return as ReturnNode
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

#: Expressions nest this deep before a value gets a name of its own: nobody reads deeper
#: ones, and each level may take several of the 200 brackets that CPython allows.
_MAX_EXPRESSION_DEPTH = 16

#: A long chain of ``elif`` is deep for the CPython compiler, too.
_MAX_LINKS = 200

#: A conditional expression is written on one line, or not at all.
_MAX_CONDITIONAL_WIDTH = 72


def generate(
    program: Program,
    facts: Facts,
    name: str,
    *,
    foreign_names: Mapping[Binding, str] = MappingProxyType({}),
    result: Binding | None = None,
) -> py.Module:
    """Return the Python of ``program``.

    Args:
        program: the core tree of a file.
        facts: of the program that it belongs to.
        name: of the source file.
        foreign_names: the Python names of what lives in other files.
        result: the variable that keeps the value of the last form, if it is wanted.
    """
    generator = Generator(program, facts, foreign_names)
    body = generator.module_body(definitions_first(program.body), result)
    return py.Module(
        f"Compiled from {name} by lisptorch-compile.",
        generator.import_statements(py.used_names(body), program.span),
        body,
        (*program.globals, *generator.frame.temporaries),
        program.span,
    )


#: The Python name of the value of a program's last form: none that LispE can write.
KEPT_VALUE = "__value__"


class Generator(Lowerer):
    """The code generation of one program."""

    def __init__(
        self, program: Program, facts: Facts, foreign_names: Mapping[Binding, str]
    ) -> None:
        super().__init__(facts, Effects(program, facts.shared))
        self.program = program
        self.foreign = program.foreign
        self.foreign_names = foreign_names
        self.used_modules = _used_modules(program)
        self.imported_modules: set[str] = set()
        self.shapes = Shapes()
        self.thread_variables = program.thread_variables
        if not program.open:
            tables = options.option_tables(program, facts)
            self.option_tables = tables - facts.shared
            self.tensor_shapes = tensor_shapes(program, facts) - facts.shared
        self.field_names = data_types.field_names(program)
        self.globals = {b.name: b for b in program.globals if _is_variable(b)}
        self.results = results(facts)
        self.atoms_are_called = atoms_are_called(facts)
        self.tail_callees = functions.tail_callees(facts)
        self.mutual = functions.mutual_tail_callers(self.tail_callees)
        self.unread, self.plain_rests = rests(
            [f for f in facts.functions.values() if isinstance(f, PatternFunction)]
        )
        self.python_imports: list[py.Import] = []
        self.shared_imports = imports.shared_imports(program)
        self.copying = imports.copying_imports(program)
        self.builtins = imports.python_builtins(program)
        self.frames.append(Frame(None, set(program.globals), is_module=True))

    # --- modules --------------------------------------------------------------------------

    def module_body(
        self, nodes: Sequence[Node], result: Binding | None
    ) -> tuple[Stmt, ...]:
        statements: list[Stmt] = []
        last = self.program.body[-1] if self.program.body else None
        pending = list(nodes)
        while pending:
            node = pending.pop(0)
            wanted = bool(pending) and pending[0] is last and result is not None
            if isinstance(node, FunctionDef) and pending and not wanted:
                decorated = functions.decorated(self, node, pending[0])
                if decorated is not None:
                    statements.extend(decorated)
                    del pending[0]
                    continue
            if node is last and result is not None:
                self.own(result)
                lowered = self.step(node, AssignTo(result))
            else:
                lowered = self.step(node, EFFECT)
            if not isinstance(node, FunctionDef):
                statements.extend(threads.making_of_copies(self, node.span))
            statements.extend(lowered)
        statements.extend(threads.making_of_copies(self, self.program.span))
        return (*self._ways_to_names(), *self._atoms(), *statements)

    def _ways_to_names(self) -> list[Stmt]:
        """``late = LateNames(globals())``, ``main = loading_file("main")``, ``import tools``,
        ``tools = LaterFile("tools")``"""
        ways: list[Stmt] = []
        if self.late is not None:
            ways.append(self._late_names(self.late))
        program, span = self.program, self.program.span
        used = sorted(self.modules)
        ways.extend([self._import(m, span) for m in used if m in program.earlier])
        for module in used:
            name = py.Name(self.modules[module], span)
            if module in program.loaders:
                found = self.runtime("loading_file", [literal(module, span)], span)
            elif module in program.later:
                found = self.runtime("LaterFile", [literal(module, span)], span)
            else:
                continue
            ways.append(py.Assign((name,), found, span))
        return ways

    def _atoms(self) -> list[Stmt]:
        """``PLUS = Symbol("plus")``, for the patterns of functions that call themselves."""
        result: list[Stmt] = []
        for name, constant in self.atoms.items():
            span = constant.span
            symbol = self.runtime("Symbol", [literal(name, span)], span)
            result.append(py.Assign((py.Name(constant, span),), symbol, span))
        return result

    def _late_names(self, late: Binding) -> Stmt:
        """``late = LateNames(globals())``"""
        span = late.span
        variables = py.Call(py.Name("globals", span), (), (), span)
        names = self.runtime("LateNames", [variables], span)
        return py.Assign((py.Name(late, span),), names, span)

    def import_statements(self, used: set[str], span: Span) -> tuple[py.Import, ...]:
        """Return an import for every name that the module uses."""
        statements = []
        for name in sorted(self.imports & used):
            source = self.import_sources[name]
            alias = name if name not in (source.name, source.module) else None
            statements.append(py.Import(source.module, source.name, alias, span))
        return (*statements, *self.python_imports)

    # --- statements -------------------------------------------------------------------------

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
                statements = operators.update_statement(self, node)
                if isinstance(destination, Effect):
                    return statements
                name = self.variable(binding, node.span)
                return statements + self.place(name, node, destination)
            case UpdateItem() if isinstance(destination, Effect):
                done = operators.update_item_statement(self, node)
                if done is not None:
                    return done
            case If():
                return self._if(node, destination)
            case Block(body):
                return self._block(body, destination, node)
            case Let(bindings, body):
                statements = self._bind(bindings)
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
            case Call() if isinstance(destination, Return):
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
        if node.binding in self.option_tables:
            before, table = options.table(self, node.value)
            return [*before, *self.assign(node.binding, table, node.span)]
        if node.binding in self.tensor_shapes:
            before, shape = self.value(node.value)
            shape = containers.unwrapped(shape)
            return [*before, *self.assign(node.binding, shape, node.span)]
        if containers.sorts_itself(self, node):
            statements = self.lower(node.value, EFFECT)
        elif (update := updates.as_update(self, node)) is not None:
            statements = operators.update_statement(self, update)
        else:
            statements = self.lower(node.value, AssignTo(node.binding, node.span))
        if isinstance(destination, Effect):
            return statements
        result: Expr = literal(True, node.span)
        if node.result is Result.VALUE:
            result = self.variable(node.binding, node.span)
        return statements + self.place(result, node, destination)

    def _return(self, value: Node | None, span: Span) -> list[Stmt]:
        needed = self.frame.owner is None or self.frame.owner in self.results.used
        if self.frame.is_module:
            return [] if value is None else self.lower(value, EFFECT)
        if value is None:
            return [py.Return(None, span)]
        return self.lower(value, Return(needed, explicit=True))

    # --- nesting ------------------------------------------------------------------------

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

    # --- if ------------------------------------------------------------------------------------

    def _if(self, node: If, destination: Destination) -> list[Stmt]:
        if isinstance(destination, Effect):
            choice = _same_assignment(node)
            if choice is not None and self._fits_conditional(choice.value):
                return self._assign(choice, destination)
        elif self._fits_conditional(node):
            return self._choice(node, destination)
        before, test = self.condition(node.test)
        then = self.arm((node.then,), destination)
        orelse = self.arm((node.orelse,), destination, chain=True)
        if isinstance(test, py.Literal):
            return before + (then if test.value else orelse)
        return before + if_statement(test, then, orelse, node.span)

    def _fits_conditional(self, node: Node) -> bool:
        """Tell whether ``a if c else b`` is what a person would write."""
        if not isinstance(node, If):
            return False
        arms = (node.then, node.orelse)
        if any([isinstance(arm, If | Lambda) or is_statement(arm) for arm in arms]):
            return False
        if any([self._is_own_tail_call(arm) or _throws(arm) for arm in arms]):
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
        if isinstance(node, Call) and isinstance(destination, Return):
            bounced = functions.bounced_call(self, node)
            if bounced is not None:
                return bounced
        return self.value(node)

    def _is_own_tail_call(self, node: Node) -> bool:
        return (
            self.frame.tail_loop
            and isinstance(node, Call)
            and node.tail
            and isinstance(node.function, Variable)
            and node.function.binding is self.frame.owner
        )

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

    def _suite(self, statements: list[Stmt], span: Span) -> tuple[Stmt, ...]:
        return tuple(statements) if statements else (py.Pass(span),)

    # --- expressions ---------------------------------------------------------------------------------

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
                return just(classes.this(span))
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
                statements = self._bind(bindings)
                last = self._last_value(body, plain=plain)
                return Code(statements + last.before, last.value)
            case Lambda():
                return functions.lambda_value(self, node)
            case Interpolated():
                return operators.interpolated(self, node)
            case Assign(binding, _, Result.VALUE):
                return Code(self.lower(node, EFFECT), self.variable(binding, node.span))
            case Update(_, binding):
                return Code(self.lower(node, EFFECT), self.variable(binding, node.span))
            case UpdateItem():
                return operators.update_item_value(self, node)
            case Load(module=module, valued=True):
                holder = py.Name(self.module(module, node.span), node.span)
                kept = py.Attribute(holder, KEPT_VALUE, node.span)
                return Code(self._load(node), kept)
            case Assign() | Destructure() | Constant() | Use() | Load() | PyImport():
                return Code(self._declaration(node), literal(True, node.span))
            case _:
                return self._in_temporary(node)

    def _last_value(self, body: Body, *, plain: bool) -> Code:
        statements = self.body(body[:-1], EFFECT)
        last = self._value(body[-1], plain=plain)
        return Code(statements + last.before, last.value)

    def _bind(self, bindings: Sequence[tuple[Binding, Node]]) -> list[Stmt]:
        """Return the assignments of a `let`, whose variables are its own."""
        statements: list[Stmt] = []
        for binding, value in bindings:
            self.own(binding)
            statements.extend(self.lower(value, AssignTo(binding)))
        return statements

    def _declaration(self, node: Node) -> list[Stmt]:
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
                return self._load(node)
            case PyImport():
                return self._python_import(node)
            case _:
                return []

    def _load(self, node: Load) -> list[Stmt]:
        """Import a compiled file, then those it loads that are spoken of here, too.

        They stay in their order, unlike other imports: a file may do anything.
        """
        statements: list[Stmt] = []
        for path in (node.module, *node.reached):
            here = self.frame.is_module and path in self.imported_modules
            if path is node.module or path in self.used_modules and not here:
                statements.append(self._import(path, node.span))
                if self.frame.is_module:
                    self.imported_modules.add(path)
        return statements

    def _import(self, module: str, span: Span) -> Stmt:
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
                name = operators.as_key(self, name, key)
            entries.append((name, values[2 * index + 1]))
        return Code(before, py.DictDisplay(tuple(entries), node.span))

    def list_display(self, values: list[Expr], span: Span, *, plain: bool) -> Expr:
        """Return ``[…]``, wrapped in a List unless a plain list will do."""
        if plain:
            return py.ListDisplay(tuple(values), span)
        if not values:
            return self.runtime("List", [], span)
        return self.runtime("List", [py.ListDisplay(tuple(values), span)], span)

    # --- conditions ------------------------------------------------------------------------------------

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
                special = operators.condition(self, node)
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

    # --- shapes and names ----------------------------------------------------------------------------------

    def expressible(self, node: Node) -> bool:
        return self.shapes.expressible(node)

    def role(self, node: Node) -> str:
        return role_of(node)


def _only(node: Node) -> Node:
    """Return the node of a block that does but one thing."""
    while isinstance(node, Block):
        steps = [step for step in node.body if not isinstance(step, Literal)]
        if len(steps) != 1:
            return node
        node = steps[0]
    return node


def _same_assignment(node: If) -> Assign | None:
    """``(if c (setq x a) (setq x b))`` → ``(setq x (if c a b))``."""
    match _only(node.then), _only(node.orelse):
        case Assign(binding, then, result), Assign(other, orelse):
            if binding is other:
                choice = If(node.test, then, orelse, node.span)
                return Assign(binding, choice, result, node.span)
    return None


def _used_modules(program: Program) -> set[str]:
    """Return the modules of other files that a program speaks of."""
    found: set[str] = set()
    stack: list[Node] = list(program.body)
    while stack:
        node = stack.pop()
        here = {node.binding} if isinstance(node, Variable) else assigned_by(node)
        found |= {program.foreign[b] for b in here if b in program.foreign}
        stack.extend(children(node))
    return found


def _is_variable(binding: Binding) -> bool:
    return binding.kind is BindingKind.GLOBAL


def _throws(node: Node) -> bool:
    return isinstance(node, BuiltinCall) and node.builtin.name == "throw"


def _is_none(value: Expr) -> bool:
    return isinstance(value, py.Literal) and value.value is None


__all__ = ["Generator", "TooDeepError", "generate"]
