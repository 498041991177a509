"""Where the documentation stands on the web, if whoever publishes it has said so."""

from __future__ import annotations

from functools import cache

_DISTRIBUTION = "lisptorch-compile"
#: The label of the address among the `[project.urls]` of the distribution.
_LABEL = "documentation"


def page_of_code(code: str) -> str | None:
    """Return the address of the page on a diagnostic, None where there is no site."""
    site = _site()
    return None if site is None else f"{site}/diagnostics/{code}/"


@cache
def _site() -> str | None:
    from importlib import metadata  # 20 ms: not for everybody who has made a mistake

    try:
        urls = metadata.metadata(_DISTRIBUTION).get_all("Project-URL") or []
    except metadata.PackageNotFoundError:  # it runs where it was unpacked
        return None
    for url in urls:
        label, _, address = url.partition(",")
        if label.strip().lower() == _LABEL:
            return str(address).strip().rstrip("/")
    return None
