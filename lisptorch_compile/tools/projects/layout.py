"""Which sources a project has, and which Python file each becomes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from lisptorch_compile.tools.projects.settings import Project, ProjectError
from lisptorch_compile.tools.sources import (
    SUFFIXES,
    SourceError,
    python_name,
    sources_below,
)

_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Target:
    """A source and the Python file it becomes, as paths from the project's folder."""

    source: str
    output: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The targets of a project, and the folders in which its outputs may stand."""

    targets: tuple[Target, ...]
    folders: tuple[str, ...]


def layout_of(project: Project) -> Layout:
    """Find the sources of a project.

    Raises:
        ProjectError: there is none, one lies outside, or two become the same file.
    """
    root, settings = project.folder, project.settings
    excluded = {path for entry in settings.exclude for path in _found(root, entry)[1]}
    outputs: dict[str, str] = {}
    folders = []
    for entry in settings.sources:
        base, sources = _found(root, entry)
        if not sources:
            raise ProjectError(f"`sources`: {entry} holds no {' or '.join(SUFFIXES)}")
        folders.append(base)
        for source in sources - excluded:
            output = _output(source, base, settings.output)
            known = outputs.setdefault(source, output)
            if known != output:
                raise ProjectError(f"{source} would become {known} and {output}")
    targets = tuple([Target(*pair) for pair in sorted(outputs.items())])
    if not targets:
        raise ProjectError("`exclude` leaves no source")
    if settings.output is not None:
        _refuse_outside(settings.output, "output")
        folders = [PurePath(settings.output)]
    _refuse_clashes(targets)
    _refuse_strays(root, targets)
    return Layout(targets, tuple(sorted({folder.as_posix() for folder in folders})))


def _found(root: Path, entry: str) -> tuple[PurePath, set[str]]:
    """Return the folder that an entry begins with, and the sources it stands for."""
    _refuse_outside(entry, "sources")
    path = PurePath(entry)
    plain = [bool(_MAGIC.search(part)) for part in path.parts]
    if any(plain):
        cut = plain.index(True)
        base = PurePath(*path.parts[:cut])
        matches = (root / base).glob(str(PurePath(*path.parts[cut:])))
        visible = [match for match in matches if not _is_hidden(match, root / base)]
        return base, {name for match in visible for name in _sources(root, match)}
    if (root / path).is_dir():
        return path, set(_sources(root, root / path))
    if not path.name.endswith(SUFFIXES):
        raise ProjectError(f"{entry} is no folder, and no {' or '.join(SUFFIXES)} file")
    if not (root / path).is_file():
        raise ProjectError(f"there is no {root / path}")
    return path.parent, {path.as_posix()}


def _sources(root: Path, path: Path) -> Iterator[str]:
    """Yield a source, or all those below a folder, as seen from the project's folder."""
    if path.is_dir():
        try:
            found = list(sources_below(path))
        except SourceError:  # it holds none
            return
    else:
        found = [path] if path.name.endswith(SUFFIXES) else []
    for source in found:
        yield source.relative_to(root).as_posix()


def _is_hidden(path: Path, base: Path) -> bool:
    parts = path.relative_to(base).parts
    return any(part.startswith((".", "__pycache__")) for part in parts)


def _output(source: str, base: PurePath, output: str | None) -> str:
    folder = PurePath(source).parent
    if output is not None:
        folder = PurePath(output) / folder.relative_to(base)
    return (folder / python_name(Path(source))).as_posix()


# --- what is refused ------------------------------------------------------------------


def _refuse_outside(entry: str, key: str) -> None:
    """Refuse a path that does not stay in the project on every system."""
    kinds = (PurePosixPath(entry), PureWindowsPath(entry))
    if any(path.anchor or ".." in path.parts for path in kinds):
        raise ProjectError(
            f"`{key}`: {entry} leads out of the project: name what lies below its folder"
        )


def _refuse_clashes(targets: tuple[Target, ...]) -> None:
    owners: dict[str, str] = {}
    for target in targets:
        key = os.path.normcase(target.output)
        owner = owners.setdefault(key, target.source)
        if owner != target.source:
            raise ProjectError(
                f"{owner} and {target.source} would both become {target.output}"
            )


def _refuse_strays(root: Path, targets: tuple[Target, ...]) -> None:
    """Refuse sources and outputs that symbolic links lead out of the project."""
    top = os.path.realpath(root)
    folders = {PurePath(t.source).parent for t in targets}
    folders |= {PurePath(t.output).parent for t in targets}
    links = {PurePath(t.source) for t in targets if (root / t.source).is_symlink()}
    for path in sorted(folders | links):
        real = os.path.realpath(root / path)
        if os.path.commonpath([top, real]) != top:
            raise ProjectError(
                f"a symbolic link leads {path} out of the project, to {real}"
            )
