"""By what rules an empty form is made: as its options say."""

from __future__ import annotations

from dataclasses import replace

from builder import content
from builder.content import Rules, Settings
from builder.failures import WrongUsage
from builder.model import SELF, TARGET, Stage
from builder.scoring import Profile


def rules_asked(
    settings: Settings, year: int, profile: str | None, layout: str | None, stage: Stage | None
) -> Rules:
    """What a form of a year is read by; the site's own profile where none is named, nor a layout.
    WrongUsage where there is no such rule or layout."""
    name = profile or settings.site.profile
    if layout and not profile:
        name = _with_layout(layout, stage, settings)
    found = settings.profiles.of(name, year)
    if found is None:
        known = "、".join(settings.profiles.by_name)
        raise WrongUsage(f"没有评分规则 {name}，可选：{known}")
    rules = rules_of_stage(found, stage or SELF, settings, year, is_asked=stage is not None)
    if layout not in (None, rules.form.name, rules.layout.name):
        raise WrongUsage(f"评分规则 {name} 用的不是版式 {layout}")
    return rules


def rules_of_stage(
    profile: Profile, stage: Stage, settings: Settings, year: int, *, is_asked: bool
) -> Rules:
    """What a form of a stage is read by. WrongUsage where the wanted stage has no form; where
    nobody asked for one, the self-evaluation has."""
    rules = content.by_profile(profile, year, settings, stage)
    if rules is None:
        raise WrongUsage(f"{year} 年度没有评分规则 {profile.name} 的版式 {profile.layout}")
    if rules.lacks_form and is_asked:
        raise WrongUsage(f"评分规则 {profile.name} 没有能用的目标版式，见 jixiao explain S337")
    return replace(rules, stage=SELF) if rules.lacks_form else rules


def _with_layout(layout: str, stage: Stage | None, settings: Settings) -> str:
    """The scoring profile that has this layout, if a form of targets is wanted also for those.
    WrongUsage where none has, or several."""
    users = [
        rule.name
        for rule in settings.profiles.by_name.values()
        if layout == rule.layout or (stage == TARGET and layout == rule.targets)
    ]
    if layout not in settings.layouts.by_name:
        raise WrongUsage(f"没有版式 {layout}，可选：{'、'.join(settings.layouts.by_name)}")
    if len(users) != 1:
        told = f"有{'、'.join(users)}，请用 --profile 选一种" if users else "还没有"
        raise WrongUsage(f"用版式 {layout} 的评分规则{told}")
    return users[0]
