"""The bound annual volume, written from the pages of the project PDFs."""

from builder.compendium.book import Book, Press, books
from builder.compendium.order import Form
from builder.compendium.volume import Bound, bind

__all__ = ["Book", "Bound", "Form", "Press", "bind", "books"]
