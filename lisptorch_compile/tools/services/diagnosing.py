"""The analysis of a text that is being edited, kept from one version to the next."""

from __future__ import annotations

from lisptorch_compile.program_files import Find, find_nothing
from lisptorch_compile.reading_memory import ReadingMemory
from lisptorch_compile.tools.services.analysis import Analysis, analyzed


class Diagnoser:
    """Analyzes the versions of one document.

    ::

        diagnoser = Diagnoser("model.lsp", find)
        analysis = diagnoser.update(text)        # at each keystroke
        for diagnostic in analysis.diagnostics: …
    """

    def __init__(self, filename: str = "<string>", find: Find = find_nothing) -> None:
        self.filename = filename
        self.find = find
        self.last: Analysis | None = None
        self._memory = ReadingMemory()

    def update(self, text: str) -> Analysis:
        """Return the analysis of a new version of the document."""
        if self.last is None or self.last.text != text:
            self.last = analyzed(
                text, filename=self.filename, find=self.find, memory=self._memory
            )
        return self.last

    def forget(self) -> None:
        """Analyze anew with the next update: a file that the document loads has changed."""
        self.last = None
