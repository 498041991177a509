"""The code blocks of the LispE PyTorch README, and the files that hold them.

``python tests/readme_blocks.py`` writes the files anew from ``tests/data/readme.md``.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "tests" / "data" / "readme.md"
EXAMPLES = ROOT / "examples" / "readme"

#: The LispE blocks by their number among all blocks of the README.
NAMES = {
    1: "typed_lists",
    2: "memory",
    3: "list_types",
    4: "sequences",
    5: "flash_attention",
    6: "text_generation",
    7: "tensor_operations",
    8: "rotary_embedding",
    11: "use_library",
    12: "quick_start",
    13: "text_processing",
    14: "llama_setup",
    15: "lora",
    17: "persistence",
    18: "quantization",
}

#: From this line on, the first block shows Python for comparison.
_PYTHON_HALF = b"\n; Python - "

_FENCE = re.compile(rb"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> dict[int, tuple[str, bytes]]:
    """Return the language and the content of every fenced block, by number from 1."""
    found = _FENCE.finditer(README.read_bytes())
    return {
        number: (match[1].decode(), match[2]) for number, match in enumerate(found, 1)
    }


def lisp_blocks() -> dict[str, bytes]:
    """Return the LispE blocks by the name of their example file, without suffix."""
    contents = blocks()
    result = {}
    for number, name in NAMES.items():
        content = contents[number][1]
        if number == 1:
            content = content[: content.index(_PYTHON_HALF) + 1]
        result[f"r{number:02}_{name}"] = content
    return result


def main() -> None:
    """Write every block to its example file."""
    for name, content in lisp_blocks().items():
        (EXAMPLES / f"{name}.lsp").write_bytes(content)


if __name__ == "__main__":
    main()
