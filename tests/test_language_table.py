"""Every spelling of every instruction is shown at work, and the page says so truly."""

from __future__ import annotations

from types import ModuleType

import pytest
from language_table import AREAS, ROOT, TABLE, left_out, page, rows, tested_spellings

from lisptorch_compile import catalogue

#: `load`: a golden case is one file; tests/test_program_files.py shows several.
#: `cut_` is no form of its own; tests/golden/patterns/predicates shows it.
SHOWN_ELSEWHERE = {"load", "cut_"}


@pytest.fixture(scope="module")
def cases() -> dict[str, str]:
    return tested_spellings()


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_every_spelling_is_used_by_a_case_with_output(
    area: ModuleType, cases: dict[str, str]
) -> None:
    holes = [name for row in rows(area, cases) for name in row.holes]
    assert [name for name in holes if name not in SHOWN_ELSEWHERE] == []


def test_every_instruction_of_the_core_language_has_its_row() -> None:
    shown = {builtin.name for area in AREAS.values() for builtin in area.BUILTINS}
    others = {builtin.name for builtin in catalogue.BUILTINS} - shown
    libraries = ("torch_", "tensor_", "tiktoken_")
    assert [name for name in sorted(others) if not name.startswith(libraries)] == []


def test_the_page_is_what_the_catalogue_and_the_cases_say() -> None:
    assert TABLE.read_text(encoding="utf-8") == page(), "run `make coverage`"


def test_a_spelling_that_no_case_uses_is_a_hole(cases: dict[str, str]) -> None:
    some = {name: case for name, case in cases.items() if name != "nconc"}
    holes = [name for row in rows(catalogue.lists, some) for name in row.holes]
    assert holes == ["nconc"]


def test_what_is_left_out_stands_among_the_differences() -> None:
    page = (ROOT / "docs" / "differences.md").read_text(encoding="utf-8")
    section = page[page.index("## Left out") :]
    for builtin in left_out():
        assert builtin.unsupported
        assert f"`{builtin.name}`" in section, builtin.name
