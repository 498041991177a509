"""Tokenizers by rules, and `segment` with its own."""

from __future__ import annotations

import pytest

from lisptorch_compile.runtime import lexers
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text


def tokens(rules: list[str], content: str) -> list[tuple[str, int]]:
    return list(lexers.Lexer(rules).tokens(content))


# --- segment -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("x1 = 3.5;", '("x1" "=" "3.5" ";")'),
        ("a 3rd, x2-try", '("a" "3rd" "," "x2" "-" "try")'),
        ("at 6:30am or 21:00", '("at" "6:30am" "or" "21:00")'),
        ("a+12 0xFF 0b101 1e-3", '("a" "+" "12" "0xFF" "0b101" "1e-3")'),
        ("see http://a.org/b?c=1, a.b@c.org", None),
        ('say "a b"', r'("say" "\"" "a" "b" "\"")'),
        ("日本語 πρ 😀", '("日本語" "πρ" "😀")'),
        ("", "()"),
    ],
)
def test_segments(content: str, expected: str | None) -> None:
    expected = expected or '("see" "http://a.org/b?c=1" "," "a.b@c.org")'
    assert text(lexers.segment(content)) == expected


def test_point_says_what_decimals_stand_behind() -> None:
    content = "10,5 bottles and 10.5 bottles"
    assert text(lexers.segment(content, 2)) == (
        '("10,5" "bottles" "and" "10.5" "bottles")'
    )
    assert text(lexers.segment("10.5", 1)) == '("10" "." "5")'
    assert text(lexers.segment("10,5")) == '("10" "," "5")'


def test_segment_all_keeps_blanks() -> None:
    assert text(lexers.segment_all("a b\n")) == '("a" " " "b" "\n")'


def test_the_segmenter_cuts_as_segment_does() -> None:
    assert lexers.tokenize(lexers.segmenter(None, 1), "1,5 a") == ["1,5", "a"]
    assert lexers.tokenize(lexers.segmenter(True, 0), "1.5 a") == ["1.5", " ", "a"]


# --- rules --------------------------------------------------------------------------------------


def test_the_first_rule_that_fits_takes_the_token() -> None:
    rules = ["%S+=#", "if=1", "%a+=2", "%d+(.%d+)=3"]
    expected = [("if", 1), ("if", 1), ("fy", 2), ("2.5", 3)]
    assert tokens(rules, "if iffy 2.5") == expected


def test_what_no_rule_fits_is_a_token_of_its_own() -> None:
    assert tokens(["%a+=1"], "a+b") == [("a", 1), ("+", 0), ("b", 1)]


def test_rules_have_codes_ranges_and_names() -> None:
    rules = ["h:{%d #A-F}", "0x%h+=1", "#65=2", "#32=#"]
    assert tokens(rules, "0x1F A") == [("0x1F", 1), ("A", 2)]


def test_a_marked_character_is_left_out_everywhere() -> None:
    rules = [r'"-{[\-?] ~{%r "}}*"-=1']
    assert tokens(rules, r'"say \"hi\""') == [('say "hi"', 1)]


def test_a_loop_over_anything_ends_where_it_can() -> None:
    assert tokens(["/@?*@/=1"], "/@a@//@b@/") == [("/@a@/", 1), ("/@b@/", 1)]


def test_operators_can_be_replaced() -> None:
    lexer = lexers.tokenizer()
    assert "+" in lexers.operators(lexer)
    lexers.set_rules(lexer, ["%o+=1", "?=2"])
    lexers.set_operators(lexer, {"a", "b"})
    assert list(lexer.tokens("ab+")) == [("ab", 1), ("+", 2)]
    assert lexers.operators(lexer) == {"a", "b"}


def test_a_changed_tokenizer_leaves_others_alone() -> None:
    changed = lexers.tokenizer()
    lexers.set_rules(changed, ["?=1"])
    assert lexers.rules(changed) == ["?=1"]
    assert lexers.tokenize(lexers.tokenizer(), "ab") == ["ab"]
    assert lexers.main_tokenizer() is lexers.main_tokenizer()


def test_tokens_with_their_types() -> None:
    lexer = lexers.tokenizer()
    with_types = lexers.tokenize_with_types(lexer, '(f "a" 1.5) ; end', True)
    assert text(with_types) == (
        '(("(" "f" "\\"a\\"" "1.5" ")" "; end") (0 4 1 3 0 67))'
    )


def test_display_shows_what_rules_have_become() -> None:
    lexer = lexers.tokenizer()
    lexers.set_rules(lexer, ["%d+=1", "a(b)=#"])
    assert lexers.display(lexer) == "[0-9]+\na(?:b)?"


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("%d+", "Error: a rule is an expression, '=' and a type: '%d+'"),
        ("{a=1", "Error: wrong rule: '{a=1': '{' is never closed, at character 0"),
        (
            "#=1",
            (
                "Error: wrong rule: '#=1': '#' wants a code or a range behind it, "
                "at character 0"
            ),
        ),
    ],
)
def test_a_wrong_rule_is_named(rule: str, problem: str) -> None:
    with pytest.raises(LispError) as caught:
        lexers.set_rules(lexers.tokenizer(), [rule])
    assert str(caught.value) == problem


def test_arguments_of_other_kinds_are_errors() -> None:
    with pytest.raises(LispError, match="should be a string_rule object"):
        lexers.tokenize("tokenizer", "a")
    with pytest.raises(LispError, match="This function expects a list"):
        lexers.set_rules(lexers.tokenizer(), 1)
    with pytest.raises(LispError, match="expects a set of strings"):
        lexers.set_operators(lexers.tokenizer(), ["+"])
