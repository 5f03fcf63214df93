"""How much of a file is read, and why so much.

The largest honest files are the tables of a whole prefecture with one indicator a row (5,000 rows
of 14 columns, 4 MiB unpacked) and .docx files of 30 forms with photographs (10 MiB). Everything
here is several times that, and small enough that a thousand hostile files are an annoyance.
"""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20

# Photographs make files large, tables do not.
FILE: Final = 32 * MIB
# Text, pasted or of a page: a thousand forms have 2 MiB, and every line may become a row.
TEXT: Final = 8 * MIB
# A tree of XML takes about ten times its bytes in memory.
PART: Final = 16 * MIB
# Tags of such a tree: a document of 300 forms has half of them.
TAGS: Final = 2_000_000
# Sheets and their texts are read row by row, and formats on all rows of a sheet take 110 MiB.
LONG_PART: Final = 160 * MIB
# A million rows, or half a million cells of six tags each.
LONG_TAGS: Final = 3_000_000
# What is unpacked of one file altogether.
UNPACKED: Final = 256 * MIB
# A million equal empty rows unpack to 250 times their size, deflate can do 1,032 times.
RATIO: Final = 500
# Below this no ratio is a danger.
SMALL: Final = MIB
# A workbook with 200 sheets, each with comments, drawing and print settings, has 1,200 parts.
PARTS: Final = 4_000
# Places on the grid of all tables together, empty ones as well.
PLACES: Final = 500_000
# Rows of all tables together: a thousand forms have 30,000, and each costs up to 2 ms further on.
ROWS: Final = 50_000
# A form has 100 merged cells.
MERGED: Final = 50_000
# Remarks about one file: nobody reads more, and a hostile file could ask for millions.
REMARKS: Final = 1_000
