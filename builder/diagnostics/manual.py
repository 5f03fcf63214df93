"""What we explain of our rules: one rule, and the page of all rules."""

from __future__ import annotations

from builder.diagnostics import catalogue
from builder.diagnostics.reporters import WORDS
from builder.diagnostics.values import Rule

STAGES = {
    "Y": "读文件",
    "S": "表的内容",
    "P": "评分规则",
    "C": "核对与审查",
    "F": "字体",
    "T": "模板与网站",
}


def rule_entry(rule: Rule) -> str:
    """One rule for `jixiao explain`: what it means, what to do, wrong and mended."""
    lines = [f"{rule.code}  {rule.title}（{WORDS[rule.severity]}）", ""]
    if rule.why:
        lines += [rule.why, ""]
    lines += ["做法：" + _unfilled(rule.hint), "", "不对：", *_indented(rule.wrong), ""]
    lines += ["改为：", *_indented(rule.mended)]
    if rule.release:
        lines += ["", "用 jixiao build --publish 发布时按错误处理。"]
    return "\n".join(lines)


def rules_page() -> str:
    """docs/rules.md: the whole catalogue, by stage."""
    parts = [
        "# 检查规则",
        "本页由 `python -m builder.diagnostics` 从程序的规则表生成，请不要手工修改。"
        "“错误”阻止发布，“警告”不阻止（`--strict` 时阻止），“提示”仅供参考；"
        "评分规则文件可以调整以 C 开头的检查的严重程度。",
    ]
    for letter, stage in STAGES.items():
        parts.append(f"## {letter} {stage}")
        rules = catalogue.RULES.values()
        parts += [_section(rule) for rule in rules if rule.code.startswith(letter)]
    return "\n\n".join(parts) + "\n"


def _section(rule: Rule) -> str:
    severity = WORDS[rule.severity] + ("；发布时为错误" if rule.release else "")
    parts = [f"### {rule.code} {rule.title}", f"{severity}。{rule.why}{_unfilled(rule.hint)}。"]
    parts.append(f"不对：\n\n```yaml\n{rule.wrong}\n```")
    parts.append(f"改为：\n\n```yaml\n{rule.mended}\n```")
    return "\n\n".join(parts)


def _indented(text: str) -> list[str]:
    return ["    " + line for line in text.splitlines()]


def _unfilled(template: str) -> str:
    """A hint with its blanks shown as blanks."""
    parts = template.replace("{{", "\0").replace("}}", "\1").split("{")
    text = parts[0] + "".join("…" + part.partition("}")[2] for part in parts[1:])
    return text.replace("\0", "{").replace("\1", "}").rstrip("。")
