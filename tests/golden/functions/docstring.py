"""Compiled from docstring.lsp by lisptorch-compile."""


# What `help` shows.
def area(width, height):
    """The area of a rectangle."""
    return width * height


print(area(2, 3))
