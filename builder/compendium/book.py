"""The forms of a year as one book, in one volume or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.compendium.letters import Letters
from builder.compendium.order import Chapter, Form, chapters, volumes
from builder.content import Settings, addresses
from builder.diagnostics import Diagnostics
from builder.pdf import Faces, Printer, PrintError, Sheaf
from builder.scoring import Profile
from builder.text import channels, readable
from builder.theme import Theme
from builder.views import ChartView, Overview, site_view

FOLDER, STYLE = "volume", "volume/volume.css"
COLOUR = "#9a2a22"


@dataclass(frozen=True)
class Press:
    """What every volume is set with."""

    settings: Settings
    theme: Theme
    faces: Faces
    diagnostics: Diagnostics

    @cached_property
    def letters(self) -> Letters:
        """For what the volume sets itself."""
        return Letters(self.faces)

    def printed(self, template: str, view: object) -> Sheaf:
        """What a template of the theme says. Raises PrintError."""
        name = f"{FOLDER}/{template}.html"
        text = self.theme.render(name, {"view": view}, self.diagnostics)
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
    """All volumes of one year; `preface` is the text of content/<year>/compendium.md.

    No book is another's equal, so that what is made of one can be kept by it.
    """

    year: int
    chapters: Sequence[Chapter]
    parts: Sequence[Sequence[Chapter]]
    drawings: Sequence[ChartView]
    preface: str
    press: Press

    @property
    def paths(self) -> list[str]:
        """Where the volumes are, in order."""
        return addresses.volumes(self.year, len(self.parts))

    @property
    def forms(self) -> list[Form]:
        """Every form in its order."""
        return [form for chapter in self.chapters for form in chapter.forms]

    @property
    def profile(self) -> Profile:
        """The site's own scoring profile."""
        settings = self.press.settings
        return settings.profiles.by_name[settings.site.profile]

    @cached_property
    def profiles(self) -> list[Profile]:
        """Every profile that a form of the year was scored by."""
        known = self.press.settings.profiles.by_name
        return [known[name] for name in dict.fromkeys(f.summary.profile for f in self.forms)]


def books(forms: Sequence[Form], press: Press, prefaces: Mapping[int, str]) -> list[Book]:
    """The book of every year, with the charts of the site."""
    settings = press.settings
    profile = settings.profiles.by_name[settings.site.profile]
    summaries = [form.summary for form in forms]
    overview = Overview(site_view(settings.site), summaries, profile)
    binding = settings.site.binding
    split = binding.split or ""
    found = []
    for year in map(int, overview.years):
        of_year = (form for form in forms if form.summary.year == year)
        ordered = chapters(of_year, apart=binding.forms_apart)
        pages = int(split) if split.isdecimal() else None
        parts = volumes(ordered, pages, by_department=split == "部门")
        drawings = overview.year(year)[0].statistics.charts
        found.append(Book(year, ordered, parts, drawings, prefaces.get(year, ""), press))
    return found
