"""Functions, lambdas and calls; tail calls; `maybe`, `catch` and `elapse`."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import OBJECT, TEXT
from lisptorch_compile.class_table import is_callable_name
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import (
    EFFECT,
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
    just,
    literal,
    plain_nested,
    with_statement,
)
from lisptorch_compile.lowering.closures import makes_function
from lisptorch_compile.lowering.imports import only_copies
from lisptorch_compile.lowering.tail_cycles import (
    TailCall,
    callees,
    calls_itself,
    has_lambda,
    next_object,
    walks_objects,
)
from lisptorch_compile.lowering.tail_loops import looped
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    Body,
    Break,
    BuiltinCall,
    Call,
    Catch,
    Elapse,
    FunctionDef,
    Lambda,
    Let,
    Literal,
    Maybe,
    Named,
    Node,
    Parameter,
    PatternFunction,
    Send,
    SuperCall,
    Variable,
    With,
)
from lisptorch_compile.nodes import Return as ReturnNode
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import replaced
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children, with_descendants

#: What atoms that the program makes may call.
_NAMED_KINDS = (BindingKind.FUNCTION, BindingKind.CLASS)

# --- definitions ----------------------------------------------------------------------------


def lower_function(
    lowerer: Lowerer, node: FunctionDef, decorators: Sequence[Expr] = ()
) -> list[Stmt]:
    """Return the ``def`` of a function; its own tail calls become a loop."""
    needed = node.binding in lowerer.results.used
    loops = node.binding in lowerer.looping and not has_lambda(node)
    frame = _frame(node.binding, node.parameters, node.locals)
    frame.tail_loop = loops
    lowerer.frames.append(frame)
    statements = _default_values(lowerer, node.parameters)
    if loops:
        statements.extend(first_object(lowerer, node))
    body = lowerer.apart(node.body, Return(needed, explicit=loops))
    if loops:
        statements.extend(looped(body, node.span))
    else:
        statements.extend(body)
    while statements and _is_bare_return(statements[-1]):
        statements.pop()  # the end of the function says it
    definition = _definition(lowerer, node.binding, node, statements, node.docstring)
    lowerer.frames.pop()
    outer = (*called_by_name(lowerer, node.binding, node.span), *decorators)
    if outer:
        definition = replaced(definition, decorators=(*outer, *definition.decorators))
    return [definition]


def called_by_name(lowerer: Lowerer, binding: Binding, span: Span) -> tuple[Expr, ...]:
    """Return ``@called_by_name("f")`` where atoms that the program makes may call `f`."""
    if not lowerer.facts.calls_by_name or binding.kind not in _NAMED_KINDS:
        return ()
    decorator = lowerer.imported("called_by_name", span)
    return (py.Call(decorator, (literal(binding.name, span),), (), span),)


def decorated(
    lowerer: Lowerer, node: FunctionDef, following: Node
) -> list[Stmt] | None:
    """``(setq f (decorator f))`` right after ``f`` is ``@decorator`` before it."""
    match following:
        case Assign(binding, Call(function, (Variable(argument),))) if (
            binding is argument is node.binding
        ):
            if _mentions((function,), binding) or isinstance(function, Lambda):
                return None
            before, decorator = lowerer.value(function)
            return [*before, *lower_function(lowerer, node, [decorator])]
        case _:
            return None


def _is_bare_return(statement: Stmt) -> bool:
    return isinstance(statement, py.Return) and statement.value is None


def lambda_statement(lowerer: Lowerer, node: Lambda, binding: Binding) -> list[Stmt]:
    """Return ``def name(…)`` for a lambda that is given a name."""
    lowerer.note_assigned(binding)
    own = node.itself
    frame = _frame(own, node.parameters, node.locals)
    lowerer.frames.append(frame)
    statements = _default_values(lowerer, node.parameters)
    statements.extend(lowerer.apart(node.body, Return(needed=True)))
    definition = _definition(lowerer, binding, node, statements, None)
    lowerer.frames.pop()
    if own is None or own is binding:
        return [definition]
    # the body calls itself by `self`
    lowerer.own(own)
    return [definition, *lowerer.assign(own, py.Name(binding, node.span), node.span)]


def lambda_value(lowerer: Lowerer, node: Lambda, role: str = "callback") -> Code:
    """Return a Python lambda, or a named function where statements are needed."""
    if lowerer.expressible(node) and id(node) not in lowerer.refused:
        frame = _frame(None, node.parameters, node.locals)
        lowerer.frames.append(frame)
        before, value = lowerer.value(node.body[0])
        lowerer.frames.pop()
        if not before and not frame.temporaries:
            parameters = _python_parameters(lowerer, node.parameters)
            only_called = _only_called(parameters, value)
            return just(only_called or py.Lambda(parameters, value, node.span))
        lowerer.refused[id(node)] = node
    _, role = lowerer.purposes.get(id(node), (node, role))
    binding = node.itself or Binding(role, BindingKind.TEMPORARY, node.span)
    lowerer.own(binding)
    return Code(lambda_statement(lowerer, node, binding), py.Name(binding, node.span))


def _only_called(parameters: Sequence[py.Parameter], value: Expr) -> Expr | None:
    """``lambda x: strings.trim(x)`` → ``strings.trim``, of what the module imports."""
    match value:
        case py.Call(
            py.Name(str()) | py.Attribute(py.Name(str())) as function, given, ()
        ):
            names = [argument.id for argument in given if isinstance(argument, py.Name)]
            plain = not any([p.default or p.kind for p in parameters])
            same = plain and len(names) == len(given)
            return (
                function if same and names == [p.name.id for p in parameters] else None
            )
        case _:
            return None


def _frame(
    owner: Binding | None, parameters: Sequence[Parameter], own: Sequence[Binding]
) -> Frame:
    names = tuple([parameter.binding for parameter in parameters])
    return Frame(owner, {*names, *own}, names)


def _definition(
    lowerer: Lowerer,
    binding: Binding,
    node: FunctionDef | Lambda,
    statements: list[Stmt],
    docstring: str | None,
) -> py.FunctionDef:
    frame = lowerer.frame
    body = with_declarations(lowerer, statements, node.span)
    decorators: tuple[Expr, ...] = ()
    if isinstance(node, FunctionDef) and node.threaded:
        threads = lowerer.imported("threads", node.span)
        decorators = (py.Attribute(threads, "in_thread", node.span),)
    elif binding in lowerer.mutual:
        decorators = (lowerer.imported("tail_recursive", node.span),)
    if not body and docstring is None:
        body = [py.Pass(node.span)]
    return py.FunctionDef(
        py.Name(binding, node.span),
        _python_parameters(lowerer, node.parameters),
        tuple(body),
        decorators,
        docstring,
        (*frame.parameters, *node.locals, *frame.temporaries),
        node.span,
    )


def with_declarations(
    lowerer: Lowerer, statements: Sequence[Stmt], span: Span
) -> list[Stmt]:
    """Return the statements of a function, finished, with what must stand before."""
    body = [
        *_declarations(lowerer, span),
        *_first_values(lowerer, span),
        *statements,
    ]
    _pass_outer_on(lowerer)
    return body


def _pass_outer_on(lowerer: Lowerer) -> None:
    """What the current function sets outside must reach its owner's functions, too."""
    around = lowerer.frames[-2]
    for binding in lowerer.frame.outer:
        if binding in around.own:
            around.lent[binding] = None
        elif not around.is_module:
            around.outer[binding] = None


