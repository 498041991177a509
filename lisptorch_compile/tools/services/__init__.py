"""What editors, notebooks and the terminal ask about a text while it is being written.

Pure functions over one ``Analysis``; they read no files and keep no state::

    analysis = analyzed(text)               # any text, whatever its faults
    analysis.diagnostics                    # everything wrong with it
    completions(analysis, offset)           # names to write there
    hover(analysis, offset)                 # what the name there means
    signature_help(analysis, offset)        # the call around it
    definition(analysis, offset)            # where the name is bound
    references(analysis, offset)            # all its places: to highlight, to rename
    symbols(analysis)                       # the outline
    is_complete(text)                       # whether it wants another line
    describe("torch_softmax")               # what the catalogue says of a builtin

Places are offsets in code points; ``analysis.source.position(offset)`` gives line and
column, counted from 1. ``Diagnoser`` keeps the analysis of a document that is edited.
"""

from __future__ import annotations

from lisptorch_compile.tools.services.analysis import Analysis, analyzed
from lisptorch_compile.tools.services.completion import CompletionItem, completions
from lisptorch_compile.tools.services.description import (
    CallHelp,
    Description,
    Hover,
    describe,
    hover,
    python_of,
    signature_help,
    similar_names,
)
from lisptorch_compile.tools.services.diagnosing import Diagnoser
from lisptorch_compile.tools.services.markdown import as_markdown
from lisptorch_compile.tools.services.navigation import (
    Location,
    definition,
    is_global,
    name_refusal,
    references,
    rename_refusal,
)
from lisptorch_compile.tools.services.nesting import Completeness, Status, is_complete
from lisptorch_compile.tools.services.outline import DefinedSymbol, SymbolKind, symbols

__all__ = [
    "Analysis",
    "CallHelp",
    "Completeness",
    "CompletionItem",
    "DefinedSymbol",
    "Description",
    "Diagnoser",
    "Hover",
    "Location",
    "Status",
    "SymbolKind",
    "analyzed",
    "as_markdown",
    "completions",
    "definition",
    "describe",
    "hover",
    "is_complete",
    "is_global",
    "name_refusal",
    "python_of",
    "references",
    "rename_refusal",
    "signature_help",
    "similar_names",
    "symbols",
]
