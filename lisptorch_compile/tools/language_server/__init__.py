"""The language server: the services of ``tools.services`` as editors ask for them.

``documents.py`` keeps what is open, ``places.py`` turns offsets into positions and back,
``content.py`` words what is shown, ``server.py`` answers the protocol.
"""
