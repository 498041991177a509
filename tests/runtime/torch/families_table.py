"""The table of language models: how far each family is from transformers and peft.

``make families`` writes it into docs/models.md. The checks are those of the tests.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from family_checks import CHECKS
from tiny_models import FAMILIES, reference

PAGE = Path(__file__).parents[3] / "docs" / "models.md"
_BEGIN, _END = "<!-- families: begin -->", "<!-- families: end -->"


def table() -> str:
    """Return the largest difference of each family from the reference, by check."""
    rows = [
        f"| family | {' | '.join(CHECKS)} |",
        f"| --- |{' --- |' * len(CHECKS)}",
    ]
    for family in FAMILIES:
        with tempfile.TemporaryDirectory() as name:
            known = reference(family, Path(name) / family)
            found = [measure(known) for measure, _ in CHECKS.values()]
        cells = [f"{distance:.0e}" if distance else "0" for distance in found]
        rows.append(f"| {family} | {' | '.join(cells)} |")
    return "\n".join(rows)


def main() -> None:
    """Print the table and put it into the page."""
    rows = table()
    print(rows)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    text = f"{before}{_BEGIN}\n\n{rows}\n\n{_END}{after}"
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