def _first_values(lowerer: Lowerer, span: Span) -> list[Stmt]:
    """Return values for variables that only inner functions set: the global of the name,
    which is what the function reads until then, or nil."""
    frame = lowerer.frame
    result: list[Stmt] = []
    for binding in frame.lent:
        if binding in frame.assigned or binding in frame.parameters:
            continue
        outer = lowerer.globals.get(binding.name)
        value = literal(None, span) if outer is None else lowerer.variable(outer, span)
        result.append(py.Assign((lowerer.variable(binding, span),), value, span))
    return result


def _declarations(lowerer: Lowerer, span: Span) -> list[Stmt]:
    """Return ``global`` and ``nonlocal`` for what the function sets but does not own."""
    result: list[Stmt] = []
    module = lowerer.frames[0].own
    for kind in ("global", "nonlocal"):
        names = [
            py.Name(lowerer.renamed.get(binding, binding), span)
            for binding in lowerer.frame.outer
            if (binding in module) == (kind == "global")
        ]
        if names:
            result.append(py.ScopeDeclaration(kind, tuple(names), span))
    return result


def _python_parameters(
    lowerer: Lowerer, parameters: Sequence[Parameter]
) -> tuple[py.Parameter, ...]:
    result = []
    for parameter in parameters:
        name = py.Name(parameter.binding, parameter.span)
        default = python_default(lowerer, parameter)
        kind = "*" if parameter.rest else ""
        result.append(py.Parameter(name, default, kind, parameter.span))
    return tuple(result)


