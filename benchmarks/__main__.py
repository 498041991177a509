"""``make bench``: prints every ratio, and fails when one is over its limit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from benchmarks import (
    builds,
    classes,
    compile_speed,
    editing,
    everyday,
    generated_code,
    imports,
    model_loading,
    start_up,
    training_step,
    typed_lists,
    watching,
)
from benchmarks.pairing import Ratio

_PARTS: dict[str, Callable[[], Iterator[Ratio]]] = {
    "generated": generated_code.ratios,
    "everyday": everyday.ratios,
    "classes": classes.ratios,
    "typed": typed_lists.ratios,
    "compile": compile_speed.ratios,
    "start": start_up.ratios,
    "imports": imports.ratios,
    "build": builds.ratios,
    "editing": editing.ratios,
    "watch": watching.ratios,
    "models": model_loading.ratios,
    "training": training_step.ratios,
}


def main() -> int:
    """Run the named parts, or all of them."""
    chosen = sys.argv[1:] or list(_PARTS)
    failed = False
    print(
        f"{'ratio of ours to theirs':<44}   median    (min … max)   limit        ours"
    )
    for part in chosen:
        for ratio in _PARTS[part]():
            print(ratio, flush=True)
            failed = failed or not ratio.holds
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
