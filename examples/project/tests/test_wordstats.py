"""The package works, however it came here: compiled, or through the import hook."""

from __future__ import annotations

import wordstats


def test_words_are_counted_in_their_order() -> None:
    found = wordstats.lines("The cat and the dog")
    assert list(found) == ["and: 1", "cat: 1", "dog: 1", "the: 2"]