def python_default(lowerer: Lowerer, parameter: Parameter) -> Expr | None:
    """Constants are real defaults; anything else is computed at the call."""
    match parameter.default:
        case None:
            return literal(None, parameter.span) if parameter.optional else None
        case Literal(value, span):
            return literal(value, span)
        case _:
            return lowerer.imported("UNSET", parameter.span)


def _default_values(lowerer: Lowerer, parameters: Sequence[Parameter]) -> list[Stmt]:
    """Return the statements that fill in computed defaults and wrap the rest."""
    result: list[Stmt] = []
    for parameter in parameters:
        binding, span = parameter.binding, parameter.span
        name = py.Name(binding, span)
        if parameter.rest:
            result.extend(
                lowerer.assign(binding, lowerer.runtime("List", [name], span), span)
            )
        elif parameter.default is not None and not isinstance(
            parameter.default, Literal
        ):
            result.extend(computed_default(lowerer, parameter))
    return result


def computed_default(lowerer: Lowerer, parameter: Parameter) -> list[Stmt]:
    """``if step is UNSET: step = 2 * size``."""
    assert parameter.default is not None
    span = parameter.span
    unset = lowerer.imported("UNSET", span)
    test = py.Compare(py.Name(parameter.binding, span), ("is",), (unset,), span)
    fill = lowerer.lower(parameter.default, AssignTo(parameter.binding))
    return [py.If(test, tuple(fill), (), span)]


def outlined(lowerer: Lowerer, nodes: Body, destination: Destination) -> list[Stmt]:
    """Return the call of a function that a deep block becomes.

    The function stands before the statement that the block was nested in; it shares the
    variables of the function that it was cut from.
    """
    span = nodes[-1].span
    if _leaves(nodes):
        raise TooDeepError(span)
    base = lowerer.frame.base or lowerer.frame
    name = Binding("inner_step", BindingKind.TEMPORARY, span)
    base.temporaries.append(name)
    base.own.add(name)
    frame = Frame(None, set(), base=base)
    lowerer.frames.append(frame)
    body = lowerer.apart(nodes, destination)
    declarations = _declarations(lowerer, span)
    lowerer.frames.pop()
    for binding in frame.outer:
        if binding in base.own:
            base.lent[binding] = None
        elif not base.is_module:
            base.outer[binding] = None
    statements = (*declarations, *body) or (py.Pass(span),)
    function = py.Name(name, span)
    base.cut.append(py.FunctionDef(function, (), statements, (), None, (), span))
    call = py.Call(function, (), (), span)
    if isinstance(destination, Return):
        return [py.Return(call, span)]
    return [py.ExprStmt(call, span)]


def _leaves(nodes: Body) -> bool:
    """Tell whether a block has a ``break`` or ``return`` that leaves it."""
    stack: list[Node] = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, Break | ReturnNode):
            return True
        if not isinstance(node, Lambda | FunctionDef):
            stack.extend(children(node))
    return False


# --- tail calls ---------------------------------------------------------------------------------


def lower_tail_call(
    lowerer: Lowerer, node: TailCall, destination: Return
) -> list[Stmt] | None:
    """Return the code of a tail call that must not grow the stack; None: a plain call."""
    if is_own_tail_call(lowerer, node) and not lowerer.frame.loops:
        return _next_round(lowerer, node)
    bounced = bounced_call(lowerer, node)
    if bounced is not None:
        return [*bounced.before, py.Return(bounced.value, node.span)]
    if node.tail and not destination.needed and _yields_nothing(lowerer, node):
        before, call = lowerer.value(node)
        result: list[Stmt] = [*before, py.ExprStmt(call, node.span)]
        return [*result, py.Return(None, node.span)] if destination.explicit else result
    return None


def first_object(lowerer: Lowerer, node: FunctionDef | PatternFunction) -> list[Stmt]:
    """``current = self`` before the loop of a method that goes from object to object."""
    if not walks_objects(lowerer.facts, node):
        return []
    span = node.span
    current = Binding("current", BindingKind.TEMPORARY, span)
    lowerer.own(current)
    first = py.Assign((py.Name(current, span),), py.Name("self", span), span)
    lowerer.frame.this = current
    return [first]


def is_own_tail_call(lowerer: Lowerer, node: Node) -> bool:
    """Tell whether a node is a last call of the current function, which is a loop."""
    owner = lowerer.frame.owner
    if owner is None or not lowerer.frame.tail_loop:
        return False
    tail = isinstance(node, TailCall) and node.tail
    return tail and calls_itself(lowerer.facts, node, owner)


