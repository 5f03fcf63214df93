"""The forms of a year as one book, in one volume or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from builder.compendium.bars import loss_bars, money_bars
from builder.compendium.drawing import Drawing
from builder.compendium.letters import Letters
from builder.compendium.order import Chapter, Form, chapters, volumes
from builder.compendium.totals import Totals
from builder.content import Settings, Summary, addresses, grouped
from builder.diagnostics import Diagnostics
from builder.model import SELF, TARGET, Stage
from builder.pdf import Faces, Printer, PrintError, Sheaf
from builder.scoring import Profile
from builder.text import channels, readable
from builder.theme import Theme
from builder.views import ChartView, ListingView, Overview, courses, site_view

FOLDER, STYLE = "volume", "volume/volume.css"
COLOUR = "#1f4d78"


@dataclass(frozen=True)
class Press:
    """What every volume is set with."""

    settings: Settings
    theme: Theme
    faces: Faces
    diagnostics: Diagnostics

    def printed(self, template: str, view: object, title: str) -> Sheaf:
        """What a template of the theme says, under that title. Raises PrintError."""
        name = f"{FOLDER}/{template}.html"
        text = self.theme.render(name, {"view": view, "title": title}, self.diagnostics)
        if text is None:
            raise PrintError(name)
        return self.printer.sheaf(text)

    @cached_property
    def printer(self) -> Printer:
        """Sets what the theme's templates say."""
        path = self.theme.find(STYLE)
        if path is None:
            raise PrintError(STYLE)
        css = path.read_text(encoding="utf-8") + f":root {{ --brand: {self._colour} }}"
        return Printer(css, self.faces, (path.parent,))

    @property
    def colour(self) -> bytes:
        """The main colour as PDF has it: `r g b`."""
        return b" ".join(b"%.3f" % (shade / 255) for shade in channels(self._colour))

    @property
    def _colour(self) -> str:
        return readable(self.settings.site.colour or COLOUR)


@dataclass(frozen=True, eq=False)
class Book:
    """All volumes of one year, of its forms or of its tables of targets.

    `preface` is the text of content/<year>/compendium.md, which speaks of results. No book is
    another's equal, so that what is made of one can be kept by it.
    """

    year: int
    chapters: Sequence[Chapter]
    parts: Sequence[Sequence[Chapter]]
    drawings: Sequence[Drawing]
    preface: str
    press: Press
    stage: Stage = SELF

    @cached_property
    def letters(self) -> Letters:
        """For what its volumes set themselves: their fonts hold nothing that other books used."""
        return Letters(self.press.faces)

    @property
    def paths(self) -> list[str]:
        """Where the volumes are, in order."""
        return addresses.volumes(self.year, len(self.parts), self.stage)

    @property
    def is_planned(self) -> bool:
        """Whether its forms are tables of targets."""
        return self.stage == TARGET

    @property
    def published(self) -> date | None:
        """When it was published: of targets, when the last of them was."""
        usual = self.press.settings.site.published
        days = [day for summary in self.summaries if (day := summary.published)]
        return max(days, default=usual) if self.is_planned else usual

    @property
    def forms(self) -> list[Form]:
        """Every form in its order."""
        return [form for chapter in self.chapters for form in chapter.forms]

    @property
    def summaries(self) -> list[Summary]:
        """Those of all forms, in their order."""
        return [form.summary for form in self.forms]

    @cached_property
    def totals(self) -> Totals:
        """What its forms come to."""
        return Totals(self.summaries, self.profile, planned=self.is_planned)

    @property
    def profile(self) -> Profile:
        """The site's own scoring profile."""
        settings = self.press.settings
        return settings.profiles.by_name[settings.site.profile]


def books(forms: Sequence[Form], press: Press, prefaces: Mapping[int, str]) -> list[Book]:
    """The books of every year: one of its forms, with the charts of the site, and one of its
    tables of targets."""
    settings = press.settings
    profile = settings.profiles.by_name[settings.site.profile]
    summaries = [form.summary for form in forms if not form.summary.is_planned]
    overview = Overview(site_view(settings.site), summaries, profile)
    binding = settings.site.binding
    split = binding.split or ""
    found = []
    by_book = grouped(forms, lambda form: (form.summary.year, form.summary.is_planned))
    for year, is_planned in sorted(by_book, key=lambda key: (-key[0], key[1])):
        ordered = chapters(by_book[year, is_planned], apart=binding.forms_apart)
        pages = int(split) if split.isdecimal() else None
        parts = volumes(ordered, pages, by_department=split == "部门")
        if is_planned:
            found.append(Book(year, ordered, parts, (), "", press, TARGET))
            continue
        past = [summary for summary in overview.reports if summary.year <= year]
        drawings = _drawings(overview.year(year)[0], courses(past, profile))
        found.append(Book(year, ordered, parts, drawings, prefaces.get(year, ""), press))
    return found


def _drawings(view: ListingView, past: Sequence[ChartView]) -> list[Drawing]:
    """The pictures of a year in the order of its page, and behind its money the years up to it."""
    drawn = view.pictures
    money = [money_bars(drawn.money)] if drawn.money else []
    lost = [loss_bars(drawn.losses)] if drawn.losses else []
    causes = [drawn.causes] if drawn.causes else []
    return [*money, *past, *lost, *causes, *view.statistics.charts]
