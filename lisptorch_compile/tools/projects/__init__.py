"""Building projects: what ``[tool.lisptorch]`` in a ``pyproject.toml`` asks for."""