def _yields_nothing(lowerer: Lowerer, node: TailCall) -> bool:
    """Tell whether a call runs a function of which nobody uses the value."""
    match node:
        case Call(Variable(callee)):
            return not lowerer.results.returned(callee)
        case _:
            return False


def bounced_call(lowerer: Lowerer, node: TailCall) -> Code | None:
    """``is_odd.tail(n - 1)`` for a last call between functions that call each other last,
    ``tail_call(self.is_odd, n - 1)`` of a method, which a class may define anew; None: a
    plain call."""
    if not node.tail or lowerer.frame.owner not in lowerer.mutual:
        return None
    if lowerer.mutual.isdisjoint(callees(lowerer.facts, node)):
        return None
    before, call = lowerer.value(node)
    assert isinstance(call, py.Call)
    match node:
        case Call(Variable(Binding(kind=BindingKind.FUNCTION))):
            function: Expr = py.Attribute(call.function, "tail", node.span)
            arguments = call.arguments
        case _:
            function = lowerer.imported("tail_call", node.span)
            arguments = (call.function, *call.arguments)
    return Code(before, py.Call(function, arguments, call.keywords, node.span))


def _next_round(lowerer: Lowerer, node: TailCall) -> list[Stmt] | None:
    """``(f (- n 1) (* acc n))`` in f → ``n, acc = n - 1, acc * n`` and ``continue``, or
    ``(next (last))`` in the method `last` → ``current = current.next``."""
    assert lowerer.frame.owner is not None
    function = lowerer.facts.functions[lowerer.frame.owner]
    if any([isinstance(argument, Named) for argument in node.arguments]):
        return None
    if any([parameter.rest for parameter in function.parameters]):
        return None
    left_out = len(function.parameters) - len(node.arguments)
    if left_out < 0 or left_out and isinstance(function, FunctionDef):
        return None
    other = next_object(lowerer.facts, node, lowerer.frame.owner)
    names = [py.Name(p.binding, node.span) for p in function.parameters]
    nodes = [argument_value(argument) for argument in node.arguments]
    if other is not None:
        names.insert(0, lowerer.this(node.span))
        nodes.insert(0, other)
    before, values = lowerer.operands(nodes)
    values.extend([lowerer.imported("UNSET", node.span)] * left_out)
    pairs = [
        (name, value)
        for name, value in zip(names, values, strict=True)
        if not (isinstance(value, py.Name) and value.id == name.id)
    ]
    targets = [name for name, _ in pairs]
    statements = list(before)
    if len(pairs) == 1:
        statements.append(py.Assign((targets[0],), pairs[0][1], node.span))
    elif pairs:
        target = py.TupleDisplay(tuple(targets), node.span)
        source = py.TupleDisplay(tuple([value for _, value in pairs]), node.span)
        statements.append(py.Assign((target,), source, node.span))
    return [*statements, py.Continue(node.span)]


# --- calls ------------------------------------------------------------------------------------------


def call_value(lowerer: Lowerer, node: Call) -> Code:
    """Return ``f(a, b)``; the function is evaluated first, as it stands."""
    arguments = [argument_value(argument) for argument in node.arguments]
    function = node.function
    if isinstance(function, Variable) and is_callable_name(function.binding):
        before, values = lowerer.operands(arguments)
        callee = lowerer.variable(function.binding, function.span)
    elif isinstance(function, Attribute):
        receiver, names = _receiver(function)
        before, values = _foreign_operands(lowerer, node, [receiver, *arguments])
        callee, *values = values
        for attribute, span in names:
            callee = py.Attribute(callee, spell_attribute(attribute), span)
    else:
        before, values = _foreign_operands(lowerer, node, [function, *arguments])
        callee, *values = values
    positional, keywords = _split(lowerer, node, values)
    return Code(before, py.Call(callee, tuple(positional), tuple(keywords), node.span))


def arguments_code(
    lowerer: Lowerer, node: Send | SuperCall
) -> tuple[list[Stmt], list[Expr], list[py.Keyword]]:
    """Return statements to run first, positional arguments, and named ones."""
    arguments = [argument_value(argument) for argument in node.arguments]
    before, values = lowerer.operands(arguments)
    return (before, *_split(lowerer, node, values))


