"""By what a file is read: its scoring profile, and the layout of each stage of its year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.content.folder import Entry
from builder.content.settings import Settings
from builder.diagnostics import Diagnostics
from builder.home import YEAR
from builder.layouts import FundsBlock, Layout
from builder.model import SELF, STAGES, TARGET, Report, Stage, report_on
from builder.records import close_to
from builder.scoring import Profile
from builder.source import Source


@dataclass(frozen=True, slots=True)
class Rules:
    """By what a file is read. `form` is the layout of the self-evaluation, `targets` that of
    the targets, None where the profile has none whose levels are the same."""

    profile: Profile
    form: Layout
    targets: Layout | None
    stage: Stage
    is_approved: bool = False
    """Whether the file says of its targets that they were approved: their table is kept."""

    @property
    def layout(self) -> Layout:
        """The layout of the stage that the file is in."""
        return self.targets if self.stage == TARGET and self.targets else self.form

    @property
    def lacks_form(self) -> bool:
        """Whether the file is in a stage that its profile has no layout for."""
        return self.stage == TARGET and self.targets is None

    @property
    def beside(self) -> Layout | None:
        """The layout of the other stage."""
        return self.form if self.layout is self.targets else self.targets

    @property
    def record(self) -> type[Report]:
        """What the file holds."""
        whole = self.profile.is_whole
        keeps_targets = self.is_approved and self.stage != TARGET
        return report_on(
            self.layout, self.beside, self.stage, whole=whole, keeps_targets=keeps_targets
        )


def rules_of(
    found: Source, entry: Entry, settings: Settings, diagnostics: Diagnostics
) -> Rules | None:
    """What a file is read by, from its values as they are typed.

    The rules are those of its year: one that changes leaves earlier reports as they were.
    """
    values = found.value if isinstance(found.value, dict) else {}
    typed, named, said = (values.get(Report.label(name)) for name in ("year", "profile", "stage"))
    year = int(typed if isinstance(typed, str) and YEAR.fullmatch(typed) else entry.folder)
    if isinstance(named, str) and named.strip():
        at = found.spans.value((Report.label("profile"),))
        profile = settings.profiles.find(named.strip(), at, diagnostics, year)
    else:  # where the site's own is none, site.yaml has been told
        profile = settings.profiles.of(settings.site.profile, year)
    stage = _stage(said)
    rules = by_profile(profile, year, settings, stage) if profile else None
    is_approved = isinstance(values.get(Report.label("approval")), dict)
    return replace(rules, is_approved=is_approved) if rules else None


def _stage(said: object) -> Stage:
    """The stage that is typed, or the one that was likely meant: it is told, and nothing else is
    wrong with the file because of it."""
    meant = close_to(said, STAGES) if isinstance(said, str) else ()
    return next((stage for stage in STAGES if stage == said or stage in meant[:1]), SELF)


def by_profile(
    profile: Profile, year: int, settings: Settings, stage: Stage = SELF
) -> Rules | None:
    """What a report of a profile and year is read by; None where its layout is not there."""
    form = settings.layouts.of(profile.layout, year)
    targets = settings.layouts.of(profile.targets, year) if profile.targets else None
    return Rules(profile, form, _beside(form, targets), stage) if form else None


def _beside(form: Layout, targets: Layout | None) -> Layout | None:
    """A layout of targets as it stands beside a form of results, if the same file can be read
    by both.

    Amounts keep their unit through the year; a layout without funding rows, which many profiles
    share, has those of the form.
    """
    mine = form.indicators
    if targets is None or not mine.has_targets or mine.levels != targets.indicators.levels:
        return None
    funds = {name: getattr(targets.funds, name) for name in FundsBlock.model_fields}
    if not targets.funds.rows:
        rows = form.funds.rows.items()
        funds["rows"] = {name: row.model_copy(update={"columns": ()}) for name, row in rows}
        funds["open_rows"] = form.funds.open_rows
        funds["is_partial"] = form.funds.is_partial
    return targets.model_copy(
        update={"money_unit": form.money_unit, "funds": FundsBlock.model_construct(**funds)}
    )
