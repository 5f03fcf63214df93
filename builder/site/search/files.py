"""The files of the index: scripts that hand themselves to `search.js` when they are loaded.

`core.js` has a fixed address. Every other part is named by a digest of what it holds: one that
does not change keeps its address, and parts of two builds are never mixed in a browser's cache.
Of shards and texts there are many: `core.js` names lists that name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

import simplejson

from builder.content import Summary, addresses, grouped
from builder.model import TARGET
from builder.scoring import WHOLE, Rounding
from builder.site.search.amounts import amounts
from builder.site.search.facets import ORDERS, facets, order, place, shared
from builder.site.search.index import Index, encode
from builder.site.search.parting import parted
from builder.site.search.passages import unpack
from builder.site.search.sounds import said
from builder.text import figure, to_plain

DIGITS = 8  # of a digest; more where two parts would have the same
LIST = {"least": 16, "most": 48}  # shards that are named together
PAGE = 32  # texts that are named together

Entry = tuple[Summary, bytes]
"""A report with its `entry`."""
Projects = Mapping[str, Sequence[Summary]]
"""The years of the project of each report, the newest first, by the report's 编号."""


def search_files(entries: Iterable[Entry], rate: Rounding) -> Iterator[tuple[str, bytes]]:
    """All files of the index as site paths and bytes; each report comes with its `entry`.

    `rate` is how the site's default profile rounds a rate, as for `statistics`.
    """
    known = _numbered(entries)
    summaries = [summary for summary, _ in known]
    projects = _projects(summaries)
    own = (text for one in summaries for text in (one.name, one.department, one.unit))
    names = [to_plain(text) for text in own]
    index, texts = Index(names), list[str]()
    for summary, packed in known:
        report = unpack(packed)
        texts.append(_digest(_text(report.data, summary, projects)))
        index.add(report)
    texts, parts = _short(texts), _Parts()
    found = facets(summaries)
    core = {
        "count": index.count,
        "shared": shared(found),
        "facets": found,
        **_belonging(summaries, projects),
        "planned": TARGET,
        "whole": WHOLE,
        "parts": {
            name: parts.add(name, [held])[0] for name, held in _columns(summaries, names, rate)
        },
        "grams": _add_grams(parts, index),
        "page": PAGE,
        "texts": "".join(parts.add("texts", [
            "".join(texts[at : at + PAGE]) for at in range(0, len(texts), PAGE)
        ])),
    }  # fmt: skip
    yield addresses.SEARCH_CORE, _script("core", _json(core))
    yield from parts.files
    for (summary, packed), digest in zip(known, texts, strict=True):
        text = _text(unpack(packed).data, summary, projects)
        yield _file(f"text/{digest[:2]}/{digest[2:]}", text)


def _numbered(entries: Iterable[Entry]) -> list[Entry]:
    """Reports in the order of their numbers: those of one 项目编码, or one file name, together,
    the newest year first. Neither figures nor names decide: who changes them moves no number.
    """
    found = grouped(entries, lambda entry: entry[0].code or entry[0].stem)
    newest = {key: max(summary.year for summary, _ in own) for key, own in found.items()}

    def number(entry: Entry) -> tuple[int, str, int, str]:
        summary, _ = entry
        key = summary.code or summary.stem
        return -newest[key], key, -summary.year, summary.stem

    return sorted((entry for own in found.values() for entry in own), key=number)


def _projects(summaries: Iterable[Summary]) -> Projects:
    """Two reports of one year are two projects, whatever they are called."""
    found: dict[str, Sequence[Summary]] = {}
    for members in grouped(summaries, lambda summary: summary.project).values():
        is_one = len({summary.year for summary in members}) == len(members)
        for summary in members:
            found[summary.id] = members if is_one else [summary]
    return found


def _belonging(summaries: Sequence[Summary], projects: Projects) -> dict[str, Any]:
    """The numbers that are the newest of their project, to which those behind belong; and of
    which project others are."""
    numbers = {summary.id: number for number, summary in enumerate(summaries)}
    firsts = [numbers[projects[summary.id][0].id] for summary in summaries]
    elsewhere, last = dict[int, int](), 0
    for number, first in enumerate(firsts):
        last = number if first == number else last
        if first != last:
            elsewhere[number] = first
    return {"projects": encode(sorted(set(firsts)), len(firsts)), "elsewhere": elsewhere}


def _columns(
    summaries: Sequence[Summary], names: Iterable[str], rate: Rounding
) -> Iterator[tuple[str, Any]]:
    """The parts that only some questions need, by their names."""
    yield "pinyin", said(names)
    for name in ORDERS:
        yield f"order-{name}", order(name, summaries)
    for year, members in grouped(summaries, lambda summary: summary.year).items():
        yield f"place-{year}", place(members)
        placed = sorted(members, key=lambda summary: summary.place)
        yield f"amounts-{year}", amounts(placed, rate)


class _Parts:
    """Parts of the index as files."""

    def __init__(self) -> None:
        self.files: list[tuple[str, bytes]] = []

    def add(self, kind: str, parts: Iterable[Any]) -> list[str]:
        """Name parts by what they hold; their digests."""
        texts = [_json(part) for part in parts]
        digests = _short([_digest(text) for text in texts])
        for digest, text in zip(digests, texts, strict=True):
            self.files.append(_file(f"{kind}/{digest}", text))
        return digests


def _add_grams(parts: _Parts, index: Index) -> dict[str, Any]:
    """Shards and the lists that name them; the list of these."""
    shards = list(index.shards())
    digests = parts.add("grams", [shard.entries for shard in shards])
    named = list(zip([shard.first for shard in shards], digests, strict=True))
    lists = list(parted(named, lambda _: 1, lambda one: one[0], **LIST))
    digests = parts.add("lists", [_listed(one) for one in lists])
    return _listed([(one[0][0], digest) for one, digest in zip(lists, digests, strict=True)])


def _listed(named: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Parts by their first grams, with their digests."""
    return {
        "bounds": [first for first, _ in named],
        "digests": "".join(digest for _, digest in named),
    }


def _text(data: str, summary: Summary, projects: Projects) -> str:
    """What is known of a report: its `entry`, then its figures in 万元 with every digit, as they
    count in sums, and the pages of its project's other years.
    """
    money = (_in_wan(amount) for amount in (summary.budget, summary.spent))
    points = (summary.rate, summary.total)
    figures = (*money, *(None if one is None else f"{one:f}" for one in points), summary.grade)
    years = {
        other.year: addresses.report_page(other.year, other.stem)
        for other in projects[summary.id]
        if other.id != summary.id
    }
    told = {
        "row": [summary.id, *(one or "" for one in figures)],
        **({"years": years} if years else {}),
    }
    return f"{data.removesuffix('}')},{_json(told).removeprefix('{')}"


def _in_wan(yuan: Decimal | None) -> str | None:
    return None if yuan is None else figure(yuan.scaleb(-4).normalize(), 2)


def _json(data: Any) -> str:
    text: str = simplejson.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _short(digests: Sequence[str]) -> list[str]:
    """As many digits of each as tell all of them apart."""
    many, length = len(set(digests)), DIGITS
    while len({digest[:length] for digest in digests}) < many:
        length += 1
    return [digest[:length] for digest in digests]


def _file(name: str, text: str) -> tuple[str, bytes]:
    return addresses.search_part(name), _script(name, text)


def _script(name: str, text: str) -> bytes:
    return f'jixiaoSearch.take("{name}",{text});\n'.encode()
