"""The build hook ``lisptorch`` of hatchling: wheels hold the Python of LispE sources.

::

    [tool.hatch.build.hooks.lisptorch]
    dependencies = ["lisptorch-compile"]
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

from lisptorch_compile.tools.projects.packaging import (
    build_in_place,
    packaged_files,
    written,
)
from lisptorch_compile.tools.projects.settings import read_project


class LispTorchBuildHook(BuildHookInterface[BuilderConfig]):
    """Compiles the sources of ``[tool.lisptorch]``; source distributions keep them."""

    PLUGIN_NAME = "lisptorch"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled files to a wheel; an editable one finds them in place."""
        if self.target_name != "wheel":
            return
        project = read_project(Path(self.root))
        if version == "editable":
            build_in_place(project)
            return
        self.folder = TemporaryDirectory(prefix="lisptorch-")
        for file in packaged_files(project):
            path = written(file, Path(self.folder.name))
            target = self.build_config.get_distribution_path(file.path)
            build_data["force_include"][str(path)] = target

    def finalize(
        self, version: str, build_data: dict[str, Any], artifact_path: str
    ) -> None:
        """Remove what only the wheel needed."""
        if self.target_name == "wheel" and version != "editable":
            self.folder.cleanup()


@hookimpl
def hatch_register_build_hook() -> type[LispTorchBuildHook]:
    """Tell hatchling of the hook."""
    return LispTorchBuildHook
