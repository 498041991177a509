"""The command ``build``: compile a project as its ``pyproject.toml`` says."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from lisptorch_compile.commands.paths import PATH
from lisptorch_compile.commands.problems import json_option, show, style_option
from lisptorch_compile.commands.status import CLEAN, SOURCE_ERRORS
from lisptorch_compile.diagnostics import Severity
from lisptorch_compile.tools.projects.building import Build, build
from lisptorch_compile.tools.projects.leftovers import leftovers, remove
from lisptorch_compile.tools.projects.settings import read_project


@click.command("build", short_help="Compile a project as its pyproject.toml says.")
@click.argument("project", required=False, type=PATH)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    metavar="N",
    help="Compile in up to N processes; as many as there are processors by default.",
)
@click.option("--check", is_flag=True, help="Write nothing, say which are stale.")
@click.option("--rebuild", is_flag=True, help="Compile all, whatever stands there.")
@click.option("--prune", is_flag=True, help="Remove outputs whose source is gone.")
@click.option("--warnings-as-errors", is_flag=True, help="A warning fails, too.")
@json_option
@style_option
def build_command(
    project: Path | None,
    jobs: int,
    check: bool,
    rebuild: bool,
    prune: bool,
    warnings_as_errors: bool,
    as_lines: bool,
    style: str,
) -> int:
    """Compile a project as [tool.lisptorch] of its pyproject.toml says.

    PROJECT is its folder, the nearest one at or above this one when left out. Only what
    has changed is compiled. Nothing is written when any source has errors. --check takes
    nothing's word: it compiles all, and compares.
    """
    if check and prune:
        raise click.UsageError("--check writes nothing: it does not go with --prune")
    style = "json" if as_lines else style
    found = read_project(project)
    if warnings_as_errors:
        found = replace(
            found, settings=replace(found.settings, warnings_as_errors=True)
        )
    result = build(found, processes=jobs, anew=check or rebuild)
    show(result.problems, style)
    if result.fails:
        if style == "json":
            _report_as_json(result, {})
        return SOURCE_ERRORS
    gone = leftovers(found.folder, result.layout)
    if check:
        return _checked(result, gone, style)
    return _written(result, gone, style, prune=prune)


def _checked(result: Build, gone: tuple[Path, ...], style: str) -> int:
    stale = result.stale()
    _report(result, style, {"stale": stale, "left over": list(gone)})
    return SOURCE_ERRORS if stale or gone else CLEAN


def _written(result: Build, gone: tuple[Path, ...], style: str, *, prune: bool) -> int:
    written = result.stale()
    result.write()
    if prune:
        remove(gone)
    _report(
        result,
        style,
        {"wrote": written, "removed" if prune else "left over": list(gone)},
        unchanged=len(result.layout.targets) - len(written),
    )
    return CLEAN


def _report(
    result: Build,
    style: str,
    paths: dict[str, list[Path]],
    unchanged: int | None = None,
) -> None:
    """Say what has become of the outputs."""
    if style == "json":
        shown = {word: [str(path) for path in found] for word, found in paths.items()}
        count = {} if unchanged is None else {"unchanged": unchanged}
        _report_as_json(result, {**shown, **count})
        return
    notes = style == "sarif"  # whose reader wants nothing else on the output
    for word, found in paths.items():
        for path in found:
            click.echo(f"{word}: {path}", err=notes)
    if unchanged is not None:
        click.echo(f"{unchanged} unchanged", err=notes)


def _report_as_json(result: Build, outputs: Mapping[str, object]) -> None:
    """Print the last line: how many problems there are, and what became of the outputs."""
    severities = [problem.severity for _, problem in result.problems]
    counts = {f"{each.value}s": severities.count(each) for each in Severity}
    click.echo(json.dumps({"summary": {**counts, **outputs}}, ensure_ascii=False))
