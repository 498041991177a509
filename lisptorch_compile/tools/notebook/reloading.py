"""Modules of LispE that are imported again when their files have changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.extensions.autoreload import superreload

from lisptorch_compile.api import CompileError
from lisptorch_compile.rendering import coloured, pieces
from lisptorch_compile.runtime.messages import description
from lisptorch_compile.tools.import_hook import LispLoader


class Reloading:
    """Reloads modules before each cell, as ``%autoreload 2`` does with those of Python.

    Functions and classes that were imported by their names change with them. A module that
    loads one that has changed is compiled again, too: it was compiled with what was known
    of the other.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._times: dict[str, int] = {}  # of the last change of their files, by module
        self._old: dict[Any, Any] = {}  # objects of earlier versions
        self._runs = False

    def start(self) -> None:
        """Look for changes from now on."""
        if not self._runs:
            self._note()
            self._shell.events.register("pre_run_cell", self._reload)
            self._shell.events.register("post_run_cell", self._note)
            self._runs = True

    def stop(self) -> None:
        """Leave modules as they are from now on."""
        if self._runs:
            self._shell.events.unregister("pre_run_cell", self._reload)
            self._shell.events.unregister("post_run_cell", self._note)
            self._runs = False

    def _note(self, *_: object) -> None:
        for name, _module, time in _modules():
            self._times.setdefault(name, time)

    def _reload(self, *_: object) -> None:
        modules = list(_modules())
        changed = [m for name, m, time in modules if self._times.get(name) != time]
        if not changed:
            return
        self._times = {name: time for name, _module, time in modules}
        for module in _with_users(changed, [module for _, module, _ in modules]):
            self._reload_one(module)

    def _reload_one(self, module: ModuleType) -> None:
        try:
            superreload(module, old_objects=self._old)
        except CompileError as error:
            for diagnostic in error.diagnostics:
                sys.stderr.write(coloured(pieces(diagnostic, error.source)))
        # whatever it is, the cell runs, with the old module
        except Exception as error:  # noqa: BLE001
            message = description(error)
            print(f"{module.__name__} was not reloaded: {message}", file=sys.stderr)


def _modules() -> Iterator[tuple[str, ModuleType, int]]:
    """Yield the modules of LispE, with the time at which their files were changed."""
    for name, module in list(sys.modules.items()):
        loader = getattr(getattr(module, "__spec__", None), "loader", None)
        if isinstance(loader, LispLoader):
            try:
                yield name, module, loader.source.stat().st_mtime_ns
            except OSError:
                continue  # it is gone, or in an archive


def _with_users(
    changed: list[ModuleType], modules: list[ModuleType]
) -> list[ModuleType]:
    """Return modules and those that load them, however indirectly, behind them."""
    found = list(changed)
    for one in found:
        users = [m for m in modules if any(v is one for v in vars(m).values())]
        found += [user for user in users if not any(user is each for each in found)]
    return found
