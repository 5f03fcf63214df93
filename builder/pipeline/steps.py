"""The steps of a build as a table: what goes into each, and what comes out.

A step is a function of what its row names and of nothing else: it is handed no more than that, and
what it came to is kept under a digest of it (`builder.cache`). Whoever wants a step to depend on
something more has to write that into the row.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from builder.cache import digest
from builder.content import Settings
from builder.pdf import library
from builder.theme import Theme

_HERE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Load:
    """What the steps of one report are made of, beside what all reports share.

    `data` are the bytes of its file; `years` the summaries of its project and `revisions` its own,
    both packed.
    """

    file: str
    folder: str
    stem: str
    data: bytes
    years: bytes = b""
    revisions: bytes = b""
    has_corrections: bool = False

    def only(self, names: frozenset[str]) -> Load:
        """The same with nothing in it but what is named."""
        blank = {one.name: type(getattr(self, one.name))() for one in fields(self)}
        return replace(self, **{name: blank[name] for name in blank.keys() - names})


@dataclass(frozen=True, slots=True)
class Step:
    """One row: what of all that is shared goes into it, what of a report, and which files come out
    (as a pattern of their paths). `words` is what it is called before users."""

    name: str
    words: str
    shares: frozenset[str]
    takes: frozenset[str] = frozenset()
    makes: str = ""

    def key(self, shared: Mapping[str, bytes], made_of: Mapping[str, bytes]) -> str:
        """The name of what it makes: the digest of what all share, and of what stands for the rest
        of what it takes, by the names of this row."""
        of_all = [shared[name] for name in sorted(self.shares)]
        return digest([self.name.encode(), *of_all, *(made_of[name] for name in sorted(made_of))])

    def is_maker_of(self, path: str) -> bool:
        """Whether a file of the output is its work."""
        return bool(self.makes) and re.fullmatch(self.makes, path) is not None


_FILE = frozenset({"file", "folder", "stem", "data"})
_REPORT = r"[0-9]{4}/(?!(?:indicators|deviations|targets)/)[^/]+/(?:(?:targets|review)/)?"

FIND = Step("find", "检查", frozenset({"tool", "settings", "release"}), _FILE)
HISTORY = Step("history", "修订记录", frozenset({"tool", "settings"}))
RENDER = Step(
    "render", "网页和数据", frozenset({"tool", "settings", "theme", "pdf"}),
    _FILE | {"years", "revisions", "has_corrections"},
    _REPORT + r"(?:index\.html|report\.json|[^/]+\.yaml)",
)  # fmt: skip
PRINT = Step(
    "print", "PDF", frozenset({"tool", "settings", "theme", "engine"}), _FILE | {"revisions"},
    _REPORT + r"[^/]+\.pdf",
)  # fmt: skip
_SITE = frozenset({"tool", "settings", "theme"})
_YEAR = r"[0-9]{4}/"
_FOLDERS = "departments|projects|compare|search|glossary|rules|corrections"
SPAN = Step(
    "span", "各页面", _SITE, frozenset({"file", "data"}), makes=(
        rf"(?:index|404)\.html|(?:{_FOLDERS})/(?:.+/)?[^/]+\.html|compare/.+\.js|assets/.+|"
        + _YEAR + r"(?:[^/]+\.html|(?:indicators|deviations|targets)/.+\.(?:html|js))"
    ),
)  # fmt: skip
SEARCH = Step("search", "搜索", _SITE, makes=r"search/.+\.js")
DATA = Step(
    "data", "数据文件", frozenset({"tool", "settings"}), makes=r"data/.+\.(?:csv|json|xlsx)"
)
BIND = Step("bind", "汇编", _SITE | {"engine"}, makes=_YEAR + r"(?:targets/)?[^/]+\.pdf")
TELL = Step("tell", "数据页、站点地图和订阅", frozenset(), makes=(
    r"data/index\.html|sitemap[^/]*\.xml|robots\.txt|feed\.xml|SHA256SUMS"
))  # fmt: skip
COPY = Step("copy", "佐证材料", frozenset(), makes=_YEAR + r"[^/]+/evidence/.+")
GONE = Step("gone", "已撤回的页面", frozenset(), makes=_REPORT + r"index\.html")
TABLE = (FIND, HISTORY, RENDER, PRINT, SPAN, SEARCH, DATA, BIND, TELL, COPY, GONE)
"""All steps. The last three are quicker done than looked for, and done each time."""


def shared(
    settings: Settings, theme: Theme | None, *, release: bool, pdf: bool
) -> Mapping[str, bytes]:
    """What all reports share, by the names that the table uses. Raises OutputError where PDFs are
    asked for and the system lacks what prints."""
    rules = [settings.source] if settings.source else []
    texts = [(file.file, file.text) for file in (*rules, *settings.own)]
    own = [text for pair in sorted(texts) for text in pair]
    engine = library.versions() if pdf else {}
    return {
        "tool": tool(),
        "settings": digest(text.encode() for text in (*own, settings.site.address or "")).encode(),
        "theme": theme.digest.encode() if theme else b"",
        "release": b"1" if release else b"",
        "pdf": b"1" if pdf else b"",
        "engine": repr(sorted(engine.items())).encode(),
    }


@cache
def tool() -> bytes:
    """What this program is: its own files, the Python that runs it, the libraries it finds."""
    found = sha256(sys.version.encode())
    for path in sorted(_HERE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.relative_to(_HERE).as_posix().encode() + b"\0")
            found.update(sha256(path.read_bytes()).digest())
    for one in sorted(f"{d.name} {d.version}" for d in distributions()):
        found.update(one.encode() + b"\n")
    return found.hexdigest().encode()
