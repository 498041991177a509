"""The text functions against the examples of the language's description."""

from __future__ import annotations

import pytest

from lisptorch_compile.runtime import characters, json_text, strings
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.parts import extract
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import Integers, List, Numbers, Strings, Symbol

FROM_END = Symbol("-")
INCLUDED = Symbol("+")
FROM_END_INCLUDED = Symbol("-+")


def test_split_drops_empty_pieces() -> None:
    assert text(strings.split("a,,b", ",")) == '("a" "b")'
    assert text(strings.split("abc", "")) == '("a" "b" "c")'
    assert text(strings.split(" a  b ")) == '("a" "b")'
    assert isinstance(strings.split("a b"), Strings)


def test_split_all_keeps_empty_pieces() -> None:
    assert text(strings.split_all("a,,b", ",")) == '("a" "" "b")'


def test_format_and_replace() -> None:
    assert strings.fill_in("%1-%2", "x", 3) == "x-3"
    assert strings.fill_in("%1 of %9", "x") == "x of %9"
    assert strings.replace("hello", "l", "x") == "hexxo"
    assert strings.replace("hello", "J", 0, 1) == "Jello"
    assert strings.replace("a-a-a", "a", "b", 1) == "a-b-b"
    assert strings.replace("hello", "p!", -2, 5) == "help!"
    with pytest.raises(LispError, match="cannot apply 'replace' to this type"):
        strings.replace(12, "1", "2")
    with pytest.raises(LispError, match="out of range"):
        strings.replace("abc", "x", 2, 1)


def test_left_right_and_middle() -> None:
    assert strings.left("hello", 2) == "he"
    assert strings.right("hello", 3) == "llo"
    assert strings.right("hello", 0) == ""
    assert strings.right("hello", 9) == "hello"
    assert strings.middle("hello", 1, 3) == "ell"


def test_extract_between_texts() -> None:
    letters = "abcdefghij"
    assert extract(letters, "b", "e") == "cd"
    assert extract(letters, INCLUDED, "b", "e") == "bcd"
    assert extract(letters, "b", INCLUDED, "e") == "cde"
    assert extract(letters, "b", 3) == "cde"
    assert extract(letters, "x", "e") == extract(letters, "b", "x") == ""


def test_extract_from_the_end() -> None:
    path = "/home/toto/name.txt"
    assert extract(path, FROM_END, "/", FROM_END) == "name.txt"
    assert extract(path, FROM_END_INCLUDED, "/", FROM_END) == "/name.txt"
    assert extract(path, "/", FROM_END, "/") == "home/toto"
    assert extract(path, 0, FROM_END_INCLUDED, "/") == "/home/toto/"


def test_extract_wants_a_first_position() -> None:
    with pytest.raises(LispError, match="cannot use the first position in 'extract'"):
        extract("abc", FROM_END)


def test_join() -> None:
    assert strings.join(List([Symbol("a"), 1, "b"]), "/") == "a/1/b"
    assert strings.join(strings.split("a b", " "), "+") == "a+b"
    assert strings.join(Integers([1, 2])) == "12"
    assert strings.join({"a": 1, "b": 2}) == "a:1,b:2"
    with pytest.raises(LispError, match="'join' can only be used for lists"):
        strings.join(12)


def test_case_and_accents() -> None:
    assert strings.upper("été") == "ÉTÉ"
    assert strings.lower("ÉTÉ") == "été"
    assert strings.without_accents("été") == "ete"


def test_trimming() -> None:
    assert strings.trim("  a b \n") == "a b"
    assert strings.trim_left("  a ") == "a "
    assert strings.trim_right(" a  ") == " a"
    assert strings.trim_zeros("1.500") == "1.5"


def test_fill_and_padding() -> None:
    assert strings.repeated("ab", 3) == "ababab"
    assert strings.padded("7", "0", 3) == "700"
    assert strings.padded("long", "0", 2) == "long"


def test_code_points() -> None:
    assert text(strings.code_points("ab")) == "(97 98)"
    assert strings.character(233) == "é"
    assert text(strings.byte_values("é")) == "(195 169)"
    assert strings.byte_character(65) == b"A"


def test_formatted_numbers() -> None:
    assert strings.formatted(3.14159, "%.2f") == "3.14"
    assert strings.formatted(5, "%03ld") == "005"
    with pytest.raises(LispError):
        strings.formatted("x", "%d")
    with pytest.raises(LispError, match="wrong format"):
        strings.formatted(1, "%d %d")


