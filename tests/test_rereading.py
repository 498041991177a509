"""A text that is edited is read, and told of, as if each version were the first."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import ROOT

from lisptorch_compile.diagnostics import Source
from lisptorch_compile.reader import read
from lisptorch_compile.reading_memory import Reading, ReadingMemory
from lisptorch_compile.rereading import reread
from lisptorch_compile.tools.services import (
    Analysis,
    Diagnoser,
    analyzed,
    completions,
    hover,
    references,
    symbols,
)

GOLDEN = ROOT / "tests" / "golden"
CASES = sorted(GOLDEN.rglob("*.lsp"))

#: What a keystroke, a completion or a paste may write.
WRITTEN = (
    *("x", "1", " ", "\n", "(f 1)", "()", "\n(setq fresh 1)\n", "'", "\\(e) e"),
    *("(", ")", "[", "]", "{", "}", '"', '"a"', "`", "«", ";", ";;", "; c\n", "# c\n"),
    *(".", ":", '"""', "';'", "(defun f (x) x)", "(defmacro car (x) x)"),
)


def edited(text: str, random: Random) -> str:
    """Return a text with something written, deleted or replaced at a random place."""
    place = random.randrange(len(text) + 1)
    gone = random.choice((0, 0, 0, 1, 3, 30))
    written = "" if random.random() < 0.2 else random.choice(WRITTEN)
    return text[:place] + written + text[place + gone :]


def answers(analysis: Analysis, offset: int) -> dict[str, Any]:  # Any: of each service
    """Return what the services say of a text, at one place of it."""
    return {
        "problems": analysis.diagnostics,
        "outline": symbols(analysis),
        "hover": hover(analysis, offset),
        "completions": completions(analysis, offset),
        "references": list(references(analysis, offset)),
    }


# --- programs that are edited ------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_edited_program_is_told_of_as_if_it_were_new(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    random = Random(path.stem)
    diagnoser = Diagnoser(path.name)
    diagnoser.update(text)
    for version in (edited(text, random), text):
        incremental = diagnoser.update(version)
        anew = analyzed(version, filename=path.name)
        offset = random.randrange(len(version) + 1)
        assert incremental.file.read == anew.file.read
        assert answers(incremental, offset) == answers(anew, offset)


LINES = (
    *("(f 1)", '(g "a" x)', "; c", ";; title", ";; a ;; b", ";;", "# note", "a # b"),
    *("(defun f (x)", "   (+ x 1))", "(f ;; in", "  x)", "(x))]", "(a (b (c]", "«a» b"),
    *('(s """raw', 'text""")', '"""doc"""', '"" "x"', '(q ";;")', "('; a)", "';'", "'"),
    *("{1:2}", "`r", "r`", "\ufeff", "\\(x) x", "12", "", "   ", "#!run", "(a . b c)"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=9), st.randoms(use_true_random=False))
def test_lines_that_see_far_are_read_as_if_they_were_new(
    lines: list[str], random: Random
) -> None:
    memory = ReadingMemory()
    versions = ["\n".join(lines)]
    versions += [edited(versions[0], random) for _ in range(4)]
    for text in (version for each in versions for version in (each, versions[0])):
        source = Source.of(text)
        assert read(source, memory) == read(source)


# --- what is read again ------------------------------------------------------------------


def reread_after(before: str, after: str) -> tuple[Reading, Reading | None]:
    """Return the reading of a text, and that of its next version."""
    memory = ReadingMemory()
    read(Source.of(before), memory)
    last = memory.last("<string>")
    assert last is not None
    return last, reread(Source.of(after), last)


def test_only_the_forms_around_a_change_are_read_again() -> None:
    before = "; one\n(f 1)\n(g\n  2)\n(h 3) ; three\n"
    last, now = reread_after(before, before.replace("2", "22"))
    assert now is not None
    assert now.parts[0] is last.parts[0]
    assert now.parts[2] == last.parts[2].moved_to(last.parts[2].start + 1)
    assert now.result == read(now.source)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (";; title\n(f 1)\n(g)", ";; title\n(f 1)\n(g) ;;"),
        ('""" (f 1)\n(g "x"', '""" (f 1)\n(g """x"'),
        ('text"""()\n""1"\n', 'text"""()\n"""\n'),
        ("(f 1)\n(g)\n(h)", "(f 1)\n(g\n(h)"),
        ("(f 1)\n(g\n(h)", "(f 1)\n(g)\n(h)"),
        ("(f 1)\n(g)\n(h)", '(f 1)\n(g ")\n(h)'),
        ("(f 1)\n(g)\n(h)", "(f 1)\n(g) '\n(h)"),
    ],
)
def test_all_is_read_again_where_a_change_may_reach_far(
    before: str, after: str
) -> None:
    _, now = reread_after(before, after)
    assert now is None
