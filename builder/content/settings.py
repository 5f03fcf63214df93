"""What holds for every report: the site's settings, the scoring profiles and the layouts.

content/site.yaml  content/profiles/*.yaml  content/layouts/*.yaml
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from functools import cache
from pathlib import Path

from builder.content.names import shown
from builder.diagnostics import Diagnostics, catalogue
from builder.home import SITE
from builder.layouts import FUNDS, LAYOUTS, Layout, Layouts
from builder.model import TOTAL_ROW, Site, is_in_bounds, labels, names_are_free
from builder.records import FOR_EVER, decode, own_files, shelf
from builder.scoring import PROFILES, Profile, Profiles
from builder.source import Source, read
from builder.text import PAPER, contrast, readable

LABELS = labels()
RULES = {"profiles": PROFILES, "layouts": LAYOUTS}
"""The folders of a site's own rules, with what is in them."""
RULE_LABELS = PROFILES.labels | LAYOUTS.labels


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every report. `source` is site.yaml, if there is one."""

    site: Site
    profiles: Profiles
    layouts: Layouts
    source: Source | None

    @property
    def own(self) -> tuple[Source, ...]:
        """The site's own files of rules."""
        return *self.profiles.own, *self.layouts.own

    @property
    def profile(self) -> Profile:
        """The profile that the site names as its default."""
        return self.profiles.by_name[self.site.profile]


def settings(content: Path, diagnostics: Diagnostics) -> Settings:
    """Read site.yaml (every key is optional, and so is the file), profiles and layouts."""
    own = {
        f"{folder}/{name}": file
        for folder in RULES
        for name, file in own_files(content / folder, RULE_LABELS, diagnostics).items()
    }
    path, found = content / SITE, None
    if path.exists() or path.is_symlink():
        found = read(path, shown(path, content), LABELS, diagnostics)
    return understand_settings(found, own, diagnostics)


def understand_settings(
    found: Source | None, own: Mapping[str, Source], diagnostics: Diagnostics
) -> Settings:
    """The settings in site.yaml, if there is one, and in the site's own rules, by their paths
    (`profiles/本区.yaml`)."""
    profiles, layouts = (
        {Path(path).stem: file for path, file in own.items() if path.startswith(f"{folder}/")}
        for folder in RULES
    )
    known = shelf(replace(LAYOUTS, is_sound=_is_sound), layouts, diagnostics)
    rules = shelf(PROFILES, profiles, diagnostics)
    for profile in profiles.values():
        _tell_unknown_layout(profile, known, diagnostics)
        _tell_unfit_layouts(profile, rules, known, diagnostics)
    if own:
        _tell_unknown_denominators(rules, known, diagnostics)
    site = decode(found, Site, diagnostics) if found else None
    if site and found:
        rules.find(site.profile, found.spans.value(("评分规则",)), diagnostics)
        if site.colour and readable(site.colour) != site.colour:
            ratio = contrast(site.colour, PAPER).quantize(Decimal("0.01"), ROUND_DOWN)
            at = found.spans.value((Site.label("colour"),))
            diagnostics.report(
                catalogue.PALE_COLOUR, at,
                value=site.colour, ratio=ratio, mended=readable(site.colour),
            )  # fmt: skip
    return Settings(site or Site.model_validate({}), rules, known, found)


def _is_sound(layout: Layout, text: Source, diagnostics: Diagnostics) -> bool:
    """Whether reports can be read and printed by it; what stands in the way is reported, but
    not what only follows from it."""
    looks = (names_are_free, is_in_bounds, LAYOUTS.is_sound)
    return all(look(layout, text, diagnostics) for look in looks)


def _tell_unknown_layout(own: Source, known: Layouts, diagnostics: Diagnostics) -> None:
    for key in map(Profile.label, ("layout", "targets", "review")):
        named = own.value.get(key) if isinstance(own.value, dict) else None
        if isinstance(named, str):
            known.find(named, own.spans.value((key,)), diagnostics)


def _tell_unfit_layouts(
    own: Source, rules: Profiles, known: Layouts, diagnostics: Diagnostics
) -> None:
    """Tell of forms of other stages that a profile names and that no file of it can be read by:
    with other levels than its own form, or of targets with results."""
    profile = rules.by_stem.get(Path(own.file).stem)
    form = known.by_name.get(profile.layout) if profile else None
    for label in map(Profile.label, ("targets", "review")) if form else ():
        named = own.value.get(label) if isinstance(own.value, dict) else None
        layout = known.by_name.get(named) if isinstance(named, str) else None
        if form is None or layout is None:
            continue
        if layout.indicators.levels != form.indicators.levels:
            problem = f"的一级、二级指标与版式“{form.name}”不同"
        elif label == Profile.label("targets") and layout.indicators.has_results:
            problem = "有“实际完成值”一列"
        else:
            continue
        at = own.spans.value((label,))
        diagnostics.report(
            catalogue.UNFIT_LAYOUT, at, label=label, name=layout.name, problem=problem
        )


def _tell_unknown_denominators(rules: Profiles, known: Layouts, diagnostics: Diagnostics) -> None:
    """Tell of profiles whose 分母 is no amount of their layout, in a year that both hold for: at
    the profile, or at the site's own layout that has no such amount any more."""
    own = {Path(file.file).stem: file for file in rules.own}
    layouts = {Path(file.file).stem: file for file in known.own}
    for versions in rules.versions.values():
        ends = (*(version.since or 0 for version in versions[1:]), FOR_EVER)
        for profile, end in zip(versions, ends, strict=True):
            name = profile.execution.denominator
            for layout in _met(profile, end, known):
                file = own.get(profile.stem) or layouts.get(layout.stem)
                if file and name not in layout.funds.amounts:
                    at = file.spans.value(("预算执行", "分母") if profile.stem in own else (FUNDS,))
                    rule = catalogue.UNKNOWN_DENOMINATOR
                    diagnostics.report(rule, at, layout=layout.name, name=name)


def _met(profile: Profile, end: int, known: Layouts) -> list[Layout]:
    """The layouts that a version of a profile is ever read with; the next one follows in `end`."""
    since = profile.since or 0
    changes = (version.since or 0 for version in known.versions.get(profile.layout, ()))
    years = sorted({since, *(year for year in changes if since < year < end)})
    return [layout for year in years if (layout := known.of(profile.layout, year))]


@cache
def built_in_settings() -> Settings:
    """The settings of a site that says nothing."""
    return understand_settings(None, {}, Diagnostics())


@cache
def report_labels() -> frozenset[str]:
    """The keys that a report may have: fields, and what the built-in layouts name."""
    layouts = [layout for all_ in built_in_settings().layouts.versions.values() for layout in all_]
    rows = (name for layout in layouts for name in (*layout.funds.rows, *layout.funds.entries))
    groups = [group for layout in layouts for group in layout.indicators.groups.items()]
    kinds = (kinds for _, kinds in groups)
    return LABELS.union({TOTAL_ROW}, rows, (name for name, _ in groups), *kinds)
