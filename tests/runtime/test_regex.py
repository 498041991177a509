"""Regular expressions of both notations: what they find, and what is said of wrong ones."""

from __future__ import annotations

import pytest

from lisptorch_compile.runtime import regex
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.rgx_syntax import ExpressionReader
from lisptorch_compile.runtime.text import text

SENTENCE = "This is a test: 123A here and 45T and 67U here"


def found(source: str, content: str) -> list[str]:
    return list(regex.find_all(regex.rgx(source), content))


def python_of(source: str) -> str:
    return ExpressionReader(source).pattern()


# --- LispE's notation ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("%d+%x", "[0-9]+?[0-9A-Fa-f]"),
        ("a?b", "a.b"),
        ("%?%%%(", r"\?%\("),
        ("~ab", "[^a]b"),
        ("~{ab%d}+", "[^ab0-9]+"),
        ("a(bc)d", "a(?:bc)?d"),
        ("[ab]+c", "(?:ab)+?c"),
        ("{a-cx}*", "[a-cx]*"),
        ("{[th][nd]}", "(?:(?:th)|(?:nd))"),
        ("^a$", r"\Aa\Z"),
        (r"\097\x0041\?", r"aA\?"),
        ("a\nb", "ab"),
        ("++", r"\++"),
        ("{+-}", r"[\+\-]"),
    ],
)
def test_lisp_notation_becomes_a_pattern_of_python(source: str, python: str) -> None:
    assert python_of(source) == python


@pytest.mark.parametrize(
    ("source", "content", "expected"),
    [
        ("%d+%C", SENTENCE, ["123A", "45T", "67U"]),
        ("%a+", "aé_b c1", ["aé_b", "c"]),
        ("%c+%p", "ab! Cd? e", ["ab!", "d?"]),
        ("%C%c+", "Été Ada", ["Été", "Ada"]),
        ("%h+", "pi is π, not p", ["π"]),
        ("%H+", "say 日本 or 한국", ["日本", "한국"]),
        ("%s+", "a \t b\n", [" \t "]),
        ("%e", "a 😀 b", ["😀"]),
        ("%n", "a\u00a0b", ["\u00a0"]),
        ("a%r+b", "a\r\nb", ["a\r\nb"]),
        ("{%dab}+", "1111a-a22a90ab", ["1111a", "a22a90ab"]),
        ("mul%(%d+,%d+%)", "xmul(2,4)mul[3,7]", ["mul(2,4)"]),
        ("%d+(.%d+)", "1 2.5 3.", ["1", "2.5", "3"]),
        ("{[one][two]}", "two one", ["two", "one"]),
        ("~{[end]}+", "xyend", ["xy", "nd"]),
    ],
)
def test_lisp_expressions_find(source: str, content: str, expected: list[str]) -> None:
    assert found(source, content) == expected


def test_a_repetition_ends_where_the_next_character_fits() -> None:
    assert found("<?+>", "<a><b>") == ["<a>", "<b>"]
    assert found("<?*", "<a><b>") == ["<a><b>"]


def test_a_lisp_expression_never_finds_nothing() -> None:
    assert found("a*", "baab") == ["aa"]


@pytest.mark.parametrize(
    ("source", "problem", "position"),
    [
        ("%d+{ab", "'{' is never closed", 3),
        ("a(b", "'(' is never closed", 1),
        ("ab)", "')' closes nothing", 2),
        ("a{}", "nothing stands inside '{'", 1),
        ("a~(b)", "'~' wants a character, a class or a choice {…} behind it", 1),
        ("{z-a}", "the range z-a is empty", 4),
        ("a\\", "nothing stands behind the last '\\'", 1),
        ("", "it is empty", 0),
    ],
)
def test_a_wrong_lisp_expression_says_where(
    source: str, problem: str, position: int
) -> None:
    with pytest.raises(LispError) as caught:
        regex.rgx(source)
    assert str(caught.value) == (
        f"Error: Unrecognized regular expression: '{source}': {problem}, "
        f"at character {position}"
    )


# --- the notation of ECMAScript -----------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "content", "expected"),
    [
        (r"\w+", SENTENCE[:16], ["This", "is", "a", "test"]),
        (r"[[:digit:]]+", "a12b3", ["12", "3"]),
        (r"[[:alpha:]_]+", "ab_c1é", ["ab_c", "é"]),
        (r"[^[:alpha:]]", "a1é2", ["1", "2"]),
        (r"[[(]x", "[x(x", ["[x", "(x"]),
        (r"a$", "a\nba", ["a"]),
        (r"a{2,3}", "aaaaa", ["aaa", "aa"]),
        (r"(?:ab)+|c(?=d)", "ababcd", ["abab", "c"]),
        (r"\cJ", "a\nb", ["\n"]),
        (r"[^]", "a", ["a"]),
        (r"[\]x]", "]x", ["]", "x"]),
    ],
)
def test_posix_expressions_find(source: str, content: str, expected: list[str]) -> None:
    assert list(regex.find_all(regex.prgx(source), content)) == expected


@pytest.mark.parametrize("source", ["a(b", "[ab", "[[:nope:]]", "*a", "a)"])
def test_a_wrong_posix_expression_says_where(source: str) -> None:
    with pytest.raises(LispError, match=r"Unrecognized .*, at character \d+"):
        regex.prgx(source)


def test_replacements_name_groups() -> None:
    pair = regex.prgx("(\\w+) (\\w+)")
    assert regex.replace(pair, "Ada King", "$2, $1") == "King, Ada"
    assert regex.replace(regex.prgx("b"), "abc", "[$&$$`$``$'$3]") == "a[b$`a`c]c"


# --- what both have in common -------------------------------------------------------------


def test_match_wants_the_whole_text() -> None:
    assert regex.matches(regex.rgx("%d+"), "123")
    assert not regex.matches(regex.rgx("%d+"), "123a")
    assert not regex.matches(regex.prgx(r"\d+"), "123a")


def test_find_from_a_position() -> None:
    number = regex.rgx("%d+")
    assert regex.find(number, "12 34", 2) == "34"
    assert list(regex.find_bounds(number, "12 34", 2)) == [3, 5]
    assert list(regex.find_all(number, "12 34", 1)) == ["2", "34"]


def test_nothing_found_gives_empty_values() -> None:
    for expression in (regex.rgx("x"), regex.prgx("x")):
        assert regex.find(expression, "abc") == ""
        assert text(regex.find_all(expression, "abc")) == "()"
        assert text(regex.find_bounds(expression, "abc")) == "()"
        assert text(regex.find_all_bounds(expression, "abc")) == "()"
        assert text(regex.split(expression, "abc")) == "()"


def test_replacing_nothing_gives_nothing_in_lisp_notation_only() -> None:
    assert regex.replace(regex.rgx("x"), "abc", "y") == ""
    assert regex.replace(regex.prgx("x"), "abc", "y") == "abc"


def test_split_keeps_an_empty_first_part_but_no_empty_last_one() -> None:
    assert text(regex.split(regex.rgx(","), ",a,,b,")) == '("" "a" "" "b")'


def test_an_expression_prints_as_it_was_written() -> None:
    assert text([regex.rgx("%d+"), regex.prgx(r"\d")]) == r"(%d+ \d)"


def test_the_first_argument_is_an_expression() -> None:
    with pytest.raises(
        LispError, match="^Error: the first element must be a regular expression$"
    ):
        regex.find("%d", "1")
