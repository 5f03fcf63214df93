"""The pages over many reports, in scopes: pages that are made of the same.

Who makes a scope is handed what it is made of and nothing else, so that what was made of the same
before is the same now. What one report says stands on the front page, on those of its year, of
its department and of its project; the register tells of it in earlier years, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from pydantic import Base64Bytes

from builder.content import Summary, addresses, grouped
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.scoring import Profile
from builder.site.metadata import feed_of
from builder.site.pages import Pages
from builder.site.spanning import MAKERS, Made
from builder.theme import Theme
from builder.views import (
    Overview,
    PageView,
    RevisionView,
    RuleView,
    correction_pages,
    corrections,
    glossary,
    register_places,
    rules,
    site_view,
)

Kind = Literal["front", "year", "register", "kinds", "beside", "department"]
_WORDS: Mapping[Kind, str] = {
    "front": "首页", "year": "年度", "register": "年度偏差", "kinds": "年度同类指标",
    "beside": "年度比较", "department": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """Some pages, and all that they are made of beside what every page is made of.

    `key` is their year or department. `summaries` and `targets` are the reports and tables of
    targets that they tell of; `volumes` and `wides` as in `Spanned`; `places` say where in the
    register of a year a department begins; `feed` is the site path of the feed.
    """

    kind: Kind
    key: str
    summaries: tuple[Summary, ...]
    targets: tuple[Summary, ...] = ()
    volumes: tuple[tuple[str, int], ...] = ()
    wides: Mapping[str, Base64Bytes] = field(default_factory=dict)
    places: tuple[tuple[tuple[int, str], int], ...] = ()
    feed: str = ""
    has_corrections: bool = False

    @property
    def name(self) -> str:
        """What it is called before users."""
        return f"{self.key}{_WORDS[self.kind]}"

    def told(self) -> Iterator[bytes]:
        """What stands for all that is in it but what its reports and tables of targets say."""
        numbers = len(self.summaries), len(self.targets)
        rest = (
            self.kind, self.key, numbers, self.volumes, self.places, self.feed,
            self.has_corrections,
        )  # fmt: skip
        yield repr(rest).encode()
        for key, part in self.wides.items():
            yield key.encode() + sha256(part).digest()

    def make(self, theme: Theme, site: Site, profile: Profile, diagnostics: Diagnostics) -> Made:
        """The pages; `profile` is the site's default one."""
        shown = site_view(site, has_corrections=self.has_corrections)
        overview = Overview(
            shown, self.summaries, profile, self.volumes, self.targets,
            wides=self.wides, places=dict(self.places),
        )  # fmt: skip
        pages = Pages(theme, site, shown, diagnostics, self.feed)
        return MAKERS[self.kind](self.key, pages, overview)


@dataclass(frozen=True, slots=True)
class Common:
    """Some pages that tell of no figures: their name, what stands for all that they are made of,
    and how they are made."""

    name: str
    told: str
    make: Callable[[Diagnostics], Made]


@dataclass(frozen=True, slots=True)
class Spanned:
    """What all pages over many reports are made of.

    `summaries` are those of all public reports; `profile` is the site's default one; `volumes`
    are the bound ones, with their pages; `targets` are the tables of targets, and `wides` what
    each gives to that of its unit, by 编号; `used` are the rules that reports were scored by,
    `revised` is what was changed of reports after they had been public.
    """

    theme: Theme
    site: Site
    summaries: Sequence[Summary]
    profile: Profile
    volumes: Sequence[tuple[str, int]] = ()
    targets: Sequence[Summary] = ()
    wides: Mapping[str, bytes] = field(default_factory=dict)
    used: Sequence[RuleView] = ()
    revised: Sequence[tuple[Summary, RevisionView]] = ()


def overview_pages(spanned: Spanned, diagnostics: Diagnostics) -> Made:
    """Every page over many reports, the page for wrong addresses and the assets."""
    for scope in scopes(spanned):
        yield from scope.make(spanned.theme, spanned.site, spanned.profile, diagnostics)
    for common in commons(spanned):
        yield from common.make(diagnostics)


