"""The words that explain: the generated page of rules, and a score read aloud."""

from __future__ import annotations

import pytest

from builder.cli.main import main
from builder.diagnostics import catalogue
from builder.diagnostics.manual import rules_page
from tests.conftest import ROOT


def test_rules_page_is_fresh() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page()


@pytest.mark.parametrize("code", catalogue.RULES)
def test_every_rule_explains_itself(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    rule = catalogue.RULES[code]
    assert main(["explain", code.lower()]) == 0
    told = capsys.readouterr().out
    assert "{{" not in told.replace(rule.wrong, "").replace(rule.mended, "")
    for part in (code, rule.title, *rule.wrong.splitlines(), *rule.mended.splitlines()):
        assert part in told


def test_score_names_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    content = ROOT / "content"
    file = content / "2024" / "dianjiao-yuanjiao.yaml"
    assert main(["score", "--content", str(content), str(file)]) == 0
    told = capsys.readouterr().out
    for part in ("95.44", "9.54", "9.32", "9.26", "88.58", "98.12", "优"):
        assert part in told
