"""A short program for each special form and operator; what it becomes is compiled live."""

from __future__ import annotations

#: By the name that the catalogue gives the form.
EXAMPLES: dict[str, str] = {
    "setq": "(setq total (+ width height))",
}
