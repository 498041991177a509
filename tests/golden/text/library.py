"""Compiled from library.lsp by lisptorch-compile."""

import uuid

from lisptorch_compile.runtime import (
    Symbol,
    characters,
    lexers,
    parts,
    println,
    strings,
)

# What there is to do with texts.
println(
    Symbol("name"),
    str(12),
    chr(97).encode(),
    strings.byte_values("é"),
    strings.code_points("ab"),
    chr(955),
    strings.byte_character(65),
)
print(
    strings.formatted(3.14159, "%.2f"),
    strings.formatted(7, "%03d"),
    strings.fill_in("%1-%2", "x", 3),
)
print(strings.convert_in_base(36, 2), strings.convert_in_base("ff", 16, True))
print(
    strings.to_base64("LispE"),
    strings.from_base64(strings.to_base64("LispE")),
    len(str(uuid.uuid4())),
)
print("été".upper(), "ÉTÉ".lower(), strings.without_accents("été"))
print(
    "["
    + "  a ".strip()
    + "]["
    + "  a ".lstrip()
    + "]["
    + "  a ".rstrip()
    + "]"
    + strings.trim_zeros("1.500")
)
println(lexers.segment("x = 12.5+y"), lexers.segment_all("a b"))
println(
    strings.ngrams("abcd", 2),
    strings.balanced_part("f(a(b)c) d", "(", ")"),
    strings.edit_distance("kitten", "sitting"),
)
println("abc".startswith("ab"), "abc".endswith("ab"), "hello".replace("l", "x"))
print("hello"[:2], strings.right("hello", 3), strings.middle("hello", 1, 3))
print("ab" * 3, strings.padded("7", "0", 3), strings.join([Symbol("a"), 1, "b"], "/"))
println(
    characters.is_lower("ab"),
    characters.is_lower("aB"),
    characters.is_upper("AB"),
    characters.is_upper("Ab"),
    characters.is_alpha("ab"),
    characters.is_alpha("a1"),
)
println(
    characters.is_digit("12"),
    characters.is_digit("1a"),
    characters.is_punctuation(".,"),
    characters.is_punctuation("a"),
    characters.is_emoji("😀"),
    characters.is_emoji("a"),
)
println(
    characters.is_vowel("aei"),
    characters.is_vowel("b"),
    characters.is_consonant("bcd"),
    characters.is_consonant("a"),
)
println(
    strings.split("a,,b", ","), strings.split_all("a,,b", ","), strings.split(" a  b ")
)
print(
    parts.extract("abcdefghij", "b", "e"),
    parts.extract("/home/toto/name.txt", Symbol("-"), "/", Symbol("-")),
)
