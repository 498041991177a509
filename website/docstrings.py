"""What docstrings need to be Markdown: an extension of Griffe, which reads them."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_DOCTEST = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)
_LITERAL = re.compile(r"::$", re.MULTILINE)


class MarkdownDocstrings(Extension):
    """Puts doctests into code blocks, and ends what leads to a literal block by a colon."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        if obj.docstring is not None and not obj.is_alias:
            obj.docstring.value = as_markdown(obj.docstring.value)


def as_markdown(docstring: str) -> str:
    """Return a docstring as Markdown.

    >>> as_markdown("Add::")
    'Add:'
    """
    fenced = _DOCTEST.sub(lambda match: f"```pycon\n{match[0]}\n```", docstring)
    return _LITERAL.sub(":", fenced)
