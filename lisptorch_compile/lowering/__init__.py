"""Core nodes → the Python tree, by area; ``codegen`` drives them."""
