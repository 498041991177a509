"""Each example of ``docs/differences.md`` prints what the page says."""

from __future__ import annotations

import re

import pytest
from programs import ROOT, run

PAGE = (ROOT / "docs" / "differences.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^```lisp\n(.*?)^```\n```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
)


def test_every_example_of_the_page_is_found() -> None:
    assert len(EXAMPLES) == PAGE.count("```lisp") > 10


@pytest.mark.parametrize(("source", "printed"), EXAMPLES)
def test_example_prints_what_the_page_says(
    source: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(source)
    assert capsys.readouterr().out == printed
