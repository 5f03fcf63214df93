"""Live preview: the site on the loopback interface, as up to date as the files on disk.

In come a content folder and a port, out go pages for browsers and problems for the terminal.
Nothing is written.
"""

from builder.serve.session import serve

__all__ = ["serve"]
