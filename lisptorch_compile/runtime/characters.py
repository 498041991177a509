"""Tests on the characters of a text: all of them must qualify, and there must be one."""

from __future__ import annotations

import re
import string
import unicodedata

from lisptorch_compile.runtime.conversions import to_text
from lisptorch_compile.runtime.strings import without_accents


def is_lower(text: object) -> bool:
    """Tell whether every character is a small letter."""
    content = to_text(text)
    return bool(content) and all(character.islower() for character in content)


def is_upper(text: object) -> bool:
    """Tell whether every character is a capital letter."""
    content = to_text(text)
    return bool(content) and all(character.isupper() for character in content)


def is_alpha(text: object) -> bool:
    """Tell whether every character is a letter."""
    return to_text(text).isalpha()


def is_digit(text: object) -> bool:
    """Tell whether every character is a digit."""
    return to_text(text).isdigit()


def is_punctuation(text: object) -> bool:
    """Tell whether every character is a punctuation mark."""
    content = to_text(text)
    return bool(content) and all(
        c in string.punctuation or unicodedata.category(c).startswith("P")
        for c in content
    )


_VOWELS = frozenset("aeiouy")


def is_vowel(text: object) -> bool:
    """Tell whether every character is a vowel, accented or not."""
    content = without_accents(text).lower()
    return bool(content) and all(character in _VOWELS for character in content)


def is_consonant(text: object) -> bool:
    """Tell whether every character is a consonant, accented or not."""
    content = without_accents(text).lower()
    return bool(content) and all(
        character.isalpha() and character not in _VOWELS for character in content
    )


#: The blocks of pictures in Unicode, and what joins or varies them, as ranges of ``re``.
PICTURES = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff"
    "\u200d\ufe0f\u20e3"
)
_PICTURES = re.compile(f"[{PICTURES}]+")


def is_emoji(text: object) -> bool:
    """Tell whether every character belongs to an emoji."""
    return _PICTURES.fullmatch(to_text(text)) is not None
