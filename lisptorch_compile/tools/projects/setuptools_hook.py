"""setuptools packages whose wheels hold the Python of LispE sources.

A project that requires us for its build, and has a table ``[tool.lisptorch]``, needs to
do nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from setuptools import Distribution
from setuptools.command.build_py import build_py

from lisptorch_compile.tools.outputs import map_path
from lisptorch_compile.tools.projects.layout import Target, layout_of
from lisptorch_compile.tools.projects.settings import (
    Project,
    has_settings,
    read_project,
)

if TYPE_CHECKING:
    from setuptools import Command


def compile_sources(distribution: Distribution) -> None:
    """Let a distribution compile its sources when it is built, if it speaks of us."""
    if has_settings(Path()):
        known: dict[str, type[Command]] = distribution.cmdclass
        known.setdefault("build_py", BuildPython)


class BuildPython(build_py):
    """Builds Python modules, then those that LispE files of the packages become."""

    def run(self) -> None:
        """Build all modules; LispE's in place for an editable installation."""
        super().run()
        # the compiler, only when something is built: every setuptools loads this module
        from lisptorch_compile.tools.projects import packaging

        project = self._project()
        if self.editable_mode:
            packaging.build_in_place(project)
            return
        packaged = self._packaged(project)
        for file in packaging.packaged_files(project):
            if file.path in packaged:
                moved = packaging.PackagedFile(packaged[file.path], file.content)
                packaging.written(moved, Path(self.build_lib))

    def get_source_files(self) -> list[str]:
        """Return what a source distribution holds: LispE files, too."""
        targets = layout_of(self._project()).targets
        folders = self._packages()
        ours = [t.source for t in targets if Path(t.source).parent in folders]
        return sorted({*super().get_source_files(), *ours})

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """Return what is built, compiled files included."""
        ours = self._packaged(self._project()).values()
        built = {str(Path(self.build_lib, path)) for path in ours}
        return sorted({*super().get_outputs(include_bytecode), *built})

    def _project(self) -> Project:
        return read_project(Path())

    def _packages(self) -> dict[Path, Path]:
        """Return where each folder of a package goes."""
        return {
            Path(self.get_package_dir(package)): Path(*package.split("."))
            for package in self.packages or ()
        }

    def _packaged(self, project: Project) -> dict[str, str]:
        """Return where the compiled files of packages go, by their place in the project."""
        folders = self._packages()
        found = {}
        for target in layout_of(project).targets:
            place = _beside(target)
            if place.parent in folders:
                for path in (place, map_path(place)):
                    moved = folders[place.parent] / path.name
                    found[path.as_posix()] = moved.as_posix()
        return found


def _beside(target: Target) -> Path:
    return Path(target.source).with_name(Path(target.output).name)
