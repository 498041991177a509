"""Compile LispE to plain, readable Python on PyTorch.

The public names are loaded when they are first asked for, so importing the package
costs nothing and a generated program never loads the compiler with the runtime.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lisptorch_compile.api import CompileError as CompileError
    from lisptorch_compile.api import compile_source as compile_source
    from lisptorch_compile.runtime.errors import LispError as LispError
    from lisptorch_compile.tools.evaluation import evaluate as evaluate
    from lisptorch_compile.tools.evaluation import evaluate_file as evaluate_file
    from lisptorch_compile.tools.excepthook import (
        install_excepthook as install_excepthook,
    )
    from lisptorch_compile.tools.import_hook import (
        install_import_hook as install_import_hook,
    )
    from lisptorch_compile.tools.import_hook import load as load
    from lisptorch_compile.tools.notebook.extension import (
        load_ipython_extension as load_ipython_extension,
    )
    from lisptorch_compile.tools.notebook.extension import (
        unload_ipython_extension as unload_ipython_extension,
    )
    from lisptorch_compile.tools.outputs import OutputRefused as OutputRefused
    from lisptorch_compile.tools.sources import SourceError as SourceError
    from lisptorch_compile.tools.writing import compile_file as compile_file

__version__ = "0.1.0"

_HOMES = {
    "CompileError": "lisptorch_compile.api",
    "LispError": "lisptorch_compile.runtime.errors",
    "OutputRefused": "lisptorch_compile.tools.outputs",
    "SourceError": "lisptorch_compile.tools.sources",
    "compile_source": "lisptorch_compile.api",
    "compile_file": "lisptorch_compile.tools.writing",
    "evaluate": "lisptorch_compile.tools.evaluation",
    "evaluate_file": "lisptorch_compile.tools.evaluation",
    "load": "lisptorch_compile.tools.import_hook",
    "install_excepthook": "lisptorch_compile.tools.excepthook",
    "install_import_hook": "lisptorch_compile.tools.import_hook",
    # what `%load_ext lisptorch_compile` looks for
    "load_ipython_extension": "lisptorch_compile.tools.notebook.extension",
    "unload_ipython_extension": "lisptorch_compile.tools.notebook.extension",
}

__all__ = [
    "CompileError",
    "LispError",
    "OutputRefused",
    "SourceError",
    "__version__",
    "compile_file",
    "compile_source",
    "evaluate",
    "evaluate_file",
    "install_excepthook",
    "install_import_hook",
    "load",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
