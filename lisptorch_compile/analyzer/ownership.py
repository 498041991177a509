"""Which region owns a name.

LispE keeps one frame a function, which its lambdas share, so a name that a lambda sets
belongs to the region around it that mentions it, else to the lambda.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lisptorch_compile.analyzer.regions import (
    Passed,
    Region,
    RegionKind,
    Survey,
    called_positions,
)
from lisptorch_compile.forms import Symbol
from lisptorch_compile.scope import Binding, BindingKind


def own_lambda_names(lambdas: Sequence[Region], result: Survey) -> None:
    """Give each name that a lambda sets to the region around it that mentions it."""
    for region in reversed(lambdas):
        _pass_reads_on(region)
    for region in lambdas:
        _settle_updates(region, result)
        for name, span in list(region.sets.items()):
            if name in region.parameters:
                continue
            owner = _owner(region, name)
            if owner is region:
                continue
            del region.sets[name]
            region.mentions.add(name)
            if owner is None:
                continue
            if name in owner.sets or name in owner.parameters:
                result.set_again.add(name)
            if name not in owner.parameters:
                owner.sets.setdefault(name, span)
            owner.set_by_lambdas.add(name)
            owner.note_value(name, region.constructed.get(name))


def _pass_reads_on(region: Region) -> None:
    """What a lambda only reads, the region around it mentions."""
    assert region.parent is not None
    for name in region.mentions:
        if name not in region.parameters and name not in region.sets:
            owner = region.parent.owner_of(name)
            if owner is not None:
                owner.mentions.add(name)
    for name in region.called - region.parameters.keys():
        owner = region.parent.owner_of(name)
        if owner is not None:
            owner.called.add(name)


def pass_functions_on(passes: Sequence[Passed], result: Survey) -> None:
    """A name that goes to a parameter which is called is called, too."""
    changed = True
    while changed:
        changed = False
        for each in passes:
            callee = result.functions.get(each.callee)
            if callee is None or each.index >= len(callee.parameters):
                continue
            owner = each.region.owner_of(each.name)
            called = called_positions(callee, result)
            if owner is None or each.index not in called or each.name in owner.called:
                continue
            owner.called.add(each.name)
            changed = True


def _owner(region: Region, name: str) -> Region | None:
    """Return the outermost region that mentions ``name`` up to the function; a
    parameter's region is the last that counts, None when that is a ``let``."""
    owner = region
    for around in _around(region):
        if name in around.parameters:
            return around if around.kind is not RegionKind.LET else None
        if name in around.mentions or name in around.sets:
            owner = around
    return owner


def _around(region: Region) -> Iterator[Region]:
    while region.kind in (RegionKind.LAMBDA, RegionKind.LET):
        assert region.parent is not None
        region = region.parent
        yield region


def _settle_updates(region: Region, result: Survey) -> None:
    """``setq=`` sets a name of the region itself only when the file has none."""
    for name, span in region.updates.items():
        known = (
            name in region.parameters
            or name in result.globals
            or any([name in around.fields for around in (region, *_around(region))])
        )
        if not known:
            region.sets.setdefault(name, span)


def conclude(region: Region, result: Survey) -> None:
    if region.kind is RegionKind.FUNCTION:
        _settle_updates(region, result)
    for name, span in region.sets.items():
        if name in region.parameters:
            continue
        if region.kind is RegionKind.FILE:
            result.global_variable(Symbol(name, span))
        else:
            region.locals[name] = Binding(name, BindingKind.LOCAL, span)
    outside = region.called - region.parameters.keys() - region.locals.keys()
    variables = (outside & result.globals.keys()) - result.functions.keys()
    if variables or len(outside) < len(region.called):
        result.calls_values = True
    result.called |= outside
