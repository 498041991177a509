"""Each example of the pages for users prints what the page says."""

from __future__ import annotations

import re

import pytest
from programs import ROOT, run

PAGES = ("differences.md", "python.md")
_EXAMPLE = re.compile(
    r"^```lisp\n(.*?)^```\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


EXAMPLES = [example for name in PAGES for example in _EXAMPLE.findall(page(name))]


def test_every_example_of_the_pages_is_found() -> None:
    assert len(EXAMPLES) == sum(page(name).count("```lisp") for name in PAGES) > 10


@pytest.mark.parametrize(("source", "printed"), EXAMPLES)
def test_example_prints_what_the_page_says(
    source: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(source)
    assert capsys.readouterr().out == printed
