"""Project PDFs: print HTML in, PDF bytes out; every file is both PDF/A-3a and PDF/UA-1.

The only door to WeasyPrint, with the theme's fonts. One `Printer` serves a whole process;
WeasyPrint is loaded with the first one, not before.
"""

from builder.pdf import fonts, identity, library
from builder.pdf.contract import About, Attachment, EndlessError, Part, PrintError
from builder.pdf.fonts import Face, Faces
from builder.pdf.printer import Printer
from builder.pdf.programs import Program
from builder.pdf.sheaf import FaceKey, FontUse, Leaf, Link, Sheaf, Structure

__all__ = [
    "About",
    "Attachment",
    "EndlessError",
    "Face",
    "FaceKey",
    "Faces",
    "FontUse",
    "Leaf",
    "Link",
    "Part",
    "PrintError",
    "Printer",
    "Program",
    "Sheaf",
    "Structure",
    "fonts",
    "identity",
    "library",
]
