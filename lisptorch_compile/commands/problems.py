"""Problems of sources, printed in the form that the user asks for."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from lisptorch_compile.annotations import as_annotation, as_sarif
from lisptorch_compile.diagnostics import Diagnostic, Severity, Source
from lisptorch_compile.rendering import as_json, pieces, summary, write
from lisptorch_compile.tools.documentation import page_of_code

FORMATS = ("text", "json", "sarif", "github")

style_option = click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default="text",
    help="text for people; json: one object a line; sarif: for code scanning; github: "
    "annotations of a workflow.",
)

json_option = click.option(
    "--json", "as_lines", is_flag=True, help="The same as --format json."
)


def show(problems: Sequence[tuple[Source, Diagnostic]], style: str) -> None:
    """Show problems: to people on the standard error stream, to programs on the output."""
    match style:
        case "json":
            for source, diagnostic in problems:
                click.echo(json.dumps(as_json(diagnostic, source), ensure_ascii=False))
        case "sarif":
            log = as_sarif(problems, page_of_code)
            click.echo(json.dumps(log, ensure_ascii=False, indent=2))
        case "github":
            for source, diagnostic in problems:
                click.echo(as_annotation(diagnostic, source))
        case _:
            _show_people(problems)


def _show_people(problems: Sequence[tuple[Source, Diagnostic]]) -> None:
    for source, diagnostic in problems:
        write(sys.stderr, pieces(diagnostic, source))
    if any(d.severity is Severity.ERROR for _, d in problems):
        files = len({source.filename for source, _ in problems})
        print(summary([d for _, d in problems], files), file=sys.stderr)
