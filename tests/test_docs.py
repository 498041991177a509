"""The documentation builds without a warning, holds every name, and says what is true."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import diagnostic_pages
import function_pages
import pytest
from markdown_text import anchor
from programs import ROOT

from lisptorch_compile import catalogue
from lisptorch_compile.diagnostics import CODES, Severity

CODES_AND_PAGES = diagnostic_pages.entries()


# --- the site -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation; a dead link or anchor would be an error."""
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(
        [*command, "--site-dir", str(folder)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_site_holds_every_name_and_every_code(site: Path) -> None:
    texts = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    for name in catalogue.names():
        page, _, place = function_pages.place_of(name).partition("#")
        html = texts[site / page.replace(".md", ".html")]
        assert f'id="{place}"' in html, name
    for code in CODES:
        assert code in texts[site / f"diagnostics/{code}.html"]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_site_asks_nothing_of_the_network(site: Path) -> None:
    fetched = re.compile(r'<(?:script|link|img|iframe)\b[^>]*(?:src|href)="https?://')
    for path in site.rglob("*.html"):
        assert fetched.search(path.read_text("utf-8")) is None, path


# --- the references -------------------------------------------------------------------------


def test_every_function_has_an_example() -> None:
    for builtin in catalogue.BUILTINS:
        if builtin.unsupported is None and builtin.name != "load":
            example = function_pages.example_of(builtin)
            assert example is not None, builtin.name


def test_anchors_of_a_page_differ() -> None:
    places = [function_pages.place_of(name) for name in catalogue.names()]
    assert len(set(places)) == len(places)


def test_anchors_are_words() -> None:
    for name in catalogue.names():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", anchor(name)), name


# --- the pages of diagnostics -----------------------------------------------------------------


def test_every_code_has_a_page() -> None:
    assert CODES_AND_PAGES.keys() == CODES.keys()


@pytest.mark.parametrize("code", CODES_AND_PAGES)
def test_failing_program_has_the_code_and_no_other(code: str) -> None:
    entry = CODES_AND_PAGES[code]
    found = diagnostic_pages.checked(entry, entry.fails).diagnostics
    assert {d.code for d in found} - {entry.besides} == {code}
    assert CODES[code].severity is Severity.ERROR or len(found) == 1


@pytest.mark.parametrize("code", CODES_AND_PAGES)
def test_mended_program_compiles_without_a_warning(code: str) -> None:
    entry = CODES_AND_PAGES[code]
    result = diagnostic_pages.checked(entry, entry.mended)
    assert result.diagnostics == () and result.python is not None
