"""The files of the index: scripts that hand themselves to `search.js` when they are loaded.

`core.js` has a fixed address and says in which folder the rest is: the folder is named by
what it holds, so that parts of two builds are never mixed in a browser's cache.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

import simplejson

from builder.content import Summary, addresses, grouped
from builder.model import TARGET
from builder.scoring import WHOLE, Rounding
from builder.site.search.amounts import amounts
from builder.site.search.facets import ORDERS, facets, order
from builder.site.search.index import Index
from builder.site.search.passages import Passage


def search_files(
    entries: Iterable[tuple[Summary, bytes]], rate: Rounding
) -> Iterator[tuple[str, bytes]]:
    """All files of the index as site paths and bytes; each report comes with its `entry`.

    `rate` is how the site's default profile rounds a rate, as for `statistics`.
    """
    # As in tables of many reports; what a question finds equally well stays in this order.
    known = sorted(entries, key=lambda entry: entry[0].place)
    summaries = [summary for summary, _ in known]
    index, digest = Index(), sha256()
    for _, packed in known:
        data = zlib.decompress(packed)
        digest.update(data)
        index.add([Passage(*passage) for passage in simplejson.loads(data)["passages"]])
    shards = list(index.shards())
    core = {
        "count": index.count,
        "bounds": [shard.first for shard in shards],
        "facets": facets(summaries),
        "planned": TARGET,
        "whole": WHOLE,
    }
    years = grouped(summaries, lambda summary: summary.year)
    parts: list[tuple[str, Any]] = [
        *((f"grams-{number}", shard.entries) for number, shard in enumerate(shards)),
        *((f"order-{name}", order(name, summaries)) for name in ORDERS),
        *((f"amounts-{year}", amounts(members, rate)) for year, members in years.items()),
    ]
    texts = [(name, _json(data)) for name, data in parts]
    for text in (_json(core), *(text for _, text in texts)):
        digest.update(text.encode())
    version = digest.hexdigest()[:8]
    yield addresses.SEARCH_CORE, _script("core", _json({"version": version, **core}))
    for name, text in texts:
        yield addresses.search_part(version, name), _script(name, text)
    for number, (_, packed) in enumerate(known):
        name = f"text/{number // 1000}/{number}"
        text = zlib.decompress(packed).decode()
        yield addresses.search_part(version, name), _script(name, text)


def _json(data: Any) -> str:
    text: str = simplejson.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text


def _script(name: str, text: str) -> bytes:
    return f'jixiaoSearch.take("{name}",{text});\n'.encode()
