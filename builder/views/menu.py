"""The ways inside a long page: to its parts, of those that it has."""

from __future__ import annotations

from collections.abc import Iterator

from builder.content import addresses
from builder.views.form import FormView
from builder.views.page import Piece

_BLOCKS = {"funding": "资金", addresses.GOALS: "目标"}  # by the kind of their section


def menu(
    form: FormView, *, is_scored: bool, has_deviations: bool, has_followed: bool,
    has_review: bool, has_adjustments: bool, has_years: bool, has_revisions: bool,
    has_evidence: bool,
) -> tuple[Piece, ...]:  # fmt: skip
    """The parts of a report's page, in its order."""

    def parts() -> Iterator[tuple[bool, str, str]]:
        blocks = {section.kind for section in form.opening}
        yield from ((kind in blocks, kind, name) for kind, name in _BLOCKS.items())
        yield bool(form.indicators), "indicators", "指标"
        yield has_deviations, addresses.DEVIATIONS, "偏差"
        yield has_followed, addresses.FOLLOWED, "后续"
        yield has_review, addresses.RECHECK, "复核"
        yield has_adjustments, "adjustments", "调整"
        yield True, "scoring", "评分" if is_scored else "规则"
        yield has_years, "years", "历年"
        yield has_revisions, "revisions", "修订"
        yield has_evidence, addresses.EVIDENCE, "佐证"

    return tuple(Piece(name, anchor) for is_there, anchor, name in parts() if is_there)
