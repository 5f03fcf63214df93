"""The bound annual volume, written from the pages of the project PDFs.

In come summaries with the packed pages of their forms, out go the bytes of each volume, piece by
piece, and how many pages it has.
"""

from builder.compendium.book import Book, Press, books
from builder.compendium.order import Form
from builder.compendium.volume import Bound, bind

__all__ = ["Book", "Bound", "Form", "Press", "bind", "books"]
