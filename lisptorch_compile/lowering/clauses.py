"""Rules with their bodies → statements: chains of `if`, or one `match`.

Falling out of the statements of a rule means that it did not apply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.steps import Check, Match, Run, Step, Test
from lisptorch_compile.lowering.wraps import bindings_in, without_needless_wraps
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding

#: So many constants of one argument make a `match`; fewer are tested by `if`.
_MANY_CONSTANTS = 3


@record
class Clause:
    """What a rule asks of the arguments, and what it does then."""

    checks: tuple[Check, ...]
    steps: tuple[Step, ...]
    body: tuple[Stmt, ...]
    span: Span

    def always_applies(self) -> bool:
        return not self.checks and not any(
            [isinstance(step, Test | Match) for step in self.steps]
        )

    def only_tests(self) -> bool:
        """Tell whether there is something to ask, and expressions say it all."""
        asked = bool(self.checks) or any([isinstance(s, Test) for s in self.steps])
        matches = any([isinstance(step, Match) for step in self.steps])
        return asked and not matches and all([c.test is not None for c in self.checks])

    def is_test_of_type(self) -> bool:
        """Tell whether an expression says at once what a pattern says with a guard."""
        return self.only_tests() and any([check.besides for check in self.checks])

    def refuted(self) -> list[Expr]:
        """Return what is true behind a clause that has one test, that of an empty value:
        behind ``if not items: return …`` there are items."""
        match self.checks, self.steps:
            case (Check(test=py.Unary("not", operand)),), ():
                return [operand]
            case _:
                return []


def chained(clauses: Sequence[Clause], subjects: Sequence[Binding]) -> list[Stmt]:
    """Return statements of which the first clause that applies runs its body, which
    leaves the function."""
    place = _deciding_place(clauses)
    statements: list[Stmt] = []
    cases: list[py.Case] = []

    def finish_match() -> None:
        if len(cases) == 1 and cases[0].pattern == _anything(cases[0].span):
            [case] = cases
            assert case.guard is not None
            statements.append(py.If(case.guard, case.body, (), case.span))
            cases.clear()
        elif cases and place is not None:
            subject = py.Name(subjects[place], cases[0].span)
            spans = [case.span for case in cases]  # typed rules come first
            span = Span(min([s.start for s in spans]), max([s.end for s in spans]))
            statements.append(py.Match(subject, tuple(cases), span))
            cases.clear()

    proved: list[Expr] = []
    for clause in clauses:
        decides = place is not None and _asks(clause, place)
        if not cases and clause.is_test_of_type():
            decides = False  # `if type(n) is int` says all in one test
        if not decides and not (cases and clause.only_tests()):
            finish_match()
            statements.extend(alone(clause, subjects, proved))
            proved.extend(clause.refuted())
        else:
            assert place is not None
            case, settled = _case(clause, place, subjects)
            cases.append(case)
            if not settled:
                finish_match()
    finish_match()
    return statements


def alone(
    clause: Clause, subjects: Sequence[Binding], proved: Sequence[Expr] = ()
) -> list[Stmt]:
    """Return the statements of one clause by itself; tests that are ``proved`` are left
    out."""
    steps = [*_checked(clause.checks, subjects), *clause.steps]
    known = {_variable_of(test) for test in proved} - {None}
    steps = [
        step
        for step in steps
        if not (isinstance(step, Test) and _variable_of(step.test) in known)
    ]
    return _nested(_ordered(steps), clause.body, clause.span)


# --- match ----------------------------------------------------------------------------------


def _deciding_place(clauses: Sequence[Clause]) -> int | None:
    """Return the argument that a `match` takes apart, None where tests are as good."""
    structures: dict[int, int] = {}
    constants: dict[int, int] = {}
    for clause in clauses:
        for check in clause.checks:
            if _is_structure(check):
                structures[check.place] = structures.get(check.place, 0) + 1
            elif isinstance(check.pattern, py.MatchValue | py.MatchClass):
                constants[check.place] = constants.get(check.place, 0) + 1
    if all([_is_testable(clause) for clause in clauses]) and len(structures) > 1:
        return None
    if structures:
        return max(structures, key=structures.__getitem__)
    asking = [clause for clause in clauses if not clause.always_applies()]
    for place, count in constants.items():
        if count >= _MANY_CONSTANTS and all([_asks(c, place) for c in asking]):
            return place
    return None


def _asks(clause: Clause, place: int) -> bool:
    return any([check.place == place for check in clause.checks])


def _is_testable(clause: Clause) -> bool:
    return all([check.test is not None for check in clause.checks])


def _variable_of(test: Expr) -> Binding | None:
    """Return the variable that a test asks to be true."""
    if isinstance(test, py.Name) and isinstance(test.id, Binding):
        return test.id
    return None


def _is_structure(check: Check) -> bool:
    if check.test is None:
        return True
    return isinstance(check.pattern, py.MatchSequence) and bool(check.pattern.items)


def _case(
    clause: Clause, place: int, subjects: Sequence[Binding]
) -> tuple[py.Case, bool]:
    """Return a clause as a case, and whether nothing in it can fail any more."""
    pattern: py.Pattern = _anything(clause.span)
    steps: list[Step] = []
    others: list[Check] = []
    for check in clause.checks:
        if check.place != place:
            others.append(check)
        elif check.pattern is None:
            assert check.test is not None
            steps.append(Test(check.test))
        else:
            pattern = check.pattern
            steps.extend([Test(each) for each in check.besides])
    steps = _ordered([*steps, *_checked(others, subjects), *clause.steps])
    guard, rest = _leading_tests(steps)
    body = _nested(rest, clause.body, clause.span)
    settled = not any([isinstance(step, Test | Match) for step in rest])
    case = py.Case(pattern, guard, _suite(body, clause.span), clause.span)
    return case, settled


# --- steps -----------------------------------------------------------------------------------


def _anything(span: Span) -> py.Pattern:
    return py.MatchCapture(None, None, span)


def _checked(checks: Sequence[Check], subjects: Sequence[Binding]) -> Iterator[Step]:
    """Yield what checks ask outside of a `match` on their argument: all tests first."""
    for check in checks:
        if check.test is not None:
            yield Test(check.test)
    for check in checks:
        if check.test is None:
            assert check.pattern is not None
            yield Match(
                py.Name(subjects[check.place], check.pattern.span), check.pattern
            )
            yield from [Test(each) for each in check.besides]
        elif check.unpacking:
            yield Run(check.unpacking)


def _ordered(steps: Sequence[Step]) -> list[Step]:
    """Return steps with assignments behind the tests that do not look at them."""
    result: list[Step] = []
    waiting: list[Run] = []
    for step in steps:
        match step:
            case Run((py.Assign(),)):
                waiting.append(step)
            case Test(test) if not _reads(test, waiting):
                result.append(step)
            case _:
                result.extend([*waiting, step])
                waiting.clear()
    return [*result, *waiting]


def _reads(test: Expr, runs: Sequence[Run]) -> bool:
    if not runs:
        return False
    read = set(bindings_in(test))
    return any([not read.isdisjoint(bindings_in(run.statements)) for run in runs])


def _leading_tests(steps: Sequence[Step]) -> tuple[Expr | None, list[Step]]:
    """Return the tests at the beginning as one, and the other steps."""
    tests: list[Expr] = []
    rest = list(steps)
    while rest and isinstance(rest[0], Test):
        tests.append(rest.pop(0).test)  # type: ignore[union-attr]  # a Test
    if not tests:
        return None, rest
    if len(tests) == 1:
        return tests[0], rest
    return py.Logical("and", tuple(tests), tests[0].span), rest


def _nested(steps: Sequence[Step], body: Sequence[Stmt], span: Span) -> list[Stmt]:
    """Return statements that go through ``steps`` and then run ``body``."""
    if all([isinstance(step, Run) for step in steps]):
        runs = [
            statement for s in steps if isinstance(s, Run) for statement in s.statements
        ]
        return without_needless_wraps(runs, body)
    guard, rest = _leading_tests(steps)
    if guard is not None:
        return [py.If(guard, _suite(_nested(rest, body, span), span), (), span)]
    first, *others = rest
    match first:
        case Run(statements):
            return [*statements, *_nested(others, body, span)]
        case Match(subject, pattern):
            guard, others = _leading_tests(others)
            inner = _suite(_nested(others, body, span), span)
            case = py.Case(pattern, guard, inner, span)
            return [py.Match(subject, (case,), span)]
        case Test():
            raise AssertionError


def _suite(statements: Sequence[Stmt], span: Span) -> tuple[Stmt, ...]:
    return tuple(statements) if statements else (py.Pass(span),)
