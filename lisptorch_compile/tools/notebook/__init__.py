"""LispE in notebooks: the extension of IPython, and the kernel of Jupyter."""