def test_bases() -> None:
    assert strings.convert_in_base(36, 2) == "100100"
    assert strings.convert_in_base("ff", 16, True) == 255
    assert strings.convert_in_base(0, 2) == ""
    with pytest.raises(LispError):
        strings.convert_in_base("12", 2, True)


@pytest.mark.parametrize("number", [1, 35, 36, 61, 63, 64, 4095, -7])
@pytest.mark.parametrize("base", [2, 10, 36, 37, 64])
def test_a_number_written_in_a_base_reads_back(number: int, base: int) -> None:
    written = strings.convert_in_base(number, base)
    assert strings.convert_in_base(written, base, True) == number


def test_base_64() -> None:
    assert strings.to_base64("été") == "w6l0w6k="
    assert strings.from_base64("w6l0w6k=") == "été"
    with pytest.raises(LispError):
        strings.from_base64("!!")


def test_balanced_part() -> None:
    found = strings.balanced_part("x = f(a, (b)); g(c)", "(", ")")
    assert text(found) == '("(a, (b))" 5 13)'
    assert strings.balanced_part("f(a", "(", ")") is None
    assert strings.balanced_part('say "yes" now', '"', '"') is not None


def test_ngrams() -> None:
    assert text(strings.ngrams("abcd", 2)) == '("ab" "bc" "cd")'
    assert text(strings.ngrams("a", 2)) == "()"


def test_edit_distance() -> None:
    assert strings.edit_distance("kitten", "sitting") == 3
    assert strings.edit_distance("", "abc") == 3
    assert strings.edit_distance("same", "same") == 0


def test_explode_and_atom() -> None:
    assert text(strings.explode("ab")) == "(a b)"
    assert strings.atom("x") is Symbol("x")


def test_every_character_must_qualify() -> None:
    assert characters.is_lower("abc")
    assert not characters.is_lower("aBc")
    assert characters.is_upper("ÉT")
    assert characters.is_alpha("été")
    assert characters.is_digit("123")
    assert characters.is_punctuation("!?")
    assert characters.is_vowel("aé")
    assert characters.is_consonant("bc")
    assert characters.is_emoji("👍🏽")
    assert not characters.is_emoji("a")


@pytest.mark.parametrize(
    "predicate",
    [
        characters.is_lower,
        characters.is_upper,
        characters.is_alpha,
        characters.is_digit,
        characters.is_punctuation,
        characters.is_vowel,
        characters.is_consonant,
        characters.is_emoji,
    ],
)
def test_the_empty_text_never_qualifies(predicate: object) -> None:
    assert not predicate("")  # type: ignore[operator]


def test_prefix_and_suffix() -> None:
    assert strings.starts_with("hello", "he")
    assert not strings.ends_with("hello", "he")


# --- JSON ---------------------------------------------------------------------------------


def test_joined_bytes_are_characters() -> None:
    parts = [
        strings.byte_character(b) for b in (0xC3, 0xA9, 0x2D, 0xF0, 0x9F, 0x98, 0x80)
    ]
    assert strings.join(parts) == "é-😀"
    assert strings.join(["é".encode(), b"a"], "·") == "é·a"


def test_json_of_values() -> None:
    assert json_text.dumps({"a": List([1, "x", True])}) == '{"a":[1,"x",true]}'
    assert json_text.dumps(None) == "false"
    assert json_text.dumps(List()) == "[]"
    assert json_text.dumps({}) == "{}"
    assert json_text.dumps(Symbol("word")) == '"word"'
    assert json_text.dumps(Numbers([1, 2.5])) == "[1,2.5]"
    assert json_text.dumps("a\nb") == '"a\\nb"'


def test_json_of_a_cycle_ends() -> None:
    items = List([1])
    items.append(items)
    assert json_text.dumps(items) == '[1,"#inf"]'


def test_numbers_that_json_has_not_are_an_error() -> None:
    with pytest.raises(LispError):
        json_text.dumps(float("inf"))


def test_json_parse() -> None:
    parsed = json_text.parse('{"a": [1, 2], "b": [0.5], "c": null, "d": true}')
    assert text(parsed) == '{"a":(1 2) "b":(0.5) "c":nil "d":true}'
    assert isinstance(parsed, dict)
    assert isinstance(parsed["a"], Integers)
    assert isinstance(parsed["b"], Numbers)
    with pytest.raises(LispError, match="not a JSON text"):
        json_text.parse("{")


def test_json_dictionary() -> None:
    assert json_text.dictionary() == {}
    assert json_text.dictionary(["a", 1]) == {"a": 1}
