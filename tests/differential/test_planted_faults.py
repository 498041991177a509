"""The comparison sees faults: each is planted in the compiler and must be found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from differential.comparison import Difference, differences
from differential.decided_differences import is_decided
from lisptorch_compile.lowering import logical, loops
from lisptorch_compile.lowering.base import AssignTo, Destination, Lowerer
from lisptorch_compile.nodes import For, Logical, Node
from lisptorch_compile.pytree import Expr, Name, Stmt
from lisptorch_compile.scope import Binding

#: Without a fault they all agree: ``test_small_programs_keep_their_meaning`` runs them too.
SEEDS = range(1_000)


def first_difference() -> Difference | None:
    return next(differences(SEEDS, largest=16, skip=is_decided), None)


def assert_runs_and_does_something_else(found: Difference | None) -> None:
    assert found is not None, "the fault is not seen"
    assert isinstance(found.actual, list), f"the program ends in an error:\n{found}"


def test_statements_before_earlier_operands_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def operands(
        self: Lowerer, nodes: Sequence[Node], *, plain: Sequence[bool] | None = None
    ) -> tuple[list[Stmt], list[Expr]]:
        flags = plain if plain is not None else [False] * len(nodes)
        codes = [
            self.value(node, plain=flag)
            for node, flag in zip(nodes, flags, strict=True)
        ]
        return [stmt for code in codes for stmt in code.before], [
            code.value for code in codes
        ]

    monkeypatch.setattr(Lowerer, "operands", operands)
    assert_runs_and_does_something_else(first_difference())


def test_partial_results_in_the_target_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = logical.statements

    def into_the_target(
        low: Lowerer, node: Logical, destination: Destination
    ) -> list[Stmt]:
        if not isinstance(destination, AssignTo):
            return original(low, node, destination)
        return logical._chain(low, node, list(node.operands), destination.binding)

    monkeypatch.setattr(logical, "statements", into_the_target)
    assert_runs_and_does_something_else(first_difference())


def test_loop_variables_that_get_their_old_value_back_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = loops._for

    def restoring(lowerer: Lowerer, node: For, target: Binding | None) -> list[Stmt]:
        (variable,) = node.bindings
        old = lowerer.temporary("old", node.span)
        before = lowerer.assign(old, Name(variable, node.span), node.span)
        after = lowerer.assign(variable, Name(old, node.span), node.span)
        return [*before, *original(lowerer, node, target), *after]

    monkeypatch.setattr(loops, "_for", restoring)
    assert_runs_and_does_something_else(first_difference())