def _split(
    lowerer: Lowerer, node: Call | Send | SuperCall, values: Sequence[Expr]
) -> tuple[list[Expr], list[py.Keyword]]:
    positional: list[Expr] = []
    keywords: list[py.Keyword] = []
    for argument, value in zip(node.arguments, values, strict=True):
        if isinstance(argument, Named):
            name = _keyword_name(lowerer, node, argument.name)
            keywords.append(py.Keyword(name, value, argument.span))
        else:
            positional.append(value)
    return positional, keywords


def _foreign_operands(
    lowerer: Lowerer, node: Call, operands: Sequence[Node]
) -> tuple[list[Stmt], list[Expr]]:
    """Return the function and its arguments; ``torch.tensor([1, 2])`` needs no List."""
    if not only_copies(node, lowerer.copying):
        return lowerer.operands(operands)
    before, values = lowerer.operands(operands, plain=[True] * len(operands))
    return before, [plain_nested(value) for value in values]


def _receiver(node: Attribute) -> tuple[Node, list[tuple[str, Span]]]:
    """Return the object from which ``a.b.c`` starts, and the names that follow."""
    names: list[tuple[str, Span]] = []
    current: Node = node
    while isinstance(current, Attribute):
        names.insert(0, (current.name, current.span))
        current = current.value
    return current, names


def inlined(lowerer: Lowerer, node: Call) -> Let | None:
    """``((lambda (x) …) a)`` is ``(let ((x a)) …)``; None where it needs a function."""
    function = node.function
    if not isinstance(function, Lambda) or function.itself is not None:
        return None
    if len(function.parameters) != len(node.arguments) or function.locals:
        return None
    if any([p.rest or p.default is not None for p in function.parameters]):
        return None
    if any([isinstance(argument, Named) for argument in node.arguments]):
        return None
    if _leaves(function.body):
        return None
    if lowerer.frame.loops and makes_function(function.body):
        return None  # each round has its own
    bindings = [
        (parameter.binding, argument_value(argument))
        for parameter, argument in zip(function.parameters, node.arguments, strict=True)
    ]
    return Let(tuple(bindings), function.body, node.span)


def _keyword_name(
    lowerer: Lowerer, node: Call | Send | SuperCall, name: str
) -> Binding | str:
    """Return the parameter that a named argument means: its Python name may differ."""
    for callee in lowerer.facts.classes.callees(node):
        for parameter in lowerer.facts.parameters_of(callee):
            if parameter.binding.name == name:
                foreign = lowerer.foreign_names.get(parameter.binding)
                return foreign or parameter.binding
    return name.replace("-", "_")


# --- errors and time -----------------------------------------------------------------------------------


def lower_maybe(lowerer: Lowerer, node: Maybe, destination: Destination) -> list[Stmt]:
    """``try`` with a handler; the error's text goes to the handler's parameter."""
    body, target, finish = _protected(lowerer, node.body, node, destination)
    handler_destination = AssignTo(target) if target is not None else destination
    error: py.Name | None = None
    handler: list[Stmt] = []
    if isinstance(node.handler, Lambda) and len(node.handler.parameters) == 1:
        parameter = node.handler.parameters[0].binding
        for binding in (parameter, *node.handler.locals):
            lowerer.own(binding)
        error = _caught(lowerer, node.handler.span)
        text = lowerer.runtime("message", [error], node.handler.span)
        if _is_variable(node.handler.body, parameter):
            shown = lowerer.place(text, node.handler, handler_destination)
            return _try(lowerer, body, error, shown, node) + finish
        if _mentions(node.handler.body, parameter):
            handler.extend(lowerer.assign(parameter, text, node.handler.span))
        else:
            error = None
        handler.extend(lowerer.body(node.handler.body, handler_destination))
    else:
        handler.extend(lowerer.lower(node.handler, handler_destination))
    return _try(lowerer, body, error, handler, node) + finish


def lower_catch(lowerer: Lowerer, node: Catch, destination: Destination) -> list[Stmt]:
    """``try`` that leaves a Maybe with the message of an error."""
    body, target, finish = _protected(lowerer, node.body, node, destination)
    handler_destination = AssignTo(target) if target is not None else destination
    if isinstance(handler_destination, Effect):
        return _try(lowerer, body, None, [py.Pass(node.span)], node)
    error = _caught(lowerer, node.span)
    text = lowerer.runtime("message", [error], node.span)
    maybe = lowerer.runtime("Maybe", [text], node.span)
    handler = lowerer.place(maybe, node, handler_destination)
    return _try(lowerer, body, error, handler, node) + finish


