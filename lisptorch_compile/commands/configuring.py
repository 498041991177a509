"""The command ``config``: the settings of a project, and where they come from."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lisptorch_compile.commands.paths import PATH
from lisptorch_compile.commands.status import CLEAN
from lisptorch_compile.tools.projects.settings import Project, read_project


@click.group("config")
def config_command() -> None:
    """Show the settings of a project."""


@config_command.command("show")
@click.argument("project", required=False, type=PATH)
@click.option("--json", "as_data", is_flag=True, help="One JSON object.")
def show_command(project: Path | None, as_data: bool) -> int:
    """Show each setting of a project, and where its value comes from.

    PROJECT is its folder, the nearest one at or above this one when left out.
    """
    found = read_project(project)
    click.echo(_as_json(found) if as_data else _as_table(found), nl=as_data)
    return CLEAN


def _as_json(project: Project) -> str:
    settings = {
        key: {"value": value, "from": _origin(project, key)}
        for key, value in project.values().items()
    }
    return json.dumps({"project": str(project.folder), "settings": settings})


def _as_table(project: Project) -> str:
    """Return a line for each setting, as the file would write it::

    sources = ["src"]   # pyproject.toml
    format = true       # default
    """
    lines = {
        key: (
            "# output: beside each source"
            if value is None
            else f"{key} = {_toml(value)}"
        )
        for key, value in project.values().items()
    }
    width = max(map(len, lines.values()))
    rows = [
        f"{line:<{width}}  # {_origin(project, key)}" for key, line in lines.items()
    ]
    return "".join([f"{row}\n" for row in ("[tool.lisptorch]", *rows)])


def _toml(value: object) -> str:
    """Return a value as TOML; what we have of it is written as JSON is."""
    return json.dumps(value, ensure_ascii=False)


def _origin(project: Project, key: str) -> str:
    return str(project.file) if key in project.given else "default"
