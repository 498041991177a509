"""Outputs whose source is gone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from lisptorch_compile.tools.outputs import is_ours, map_path
from lisptorch_compile.tools.projects.layout import Layout

_MAP = ".py.map"


def leftovers(folder: Path, layout: Layout) -> tuple[Path, ...]:
    """Return the Python files that we wrote in a project for sources that are gone."""
    wanted = {folder / target.output for target in layout.targets}
    found = {
        path
        for place in layout.folders
        for path in _with_map(folder / place)
        if path not in wanted and _is_left_over(path)
    }
    return tuple(sorted(found))


def remove(paths: tuple[Path, ...]) -> None:
    """Remove Python files that we wrote, with their side files."""
    for path in paths:
        path.unlink()
        map_path(path).unlink()


def _with_map(place: Path) -> Iterator[Path]:
    for current, folders, files in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith((".", "__py"))]
        for name in files:
            if name.endswith(_MAP):
                yield Path(current, name.removesuffix(".map"))


def _is_left_over(path: Path) -> bool:
    if path.is_symlink():
        return False
    try:
        mapping = json.loads(map_path(path).read_bytes())
        source = mapping.get("source")
        return is_ours(path.read_bytes()) and not (path.parent / source).exists()
    except (OSError, ValueError, TypeError, AttributeError):
        return False  # not ours, or not as we left it