def lower_with(lowerer: Lowerer, node: With, destination: Destination) -> list[Stmt]:
    """``with open(path) as f:``; a context that needs statements starts another."""
    first, *others = node.contexts
    before, value = lowerer.value(first[1])
    items = [(value, _context_name(lowerer, first[0], node.span))]
    while others:
        code = lowerer.value(others[0][1])
        if code.before:
            rest = With(tuple(others), node.body, node.span)
            body = _guarded(lowerer, (rest,), destination)
            return [*before, with_statement(items, body, node.span)]
        name, _ = others.pop(0)
        items.append((code.value, _context_name(lowerer, name, node.span)))
    body = _guarded(lowerer, node.body, destination)
    return [*before, with_statement(items, body, node.span)]


def _context_name(lowerer: Lowerer, name: Binding | None, span: Span) -> Expr | None:
    if name is None:
        return None
    lowerer.note_assigned(name)
    return lowerer.variable(name, span)


def lower_throw(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt]:
    """``(throw "no such file")`` → ``raise LispError("no such file")``; what may be an
    exception of Python is raised as it is."""
    argument = argument_value(node.arguments[0])
    before, shown = lowerer.value(argument)
    if lowerer.fact(argument).may_be(OBJECT):
        raised = lowerer.runtime("as_error", [shown], argument.span)
        return [*before, py.Raise(raised, None, node.span)]
    if not lowerer.fact(argument).only(TEXT):
        shown = lowerer.runtime("text", [shown], argument.span)
    error = lowerer.runtime("LispError", [shown], node.span)
    return [*before, py.Raise(error, None, node.span)]


def _caught(lowerer: Lowerer, span: Span) -> py.Name:
    """Return the name of the caught error: one serves a whole function, since a handler
    reads it first of all."""
    frame = lowerer.frame.base or lowerer.frame
    if frame.error is None:
        frame.error = Binding("error", BindingKind.TEMPORARY, span)
        lowerer.own(frame.error)
    lowerer.note_assigned(frame.error)
    return py.Name(frame.error, span)


def _protected(
    lowerer: Lowerer, body: Body, node: Node, destination: Destination
) -> tuple[list[Stmt], Binding | None, list[Stmt]]:
    """Lower a body that may fail: an assignment must not happen halfway.

    Returns its statements, the variable that holds the value (None: the destination is
    reached directly) and the statements that bring it there.
    """
    target: Binding | None = None
    finish: list[Stmt] = []
    if isinstance(destination, AssignTo) and len(body) > 1:
        # the body may read the target before it fails
        target = lowerer.temporary("result", node.span)
        finish = lowerer.place(py.Name(target, node.span), node, destination)
        destination = AssignTo(target)
    return _guarded(lowerer, body, destination), target, finish


def _guarded(lowerer: Lowerer, body: Body, destination: Destination) -> list[Stmt]:
    """Lower a body whose errors may be caught in the same function."""
    lowerer.frame.tries += 1
    statements = lowerer.arm(body, destination)
    lowerer.frame.tries -= 1
    return statements


def _try(
    lowerer: Lowerer,
    body: list[Stmt],
    error: py.Name | None,
    handler: list[Stmt],
    node: Node,
) -> list[Stmt]:
    span = node.span
    if not body:
        return []
    caught = py.Handler(
        lowerer.imported("Failure", span),
        error,
        tuple(handler) if handler else (py.Pass(span),),
        span,
    )
    return [py.Try(tuple(body), (caught,), (), (), span)]


def _is_variable(body: Body, binding: Binding) -> bool:
    return (
        len(body) == 1 and isinstance(body[0], Variable) and body[0].binding is binding
    )


def _mentions(body: Body, binding: Binding) -> bool:
    return any(
        isinstance(node, Variable) and node.binding is binding
        for node in with_descendants(body)
    )


def lower_elapse(
    lowerer: Lowerer, node: Elapse, destination: Destination
) -> list[Stmt]:
    """``start = perf_counter()``, the body, and the milliseconds since."""
    span = node.span
    if isinstance(destination, Effect):
        return lowerer.body(node.body, EFFECT)
    start = lowerer.temporary("start", span)
    clock = lowerer.runtime("perf_counter", [], span)
    statements = lowerer.assign(start, clock, span)
    statements += lowerer.body(node.body, EFFECT)
    passed = py.Binary(clock, "-", py.Name(start, span), span)
    milliseconds = py.Binary(passed, "*", literal(1000, span), span)
    return statements + lowerer.place(milliseconds, node, destination)
