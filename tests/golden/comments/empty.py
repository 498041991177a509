"""Compiled from empty.lsp by lisptorch-compile."""
