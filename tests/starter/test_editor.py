"""What an author sees while typing: the language server that editors bring along, at work."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.support.language import Editor, editor
from tests.support.reports import GOOD, profiles

HAN = re.compile("[\u4e00-\u9fff]")
MODELINE = "# yaml-language-server: $schema=../report.schema.json\n"
SETTINGS = json.loads(
    (ROOT / "builder/starter/files/dot-vscode/settings.json").read_text(encoding="utf-8")
)


class Author:
    """Types into a new file of a content folder that has the schema."""

    def __init__(self, server: Editor, folder: Path) -> None:
        self._server, self._folder, self._files = server, folder, 0

    def type(self, text: str, head: str = MODELINE) -> tuple[str, int, int]:
        """A file with `text`; its name, and the place of the `|` in it."""
        self._files += 1
        before, _, after = (head + text).partition("|")
        uri = self._server.open(self._folder / f"{self._files}.yaml", before + after)
        return uri, before.count("\n"), len(before) - before.rfind("\n") - 1

    def offered(self, text: str) -> dict[str, str]:
        """What is offered at the `|`: descriptions by label."""
        items = self._server.complete(*self.type(text))
        return {item["label"]: _plain(item.get("documentation", "")) for item in items}

    def inserted(self, text: str, label: str) -> str:
        """What choosing an offer writes."""
        items = self._server.complete(*self.type(text))
        return next(str(item["insertText"]) for item in items if item["label"] == label)

    def told(self, text: str) -> str:
        """What is said about what stands at the `|`."""
        return self._server.hover(*self.type(text))

    def marked(self, text: str, head: str = MODELINE) -> list[tuple[int, str]]:
        """Line, from 1, and message of what is marked as wrong."""
        uri, _, _ = self.type(text, head)
        found = self._server.diagnostics(uri)
        return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found]


def _plain(documentation: str | dict[str, str]) -> str:
    return documentation if isinstance(documentation, str) else documentation["value"]


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Author]:
    content = tmp_path_factory.mktemp("repository") / "content"
    (content / "2024").mkdir(parents=True)
    shutil.copy(ROOT / "content" / "report.schema.json", content)
    with editor() as server:
        yield Author(server, content / "2024")


def test_keys_are_offered_with_descriptions(author: Author) -> None:
    for text, some in {
        "|": {"年度", "项目名称", "项目资金", "绩效指标", "公开", "内部备注"},
        "项目资金:\n  |": {"年度资金总额", "当年财政拨款", "其他资金"},
        "年度总体目标:\n  |": {"预期目标", "实际完成情况"},
        "绩效指标:\n  |": {"产出指标", "效益指标", "满意度指标"},
        "绩效指标:\n  产出指标:\n    |": {"数量指标", "质量指标", "时效指标", "成本指标"},
        "绩效指标:\n  产出指标:\n    数量指标:\n      - |": {"三级指标", "得分", "类型"},
    }.items():
        offered = author.offered(text)
        assert some <= offered.keys()
        for label, description in offered.items():
            assert HAN.search(label), f"an editor would show {label!r}"
            assert HAN.search(description), f"{label} says nothing"


def test_values_are_offered(author: Author) -> None:
    indicator = "绩效指标:\n  产出指标:\n    数量指标:\n      - 三级指标: 甲\n        "
    for text, values in {
        f"{indicator}类型: |": {"定量", "定性"},
        "公开:\n  范围: |": {"全文", "不公开", "撤回"},
        "佐证材料:\n  - 名称: 甲\n    内部: |": {"是", "否"},
        "评分规则: |": set(profiles().by_name),
    }.items():
        assert author.offered(text).keys() == values


def test_new_indicator_is_written_whole(author: Author) -> None:
    text = author.inserted("绩效指标:\n  产出指标:\n    数量指标:\n      - |", "新的指标")
    assert re.findall(r"\w+(?=:)", text) == ["三级指标", "年度指标值", "实际完成值", "分值"]
    assert "[]" not in author.inserted("|", "佐证材料")


def test_keys_explain_themselves(author: Author) -> None:
    seen = set()
    for label in re.findall(r"^[ -]*([^\s:#{]+):", GOOD, re.MULTILINE):
        if label not in seen:
            said = author.told(GOOD.replace(f"{label}:", f"|{label}:", 1))
            assert len(HAN.findall(said)) > len("项目支出绩效自评表"), label
        seen.add(label)
    assert "单位：分" in author.told(GOOD.replace("分值:", "|分值:", 1))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("主管部门:", "主管部们:", "主管部们"),
        ("主管部门:", "主管部们:", "主管部门"),
        ("分值: 30", "分值: 三十", "数字"),
        ("年度: 2024", "年度: 二〇二四", "年份"),
        ("      - 三级指标: 培训期数", "        三级指标: 培训期数", "列表"),
        ("分值: 30", "分值: 30\n        类型: 数量", "定性"),
    ],
)
def test_mistake_is_marked_in_chinese(old: str, new: str, said: str, author: Author) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    found = author.marked(text)
    assert any(said in message and HAN.search(message) for _, message in found)


def test_good_reports_have_no_marks(author: Author) -> None:
    assert author.marked(GOOD) == []
    for path in sorted((ROOT / "content" / "2024").glob("*.yaml")):
        assert author.marked(path.read_text(encoding="utf-8"), head="") == []


def test_line_for_other_editors_does_no_harm(author: Author) -> None:
    both = MODELINE + "# $schema: ../report.schema.json\n"
    assert author.marked(GOOD, head=both) == []
    assert author.marked(GOOD.replace("主管部门:", "主管部们:", 1), head=both)


def test_guide_shows_the_settings_that_are_written() -> None:
    guide = (ROOT / "docs" / "编辑器.md").read_text(encoding="utf-8")
    shown = re.search(r"```json\n(.*?)```", guide, re.DOTALL)
    assert shown
    assert json.loads(shown[1]).items() <= SETTINGS.items()
    extensions = (ROOT / "builder/starter/files/dot-vscode/extensions.json").read_text("utf-8")
    for extension in json.loads(extensions)["recommendations"]:
        assert extension in guide
    assert MODELINE.strip() in guide


def test_files_without_a_modeline_find_the_schema_by_the_settings(tmp_path: Path) -> None:
    """The `.vscode/settings.json` that `jixiao init` writes."""
    content = tmp_path / "content"
    (content / "2024").mkdir(parents=True)
    shutil.copy(ROOT / "content" / "report.schema.json", content)
    schemas: dict[str, Any] = SETTINGS["yaml.schemas"]
    absolute = {(tmp_path / path).as_uri(): pattern for path, pattern in schemas.items()}
    with editor({"schemas": absolute}) as server:
        author = Author(server, content / "2024")
        assert author.marked(GOOD, head="") == []
        found = author.marked(GOOD.replace("主管部门:", "主管部们:"), head="")
        assert any("主管部们" in message for _, message in found)
