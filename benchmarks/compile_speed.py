"""Source to Python: our compiler against Hy's on an equivalent program of 10,000 lines."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from benchmarks.pairing import Ratio, paired
from lisptorch_compile.pipeline import Options, compile_text

_OURS = """\
; step {n} of the pipeline
(defun step_{n} (x y)
   (setq z (+ (* x {n}) (- y 2)))
   (setq names (list "alpha" "beta" "gamma"))
   (if (> z 10)
      (println "big" z)
      (println "small" z))
   (loop name names
      (println name (+ z 1)))
   (list z x y))
"""

_HY = """\
; step {n} of the pipeline
(defn step_{n} [x y]
   (setv z (+ (* x {n}) (- y 2)))
   (setv names ["alpha" "beta" "gamma"])
   (if (> z 10)
      (print "big" z)
      (print "small" z))
   (for [name names]
      (print name (+ z 1)))
   [z x y])
"""


def ratios() -> Iterator[Ratio]:
    """Yield our time over Hy's, then the cost of each of our options."""
    ours = "".join(_OURS.format(n=n) for n in range(1000))
    few = "".join(_OURS.format(n=n) for n in range(100))
    theirs = "".join(_HY.format(n=n) for n in range(1000))
    bare = _compiler(ours, Options(format=False, self_check=False))
    checked = _compiler(ours, Options(format=False))
    hy2py = _hy2py(theirs)
    if hy2py is not None:
        yield paired(
            "10,000 lines, no black : hy2py", checked, hy2py, limit=0.4, rounds=5
        )
    yield paired("10,000 lines with : without self-check", checked, bare, rounds=5)
    tenth = _compiler(few, Options(format=False))
    yield paired("10,000 : 1,000 lines", checked, tenth, limit=12, rounds=5)


def _compiler(text: str, options: Options) -> Callable[[], None]:
    def run() -> None:
        result = compile_text(text, filename="steps.lsp", options=options)
        assert result.python is not None, result.diagnostics[:3]

    return run


def _hy2py(text: str) -> Callable[[], None] | None:
    """Return a run of what ``hy2py`` does; None when Hy is not installed."""
    try:
        import hy
        from hy.compiler import hy_compile
    except ImportError:
        print("Hy is not installed (pip install hy): its ratio is left out")
        return None

    def run() -> None:
        tree = hy_compile(hy.read_many(text), __name__)
        assert ast.unparse(tree)

    return run
