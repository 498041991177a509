"""Compiled from only.lsp by lisptorch-compile."""

# Nothing but a comment

# and another one
