"""Scopes of pages travel like reports, and are let go when nobody waits for them any more."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from builder.content import summarize
from builder.diagnostics import Diagnostics
from builder.pipeline.desk import Desk, Shared
from builder.pipeline.packing import pack, unpack
from builder.pipeline.steps import SPAN, Load
from builder.site import Scope, Spanned, scopes
from builder.theme import open_theme
from tests.support.corpus import document_of
from tests.support.reports import settings


def spanned() -> Spanned:
    known, theme = settings(), open_theme("official", None, Diagnostics())
    assert theme
    summaries = [summarize(document_of(number)) for number in range(24)]
    volumes = [("2024/compendium.pdf", 12)]
    wides = {summaries[0].id: b"\x00\xff"}
    return Spanned(
        theme, known.site, summaries, known.profile, volumes, targets=summaries[:1], wides=wides
    )


def test_a_scope_is_the_same_after_its_travel() -> None:
    found = list(scopes(spanned()))
    assert {scope.kind for scope in found} == {
        "front", "year", "register", "kinds", "beside", "department"
    }  # fmt: skip
    assert len({scope.name for scope in found}) == len(found)
    for scope in found:
        assert unpack(Scope, pack(Scope, scope)) == scope


def test_whatever_is_in_a_scope_is_told_of_it() -> None:
    (scope,) = (one for one in scopes(spanned()) if one.kind == "front")
    told = {b"".join(one.told()) for one in scopes(spanned())}
    assert len(told) == len(list(scopes(spanned())))
    for other in ({}, {scope.summaries[0].id: b"\x00\xfe"}):
        assert b"".join(Scope("front", "", scope.summaries, wides=other).told()) not in told


def test_a_scope_ends_when_nobody_waits_any_more() -> None:
    (scope,) = (one for one in scopes(spanned()) if one.kind == "beside" and one.key == "2024")
    load = Load(scope.name, "", "", pack(Scope, scope))
    shared = Shared(settings(), Path("themes"), "official", pdf=False, release=False)
    asked = count()
    made = Desk(shared, lambda: next(asked) == 2).do(SPAN, load)
    assert len(made.parts) == 2
    assert len(Desk(shared).do(SPAN, load).parts) > 4
