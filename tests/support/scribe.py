"""Reports written in the many ways in which YAML lets them be written."""

from __future__ import annotations

import json
import re
from random import Random

Entries = dict[str, object]

WORDS = [
    "培训", "a: b", "年度：2024 总结", "第#3号", "- 列表", "'引'号", '"x" y', "“双引号”", "100%",
    ">90", "null", "0012", "true", "1e3", "=", "[x]", "{x}", "a, b", "*x", "&y", "!z", "%", "@",
    "`", "?", "-", "~", "<<", "《章程》，修订；", "得分: 9", "# 非注释", "x #y", " 两端 ",
    "a  b", "：", "|", "\\n",
]  # fmt: skip
PLAIN = [
    "培训教师", "提升能力，满足要求。", "≥90(%)", "=100.00(%)", "12(期)", "及时", "2024年12月底前",
]  # fmt: skip
BESIDE = ["# 注", "# 得分: 9", "# '", "#", "# a # b"]
COMMENTS = [*BESIDE, "#注"]
LINES = ("项目名称", "项目编码", "主管部门", "实施单位", "三级指标", "名称", "文件", "评分等级")


class Scribe:
    """Writes a report in one of the many ways in which YAML lets it be written."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  not a secret
        self.step = self.random.choice([2, 3, 4])

    def maybe(self, chance: float = 0.3) -> bool:
        return self.random.random() < chance

    def text(self, pool: list[str] | None = None) -> str:
        return "".join(self.random.choices(pool or WORDS + PLAIN, k=self.random.choice([1, 1, 2])))

    def number(self) -> str:
        return f"{self.random.randrange(200)}{self.random.choice(['', '.0', '.50'])}"

    def indicator(self) -> Entries:
        found = {
            "三级指标": self.text(), "年度指标值": self.text(), "实际完成值": self.text(),
            "分值": self.number(), "得分": self.number(), "偏差原因分析及改进措施": self.text(),
        }  # fmt: skip
        optional = ("得分", "偏差原因分析及改进措施")
        return {key: text for key, text in found.items() if key not in optional or self.maybe()}

    def amounts(self) -> Entries:
        return {label: self.number() for label in ("全年执行数", "全年预算数", "年初预算数")}

    def report(self) -> Entries:
        """What is to be written: keys in no order, values that a report may have."""
        quality, quantity = [self.indicator(), self.indicator()], [self.indicator()]
        found: Entries = {
            "年度": "2024", "项目名称": self.text(), "主管部门": self.text(PLAIN),
            "实施单位": self.text(),
            "项目资金": {"其他资金": self.amounts(), "甲 乙": self.amounts()},
            "年度总体目标": {"实际完成情况": self.text(), "预期目标": self.text()},
            "绩效指标": {
                "满意度指标": {"服务对象满意度指标": [self.indicator()]},
                "产出指标": {"质量指标": quality, "数量指标": quantity},
            },
        }  # fmt: skip
        extra: Entries = {
            "项目编码": "0012", "内部备注": self.text(),
            "核对": {"总分": "98.00", "评分等级": "优"},
            "公开": {"理由": self.text(), "审查日期": "2025-01-02"}, "发布日期": "2025-03-01",
            "佐证材料": [{"名称": self.text(), "内部": "否", "文件": "a.pdf"}],
        }  # fmt: skip
        return found | {key: value for key, value in extra.items() if self.maybe(0.5)}

    def file(self) -> str:
        """A report as a file."""
        return "\n".join(self.mapping(self.report(), 0)) + "\n"

    def mapping(self, entries: Entries, indent: int, *, free: bool = True) -> list[str]:
        keys = list(entries)
        if free:
            self.random.shuffle(keys)
        lines = []
        for key in keys:
            lines += self.noise(indent)
            shown = key if self.maybe(0.9) else f'"{key}"'
            lines += self.entry(f"{' ' * indent}{shown}:", entries[key], indent, key)
        return lines + (self.noise(indent) if self.maybe() else [])

    def entry(self, head: str, value: object, indent: int, key: str) -> list[str]:
        if isinstance(value, str):
            return self.scalar(head, value, indent, is_line=key in LINES)
        inner = indent + self.step
        note = self.comment()
        if isinstance(value, list):
            lines = [head + note]
            for item in value:
                lines += self.noise(inner)
                members = self.mapping(item, inner + 2)
                first = next(i for i, line in enumerate(members) if line.strip()[:1] != "#")
                dash = f"{' ' * inner}- {members[first].strip()}"
                lines += [*members[:first], dash, *members[first + 1 :]]
            return lines
        assert isinstance(value, dict)
        if all(isinstance(entry, str) for entry in value.values()) and self.maybe(0.5):
            return f"{head} {self.braces(value, inner)}{note}".split("\n")
        is_open = key in ("项目资金", "绩效指标", "产出指标", "满意度指标")
        return [head + note, *self.mapping(value, inner, free=not is_open)]

    def braces(self, entries: Entries, indent: int) -> str:
        """A mapping in braces, on one line or with breaks, blank lines and comments in it."""
        is_long = self.maybe(0.5)

        def gap(least: str = "") -> str:
            if not is_long or self.maybe(0.6):
                return least
            blank = self.random.choice(["", "\n", "\n\t", "\n" + " " * indent + "# 注"])
            return f"{self.comment()}{blank}\n{' ' * (indent + self.random.choice([0, 0, 3]))}"

        text = "{" + gap()
        for number, (key, value) in enumerate(entries.items()):
            text += f",{gap(' ')}" if number else ""
            text += f"{key}:{gap(' ')}{self.quoted(str(value))}{gap()}"
        return text + self.random.choice(["", f",{gap()}"]) + "}"

    def scalar(self, head: str, value: str, indent: int, *, is_line: bool) -> list[str]:
        inner = " " * (indent + self.step)
        style = self.random.choice(["plain", "quoted", "literal", "folded", "hanging", "wrapped"])
        is_figure = re.fullmatch(r"-?[0-9][0-9.-]*|是|否", value) is not None
        is_plain = value in PLAIN or is_figure
        if style == "plain" and is_plain:
            return [f"{head} {value}{self.comment()}"]
        if style == "hanging":
            return [head, f"{inner}{self.quoted(value)}{self.comment()}"]
        if style == "wrapped" and value in PLAIN and "\n" not in value:
            return [
                f"{head} {value}",
                *([""] if self.maybe() and not is_line else []),
                f"{inner}续行{self.comment()}",
            ]
        if style in ("literal", "folded") and value.strip() == value and not is_figure:
            sign = "|" if style == "literal" else ">"
            blanks = [""] * self.random.choice([0, 1, 2, 3])
            extra = [inner + "又一行", *blanks, inner + "  缩进的一行"] if self.maybe() else []
            extra = [] if is_line else extra
            chomp = self.random.choice(["", "-", "+"])
            tail = [""] * self.random.choice([0, 0, 1, 2])
            return [f"{head} {sign}{chomp}{self.comment()}", inner + value, *extra, *tail]
        return [f"{head} {self.quoted(value)}{self.comment()}"]

    def quoted(self, value: str) -> str:
        if value.replace(".", "").isdigit() and self.maybe(0.5):
            return value
        if self.maybe(0.5):
            return json.dumps(value, ensure_ascii=False)
        return "'" + value.replace("'", "''") + "'"

    def comment(self) -> str:
        blank = " " * self.random.choice([1, 2, 5])
        # `text #note` without a space is taken for a text cut short
        return f"{blank}{self.random.choice(BESIDE)}" if self.maybe(0.2) else ""

    def noise(self, indent: int) -> list[str]:
        found = []
        if self.maybe(0.15):
            found.append("")
        if self.maybe(0.15):
            found.append(
                " " * self.random.choice([indent, indent, 0]) + self.random.choice(COMMENTS)
            )
        if self.maybe(0.1):
            found.append("")
        return found
