"""What programs read of our diagnostics, held to the schemas of the formats."""

from __future__ import annotations

import json
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from programs import ROOT

from lisptorch_compile.annotations import as_annotation, as_sarif
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.diagnostics import Diagnostic, Fix, Source
from lisptorch_compile.pipeline import Options, compile_text
from lisptorch_compile.rendering import as_json
from lisptorch_compile.tools import documentation

SARIF = ROOT / "tests" / "data" / "schemas" / "sarif-2.1.0.json"
OURS = ROOT / "docs" / "diagnostics.schema.json"

#: Sources with faults of all kinds, each with what it is called.
FAULTY = sorted((ROOT / "tests" / "golden").rglob("*.err"))

UNKNOWN = "(println (nowhere 1))\n"
DOUBTFUL = "(defun f (x x) x)\n(println (f 1 2))\n"


@cache
def validator(path: Path) -> Any:
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def problems() -> list[tuple[Source, Diagnostic]]:
    """Return the problems of all golden cases that have some."""
    options = Options(format=False, self_check=False)
    sources = [path.with_suffix(".lsp") for path in FAULTY]
    found = [
        compile_text(
            path.read_text(encoding="utf-8"), filename=str(name), options=options
        )
        for path in sources
        for name in (path, path.name)
    ]
    return [(result.source, d) for result in found for d in result.diagnostics]


def test_all_diagnostics_fit_the_schemas() -> None:
    found = problems()
    assert len({diagnostic.code for _, diagnostic in found}) > 20
    assert any(diagnostic.notes for _, diagnostic in found)
    validator(SARIF).validate(as_sarif(found))
    for source, diagnostic in found:
        validator(OURS).validate(as_json(diagnostic, source))
        assert "\n" not in as_annotation(diagnostic, source)


def mended(source: Source, fix: Fix) -> str:
    before, behind = source.text[: fix.span.start], source.text[fix.span.end :]
    return f"{before}{fix.text}{behind}"


def test_each_fix_removes_its_problem() -> None:
    options = Options(format=False, self_check=False)
    codes = set()
    for source, diagnostic in problems():
        for fix in diagnostic.fixes:
            text = mended(source, fix)
            left = compile_text(text, filename=source.filename, options=options)
            same = [d for d in left.diagnostics if d.message == diagnostic.message]
            places = [d.span.start for d in same]
            assert diagnostic.span.start not in places, (source.filename, fix)
            codes.add(diagnostic.code)
    assert {"LT0103", "LT0104", "LT0301", "LT0302", "LT0402"} <= codes


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("(println (+ 1 (* 2 3", "(println (+ 1 (* 2 3)))"),
        ("(println (+ 1 2) ; two\n", "(println (+ 1 2)) ; two\n"),
        (
            "(defun f (x)\n   (g x)\n(println 1)\n",
            "(defun f (x)\n   (g x))\n(println 1)\n",
        ),
        ("(println {1 (+ 1 2})", "(println {1 (+ 1 2)})"),
        ("[1 2)", "[1 2]"),
        ("(println 1))", "(println 1)"),
        ("(println 1 ')", "(println 1 )"),
        ("(println \x011)", "(println 1)"),
        ("(setq l (list 3))\n(l (pusch 1))", "(setq l (list 3))\n(l (push 1))"),
        ("(torch_softmax 1 (? dimm 0))", "(torch_softmax 1 (? dim 0))"),
        ("(defun f x (* x 2))", "(defun f (x) (* x 2))"),
        ("(println (zzqq 1))", None),
    ],
)
def test_hints_that_are_exact_come_as_edits(text: str, after: str | None) -> None:
    options = Options(format=False, self_check=False)
    found = compile_text(text, options=options)
    fixes = [fix for diagnostic in found.diagnostics for fix in diagnostic.fixes]
    edited = [mended(found.source, fix) for fix in fixes]
    assert edited[:1] == ([] if after is None else [after])


def test_a_rule_has_the_address_of_its_page() -> None:
    found = problems()[:1]
    code = found[0][1].code
    (rule,) = as_sarif(found, "https://docs.example/{}".format)["runs"][0]["tool"][
        "driver"
    ]["rules"]
    assert rule["helpUri"] == f"https://docs.example/{code}"


@pytest.mark.parametrize(
    ("urls", "page"),
    [
        (["Source, https://a.b", "Documentation, https://c.d/"], "https://c.d"),
        (["Source, https://a.b"], None),
        (None, None),
    ],
)
def test_the_address_of_the_site_is_that_of_the_distribution(
    urls: list[str] | None, page: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Message()
    for url in urls or ():
        found["Project-URL"] = url
    monkeypatch.setattr("importlib.metadata.metadata", lambda name: found)
    documentation._site.cache_clear()
    wanted = None if page is None else f"{page}/diagnostics/LT0302/"
    assert documentation.page_of_code("LT0302") == wanted
    documentation._site.cache_clear()


def test_schemas_refuse_what_is_wrong() -> None:
    (source, diagnostic), *_ = problems()
    log = as_sarif([(source, diagnostic)])
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"][
        "startLine"
    ] = 0
    assert not validator(SARIF).is_valid(log)
    line = as_json(diagnostic, source)
    assert not validator(OURS).is_valid({**line, "column": 0})
    assert not validator(OURS).is_valid({**line, "code": "E1"})
    del line["hint"]
    assert not validator(OURS).is_valid(line)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.lisptorch]\n", encoding="utf-8")
    (tmp_path / "good file.lsp").write_text("(println 1)\n", encoding="utf-8")
    return tmp_path


COMMANDS = (["check", "."], ["compile", "."], ["build"], ["build", "--check"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("text", [UNKNOWN, DOUBTFUL, ""], ids=["error", "warning", ""])
def test_commands_print_what_the_schemas_say(
    folder: Path, capsys: pytest.CaptureFixture[str], command: list[str], text: str
) -> None:
    (folder / "ä b.lsp").write_text(text, encoding="utf-8")
    run_command_line([*command, "--format", "sarif"])
    log = json.loads(capsys.readouterr().out)
    validator(SARIF).validate(log)
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
    ]
    assert set(places) == ({"%C3%A4%20b.lsp"} if text else set())
    run_command_line([*command, "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for line in lines:
        validator(OURS).validate(line)
    assert len([line for line in lines if "code" in line]) == len(places)
