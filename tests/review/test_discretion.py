"""What a review says in public: nothing that is not for the site, and how much that is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path

import pytest

from builder import review
from builder.cli.main import main
from builder.review.comparison import Review
from builder.review.discretion import in_public
from builder.review.leftout import LeftOut
from builder.review.sections import section
from tests.review.test_review import PATH, compared
from tests.support.reports import GOOD
from tests.support.repositories import make
from tests.support.stages import staged

HIDDEN = "公开: {范围: 不公开, 理由: 暗语理由}\n"
SECRETS = ("暗语", "anyu", "12.34", "56.78")
OTHER = GOOD.replace("公益", "暗语").replace("95.00", "56.78")
INNER = (
    "内部备注: 暗语备注\n核对: {总分: 12.34}\n公开: {理由: 暗语理由}\n"
    "佐证材料:\n  - {名称: 暗语底稿, 文件: anyu.pdf, 内部: 是}\n"
)
QUIET = "复核结果: 不公开\n"
FILES = {"2024/anyu.pdf": "a", "2024/a.pdf": "a"}

CASES: Mapping[str, tuple[dict[str, str], dict[str, str], LeftOut]] = {
    "added, withheld": ({}, {"2024/anyu.yaml": OTHER + HIDDEN}, LeftOut(1)),
    "removed, withheld": ({"2024/anyu.yaml": OTHER + HIDDEN}, {}, LeftOut(1)),
    "edited, withheld": (
        {"2024/anyu.yaml": OTHER + HIDDEN},
        {"2024/anyu.yaml": OTHER.replace("56.78", "12.34") + HIDDEN}, LeftOut(1),
    ),
    "withheld, now broken": (
        {"2024/anyu.yaml": OTHER + HIDDEN}, {"2024/anyu.yaml": OTHER + "暗语: {\n"},
        LeftOut(1, errors=1),
    ),
    "broken, and says that it is withheld": (
        {}, {"2024/anyu.yaml": OTHER + "暗语: {\n" + HIDDEN}, LeftOut(1, errors=1),
    ),
    "withheld, and broken before and after": (
        {"2024/anyu.yaml": OTHER + "年度：暗语\n" + HIDDEN},
        {"2024/anyu.yaml": OTHER + "年度：1\n"}, LeftOut(1),
    ),
    "broken in its private part": (
        {PATH: GOOD}, {PATH: GOOD + "内部备注: 内 #暗语备注\n坏: {\n"}, LeftOut(),
    ),
    "private fields of a public report": (
        {PATH: GOOD}, {PATH: GOOD + INNER}, LeftOut(edits=3, evidence=1, errors=1),
    ),
    "private fields that are gone": (
        {PATH: GOOD + INNER}, {PATH: GOOD}, LeftOut(edits=3, evidence=1),
    ),
    "became public": (
        {PATH: OTHER + HIDDEN}, {PATH: GOOD}, LeftOut(1),
    ),
    "is no longer public": (
        {PATH: GOOD}, {PATH: OTHER + HIDDEN}, LeftOut(1),
    ),
    "internal 佐证材料 replaced and renamed": (
        {PATH: GOOD + INNER}, {PATH: GOOD + INNER.replace("底稿", "稿"), "2024/anyu.pdf": "b"},
        LeftOut(evidence=1),
    ),
    "佐证材料 that becomes internal": (
        {PATH: f"{GOOD}佐证材料:\n  - {{名称: 报告, 文件: a.pdf, 内部: 否}}\n"},
        {PATH: f"{GOOD}佐证材料:\n  - {{名称: 暗语报告, 文件: a.pdf, 内部: 是}}\n"}, LeftOut(),
    ),
    "复核 where nothing of it is published": (
        {"site.yaml": QUIET, PATH: staged("自评")},
        {"site.yaml": QUIET, PATH: staged("复核").replace("重复", "暗语")}, LeftOut(edits=9),
    ),
    "佐证材料 that becomes public": (
        {PATH: f"{GOOD}佐证材料:\n  - {{名称: 暗语报告, 文件: a.pdf, 内部: 是}}\n"},
        {PATH: f"{GOOD}佐证材料:\n  - {{名称: 报告, 文件: a.pdf, 内部: 否}}\n"}, LeftOut(),
    ),
}  # fmt: skip


def case(name: str) -> tuple[Review, Review, LeftOut]:
    """The whole review of a case, the public one, and what that should leave out."""
    before, after, left_out = CASES[name]
    whole = compared(FILES | before, FILES | after)
    return whole, in_public(whole), left_out


@pytest.mark.parametrize("name", CASES)
def test_nothing_private_is_told(name: str) -> None:
    whole, public, left_out = case(name)
    of_whole = "".join(tell(whole) for tell in review.FORMATS.values())
    assert any(secret in of_whole for secret in SECRETS), "there is something to leave out"
    for kind, tell in review.FORMATS.items():
        said = tell(public)
        assert not [secret for secret in SECRETS if secret in said], kind
    found = public.left_out
    assert (found.reports, found.edits, found.evidence) == astuple(left_out)[:3]
    assert found.errors >= left_out.errors
    assert public.fails == whole.fails, "an error counts, told or not"
    assert public.errors == whole.errors


@pytest.mark.parametrize("kind", review.FORMATS)
def test_it_says_that_something_is_left_out(kind: str) -> None:
    _, public, _ = case("private fields of a public report")
    said = review.FORMATS[kind](public)
    if kind == "json":
        assert json.loads(said)["left_out"]["edits"] == 3
    else:
        assert "--with-private" in said.replace("\\", "")
        assert "3 处" in said
    nothing = review.FORMATS[kind](in_public(compared({PATH: GOOD}, {PATH: GOOD})))
    assert "with-private" not in nothing


def test_only_private_edits_are_not_called_none() -> None:
    _, public, _ = case("private fields that are gone")
    said = review.FORMATS["text"](public)
    assert "没有差别" not in said
    assert "其余" not in said
    assert public.projects == ()


def test_what_becomes_public_and_what_does_not_is_an_alarm() -> None:
    _, shown, _ = case("became public")
    assert "由不公开改为公开" in section(shown.projects[0]).alarms[0]
    _, gone, _ = case("is no longer public")
    assert "改为不公开" in section(gone.projects[0]).alarms[0]
    assert "公益培训" in section(gone.projects[0]).title
    _, evidence, _ = case("佐证材料 that becomes public")
    assert section(evidence.projects[0]).alarms == ("佐证材料“报告”将随网站公开",)


def test_command_tells_it_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make(tmp_path / "r", monkeypatch)
    made.commit({PATH: GOOD, "2024/anyu.yaml": OTHER + HIDDEN})
    made.write({PATH: GOOD + INNER, "2024/anyu.yaml": OTHER.replace("56.78", "12.34") + HIDDEN})
    for kind in review.FORMATS:
        said = ["diff", "HEAD", "--content", str(made.content), "--format", kind]
        code = main(said)
        told = capsys.readouterr().out
        assert not [secret for secret in SECRETS if secret in told]
        assert main([*said, "--with-private"]) == code
        told = capsys.readouterr().out
        assert all(secret in told for secret in SECRETS)
