"""A small valid report, and all that the builder says about a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from builder import content, source
from builder.checks import check
from builder.content import Entry, Settings, report_labels
from builder.diagnostics import Diagnostic, Diagnostics
from builder.layouts import Layout
from builder.scoring import Document, Profiles
from builder.starter import empty_form

YEAR = "2024"
FILE = f"content/{YEAR}/case.yaml"
GOOD = (Path(__file__).parents[1] / "data" / "report.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was said about a file, and what it was understood to be."""

    found: list[Diagnostic]
    document: Document | None

    @property
    def codes(self) -> list[str]:
        """The codes, in the order of their places."""
        return [diagnostic.rule.code for diagnostic in self.found]

    @property
    def places(self) -> list[tuple[str, int, int]]:
        """Code, line and column of each finding."""
        return [(d.rule.code, d.span.line, d.span.column) for d in self.found]


@cache
def settings() -> Settings:
    """The settings of a site that says nothing; the built-in rules decode without a word."""
    diagnostics = Diagnostics()
    found = content.understand_settings(None, {}, diagnostics)
    assert not list(diagnostics)
    return found


def changed_rules(kind: str, text: str, name: str = "上海市级") -> Settings:
    """The settings of a site that has its own profile or layout instead of a built-in one."""
    path, diagnostics = f"{kind}/{name}.yaml", Diagnostics()
    whole = f"基于: {name}\n名称: {name}\n{text}\n"
    own = source.parse(whole, path, content.RULE_LABELS, diagnostics)
    found = content.understand_settings(None, {path: own}, diagnostics)
    assert not list(diagnostics)
    return found


def profiles() -> Profiles:
    """The built-in profiles."""
    return settings().profiles


def layout_of(profile: str) -> Layout:
    """The layout of a built-in profile."""
    return settings().layouts.by_name[profiles().by_name[profile].layout]


def blank(profile: str, *, is_default: bool = True) -> str:
    """An empty form under a built-in profile."""
    rule = profiles().by_name[profile]
    return empty_form(rule, layout_of(profile), int(YEAR), is_default=is_default)


def examine(
    text: str | Path,
    *,
    release: bool = False,
    review_required: bool = False,
    known: Settings | None = None,
) -> Finding:
    """Read, decode, score and check a report: the text of one, or a file of `content/2024`."""
    diagnostics = Diagnostics()
    entry = Entry(text if isinstance(text, Path) else Path(FILE), FILE, YEAR, "case")
    if isinstance(text, Path):
        found = content.read(entry, diagnostics)
    else:
        found = source.parse(text, FILE, report_labels(), diagnostics)
    document = content.make_out(found, entry, known or settings(), diagnostics)
    if document:
        check(document, diagnostics, release=release, review_required=review_required)
        listed = tuple(content.listings(document))
        content.evidence(entry, listed, diagnostics)
        materials = content.Materials()
        look = partial(content.on_disk, entry.path.parent)
        materials.take(content.looked_at(listed, look))
        materials.tell(diagnostics)
    return Finding(list(diagnostics), document)


def changed(*changes: tuple[str, str]) -> str:
    """The valid report with each text replaced, which must stand in it exactly once."""
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
