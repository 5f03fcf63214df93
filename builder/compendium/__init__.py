"""The bound annual volume, written from the pages of the project PDFs."""

from builder.compendium.book import Press, books
from builder.compendium.order import Form
from builder.compendium.volume import Bound, bind

__all__ = ["Bound", "Form", "Press", "bind", "books"]
