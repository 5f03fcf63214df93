"""Every number that leads to the register of deviations is that of the rows it shows there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from builder.cli.main import main
from tests.site.test_register import TEXT
from tests.support.browser import reached, watched
from tests.support.wholes import WHOLE

DEPARTMENT = "某市教育局"
UNITS = (DEPARTMENT, f"{DEPARTMENT}培训中心", f"{DEPARTMENT}培训中心分部")  # each in the next one
SHORT = WHOLE.replace("全年执行数: 190", "全年执行数: 90").replace(
    "        实际完成值: 96(%)\n",
    "        实际完成值: 80(%)\n        得分: 20\n        偏差原因分析及改进措施: 师资不足\n",
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department whose units have names that others begin with, each with a project that spent
    too little, beside a form about all of it, and a newer one than of its projects."""
    folder = tmp_path_factory.mktemp("counts")
    texts = {"2023/zhengti": SHORT, "2024/zhengti": SHORT}
    for number, unit in enumerate(UNITS, start=1):
        text = TEXT.format(
            year=2023, number=number, department=DEPARTMENT, budget="100.00", points=40,
            reason=f"{UNITS[-1]}人手不足",
        )  # fmt: skip
        text = re.sub("实施单位: .*", f"实施单位: {unit}", text)
        texts[f"2023/p{number}"] = text.replace("全年执行数: 100.00", "全年执行数: 50.00")
        texts[f"2023/q{number}"] = text.replace(DEPARTMENT, "乙局")
    for path, text in texts.items():
        file = folder / "content" / f"{path}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        year = path.partition("/")[0]
        file.write_text(re.sub("年度: [0-9]+", f"年度: {year}", text, count=1), encoding="utf-8")
    output = folder / "output"
    arguments = ["--content", str(folder / "content"), "--output", str(output), "--no-pdf"]
    assert main(["build", *arguments]) == 0
    return output


def test_a_count_leads_to_as_many_rows_whatever_else_the_register_has(
    browser: Browser, city: Path
) -> None:
    pages = [
        "2023/index.html",
        f"departments/{DEPARTMENT}/index.html",
        *(f"departments/{DEPARTMENT}/{unit}/index.html" for unit in UNITS),
        *(f"compare/index.html?甲=d-2023-{name}" for name in (DEPARTMENT, "乙局")),
    ]
    checked = set()
    with reached(city, "http") as root, watched(browser, root) as page:
        for path in pages:
            page.goto(root + path)
            counts = page.locator("main a[href*='deviations/index']")
            counts.first.wait_for(state="attached")
            links = counts.evaluate_all(
                "links => links.map((a) => [a.href, a.textContent, a.parentElement.textContent])"
            )
            for address, text, around in links:
                found = re.search("([0-9]+)\\s*项", text if "项" in text else around)
                if not found or "?" not in address:
                    continue
                page.goto(address)
                page.locator(".found", has_text=re.compile(".")).first.wait_for(state="attached")
                rows = page.locator("table.register tbody tr").count()
                assert rows == int(found[1]), (path, text, unquote(address))
                checked.add(path)
    assert checked == set(pages)
