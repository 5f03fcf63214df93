"""The files of the index: scripts that hand themselves to `search.js` when they are loaded.

`core.js` has a fixed address and says in which folder the rest is: the folder is named by
what it holds, so that parts of two builds are never mixed in a browser's cache.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import accumulate
from typing import Any

import simplejson

from builder.content import Summary, addresses, grouped
from builder.model import TARGET
from builder.scoring import WHOLE, Rounding
from builder.site.search.amounts import amounts
from builder.site.search.facets import ORDERS, facets, order
from builder.site.search.index import Index, encode
from builder.site.search.passages import Passage
from builder.site.search.sounds import said
from builder.text import figure, to_plain

Entry = tuple[Summary, bytes]
"""A report with its `entry`."""


def search_files(entries: Iterable[Entry], rate: Rounding) -> Iterator[tuple[str, bytes]]:
    """All files of the index as site paths and bytes; each report comes with its `entry`.

    `rate` is how the site's default profile rounds a rate, as for `statistics`.
    """
    # As in tables of many reports; what a question finds equally well stays in this order.
    projects = list(_projects(sorted(entries, key=lambda entry: entry[0].place)))
    known = [(*entry, _told(entry[0], members)) for members in projects for entry in members]
    summaries = [summary for summary, _, _ in known]
    own = (text for one in summaries for text in (one.name, one.department, one.unit))
    names = [to_plain(text) for text in own]
    index, digest = Index(names), sha256()
    for _, packed, told in known:
        data = zlib.decompress(packed)
        digest.update(data + told.encode())
        index.add([Passage(*passage) for passage in simplejson.loads(data)["passages"]])
    shards = list(index.shards())
    firsts = accumulate((len(members) for members in projects[:-1]), initial=0)
    core = {
        "count": index.count,
        "bounds": [shard.first for shard in shards],
        "facets": facets(summaries),
        "projects": encode(list(firsts), index.count) if projects else "",
        "planned": TARGET,
        "whole": WHOLE,
    }
    years = grouped(summaries, lambda summary: summary.year)
    parts: list[tuple[str, Any]] = [
        ("pinyin", said(names)),
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
    for number, (_, packed, told) in enumerate(known):
        name = f"text/{number // 1000}/{number}"
        text = zlib.decompress(packed).decode().removesuffix("}")
        yield addresses.search_part(version, name), _script(name, f"{text},{told}")


def _projects(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """The years of each project together, the newest first; in the order of these.

    Two reports of one year are two projects, whatever they are called.
    """
    for members in grouped(entries, lambda entry: entry[0].project).values():
        is_one = len({summary.year for summary, _ in members}) == len(members)
        yield from [members] if is_one else ([entry] for entry in members)


def _told(summary: Summary, members: Sequence[Entry]) -> str:
    """The end of the object that is known of a report: its figures, in 万元 with every digit,
    as they count in sums; and the pages of its project's other years.
    """
    money = (_in_wan(amount) for amount in (summary.budget, summary.spent))
    points = (summary.rate, summary.total)
    figures = (*money, *(None if one is None else f"{one:f}" for one in points), summary.grade)
    years = {
        other.year: addresses.report_page(other.year, other.stem)
        for other, _ in members
        if other.id != summary.id
    }
    told = {
        "row": [summary.id, *(one or "" for one in figures)],
        **({"years": years} if years else {}),
    }
    return _json(told).removeprefix("{")


def _in_wan(yuan: Decimal | None) -> str | None:
    return None if yuan is None else figure(yuan.scaleb(-4).normalize(), 2)


def _json(data: Any) -> str:
    text: str = simplejson.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text


def _script(name: str, text: str) -> bytes:
    return f'jixiaoSearch.take("{name}",{text});\n'.encode()