def scopes(spanned: Spanned) -> Iterator[Scope]:
    """The pages that tell of reports, by what they are made of; together each once."""
    return _Scopes(spanned).every()


def commons(spanned: Spanned) -> Iterator[Common]:
    """All other pages: what words mean, how scores come about, what was corrected."""
    feed, revised = _feed(spanned), spanned.revised
    shown = site_view(spanned.site, has_corrections=bool(revised))

    def words(diagnostics: Diagnostics) -> Made:
        pages = Pages(spanned.theme, spanned.site, shown, diagnostics, feed)
        terms, page = glossary(shown)
        yield from pages.page("glossary", page, glossary=terms)
        ruling, page = rules(shown, spanned.used)
        yield from pages.page("rules", page, rules=ruling)
        page = PageView(addresses.NOT_FOUND, f"没有这个页面 - {spanned.site.title}", "")
        yield from pages.page("notfound", page)
        yield from spanned.theme.assets()

    def corrected(diagnostics: Diagnostics) -> Made:
        pages = Pages(spanned.theme, spanned.site, shown, diagnostics, feed)
        told = correction_pages(*corrections(shown, revised)) if revised else ()
        for view, page in told:
            yield from pages.page("corrections", page, corrections=view)

    yield Common("名词和评分规则", repr((spanned.used, feed, bool(revised))), words)
    yield Common("更正", repr((revised, feed)), corrected)


def _feed(spanned: Spanned) -> str:
    told = [*(one for one in spanned.summaries if not one.is_planned), *spanned.targets]
    has_days = any(one.published or spanned.site.published for one in told)
    return feed_of(spanned.site) if has_days else ""


class _Scopes:
    def __init__(self, spanned: Spanned) -> None:
        self._all, self._feed = spanned, _feed(spanned)
        everything = sorted(spanned.summaries, key=lambda summary: summary.place)
        results = [summary for summary in everything if not summary.is_planned]
        self._everything = everything
        self._years = grouped(results, lambda s: s.year)
        self._targets = grouped(spanned.targets, lambda s: s.year)
        self._projects = grouped(results, lambda s: s.project)
        self._places = register_places({f"{year}": own for year, own in self._years.items()})

    def every(self) -> Iterator[Scope]:
        """The scopes of the site as a whole, of its years, of its departments."""
        spanned = self._all
        yield self._scope(
            "front", "", spanned.summaries, spanned.targets, volumes=tuple(spanned.volumes)
        )
        for year in sorted({*self._years, *self._targets}, reverse=True):
            yield from self._of_year(year)
        for name, members in grouped(self._everything, lambda s: s.department).items():
            projects = {one.project for one in members if not one.is_planned}
            elsewhere = [
                one
                for project in projects
                for one in self._projects[project]
                if one.department != name
            ]
            targets = [one for one in spanned.targets if one.department == name]
            places = tuple(sorted(at for at in self._places.items() if at[0][1] == name))
            yield self._scope("department", name, [*members, *elsewhere], targets, places=places)

    def _of_year(self, year: int) -> Iterator[Scope]:
        members, targets = self._years.get(year, ()), self._targets.get(year, ())
        volumes = tuple(one for one in self._all.volumes if one[0].startswith(f"{year}/"))
        yield self._scope("year", f"{year}", members, targets, volumes=volumes)
        if members:
            projects = {one.project for one in members}
            later = [
                one for project in projects for one in self._projects[project] if one.year > year
            ]
            yield self._scope("register", f"{year}", [*members, *later])
            yield self._scope("kinds", f"{year}", members)
            yield self._scope("beside", f"{year}", members)

    def _scope(
        self, kind: Kind, key: str, summaries: Sequence[Summary],
        targets: Sequence[Summary] = (), *, volumes: tuple[tuple[str, int], ...] = (),
        places: tuple[tuple[tuple[int, str], int], ...] = (),
    ) -> Scope:  # fmt: skip
        known = {one.id for one in targets}
        return Scope(
            kind, key, tuple(sorted(summaries, key=lambda summary: summary.place)), tuple(targets),
            volumes, {one: part for one, part in self._all.wides.items() if one in known}, places,
            self._feed, bool(self._all.revised),
        )  # fmt: skip
