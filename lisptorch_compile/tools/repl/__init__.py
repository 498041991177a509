"""The interactive session: `lisptorch repl`."""
