"""The commands of ``lisptorch``, each loaded when it is asked for."""
