"""What the build hooks put into wheels: the Python that sources become, in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from lisptorch_compile.rendering import as_text
from lisptorch_compile.tools.outputs import write_atomically
from lisptorch_compile.tools.projects.building import Build, build
from lisptorch_compile.tools.projects.settings import Project, ProjectError

_ONE_PROCESS = 1  # build frontends run us, and pip may run several of them


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A file for a wheel: where it would stand in the project, and its content."""

    path: str
    content: bytes


def packaged_files(project: Project) -> list[PackagedFile]:
    """Compile a project anew; return its outputs as they stand beside their sources.

    The project itself is left as it is: a wheel is no reason to write into a checkout.

    Raises:
        ProjectError: it cannot be built, or has errors; the message shows them.
    """
    beside = replace(project, settings=replace(project.settings, output=None))
    result = _built(beside, anew=True)
    root = result.base
    return [
        PackagedFile(path.relative_to(root).as_posix(), content)
        for _, output in sorted(result.outputs.items())
        for path, content in (
            (output.python_path, output.python),
            (output.map_path, output.map),
        )
    ]


def build_in_place(project: Project) -> None:
    """Build a project beside its sources, for an editable installation.

    Raises:
        ProjectError: it cannot be built, or has errors; the message shows them.
    """
    beside = replace(project, settings=replace(project.settings, output=None))
    _built(beside, anew=False).write()


def written(file: PackagedFile, folder: Path) -> Path:
    """Write a file below a folder; return where it stands."""
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, file.content)
    return path


def _built(project: Project, *, anew: bool) -> Build:
    result = build(project, processes=_ONE_PROCESS, anew=anew)
    if result.fails:
        shown = [as_text(found, source) for source, found in result.problems]
        raise ProjectError("\n".join(["the LispE sources do not compile", *shown]))
    return result
