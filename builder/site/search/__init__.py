"""Search in Chinese without a server: an n-gram index in scripts that register themselves.

Engines that cut words lose Chinese results, because two of them never cut alike; and none
runs from a folder. Here a text is indexed by every two neighbouring characters, so that any
part of it is found. A browser loads only the shards a question needs, by `<script>`: that
works on a server under the strictest policy and from a USB stick alike.
"""

from builder.site.search.facets import AMOUNT_BANDS, RATE_BANDS
from builder.site.search.files import search_files
from builder.site.search.grams import fold
from builder.site.search.passages import Passage, entry, passages

__all__ = [
    "AMOUNT_BANDS",
    "RATE_BANDS",
    "Passage",
    "entry",
    "fold",
    "passages",
    "search_files",
]
