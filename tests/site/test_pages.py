"""Pages: they link only to one another, run nothing, and show texts as texts."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from builder.content import summarize
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.theme import BUILT_IN, Theme, open_theme
from builder.views import report_view
from tests.conftest import ROOT
from tests.support.pages import Made, document, make
from tests.support.reports import GOOD, changed

STEMS = sorted(path.stem for path in (ROOT / "content" / "2024").glob("*.yaml"))
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}&amp;javascript:"
QUOTED = '"' + HOSTILE.replace("\\", "\\\\").replace('"', '\\"') + '"'
FULL = Site.model_validate(
    {
        "名称": HOSTILE, "主办单位": HOSTILE, "说明": HOSTILE, "许可协议": HOSTILE,
        "联系方式": {"电话": HOSTILE, "邮箱": HOSTILE, "地址": HOSTILE},
        "网站标识码": HOSTILE, "备案号": HOSTILE, "主色": "#0b6b5d",
    }
)  # fmt: skip


def hostile() -> str:
    """The good report with every text replaced by the worst one."""
    text = re.sub(
        r"(项目名称|主管部门|实施单位|预期目标|实际完成情况|三级指标): .*",
        lambda found: f"{found[1]}: {QUOTED}",
        GOOD,
    )
    text = text.replace("实际完成值: 达成指标", f"实际完成值: {QUOTED}\n        得分: 1\n"
                        f"        偏差原因分析及改进措施: {QUOTED}")  # fmt: skip
    text = text.replace("年度指标值: 及时", f"年度指标值: {QUOTED}")
    return f"{text}\n预算执行说明: {QUOTED}\n项目编码: {QUOTED}\n佐证材料:\n" + (
        f"  - {{名称: {QUOTED}, 文件: a.pdf, 内部: 否}}\n"
    )


@pytest.fixture(scope="module")
def five() -> Made:
    """The site of the five forms, with an unscored and a 20-point one among them."""
    folder = ROOT / "content" / "2024"
    documents = [document((folder / f"{s}.yaml").read_text(encoding="utf-8"), s) for s in STEMS]
    unscored = re.sub(r" +(分值|得分): .*\n", "", GOOD).replace("当年财政拨款", "中央补助")
    unscored = unscored.replace("上年结转资金", "地方资金") + "\n评分规则: 转移支付\n"
    documents.append(document(unscored, "unscored"))
    documents.append(document(changed(("年度: 2024", "年度: 2023")), "older", "2023"))
    return make(documents)


@pytest.fixture(scope="module")
def attacked() -> Made:
    return make([document(hostile())], FULL)


def pages(made: Made) -> list[str]:
    return [path for path in made.files if path.endswith(".html")]


def test_every_kind_of_page(five: Made) -> None:
    assert not five.found
    department = "departments/中共上海市委组织部"
    assert {
        "index.html", "404.html", "departments/index.html",
        "2024/index.html", "2023/index.html", "2024/dangjian-fuwu/index.html", "data/index.html",
        f"{department}/index.html", f"{department}/上海市党建服务中心/index.html",
    } <= set(five.files)  # fmt: skip


def test_every_link_leads_somewhere(five: Made, attacked: Made) -> None:
    for made in (five, attacked):
        parsed = {path: made.page(path) for path in pages(made)}
        downloads = {
            f"{dirname(path)}/{name}"
            for path in parsed
            for name in ("report.json", f"{dirname(path).rpartition('/')[2]}.yaml",
                         f"{dirname(path).rpartition('/')[2]}.pdf", "evidence/a.pdf")
        }  # fmt: skip
        downloads.add("SHA256SUMS")
        for path, page in parsed.items():
            for element in page.elements:
                for name in ("href", "src"):
                    target = element.attributes.get(name)
                    if target is None or target.startswith("mailto:"):
                        continue
                    if path == "404.html" and target.startswith("../"):
                        continue
                    parts = urlsplit(target)
                    assert not parts.scheme
                    assert not parts.netloc
                    file = (
                        normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
                    )
                    assert file in made.files or file in downloads, (path, target)
                    if parts.fragment:
                        ids = [e.attributes.get("id") for e in parsed[file].elements]
                        assert unquote(parts.fragment) in ids, (path, target)


def test_nothing_runs_and_nothing_is_styled_inline(five: Made, attacked: Made) -> None:
    for made in (five, attacked):
        for path in pages(made):
            for element in made.page(path).elements:
                if element.attributes.get("type") == "application/ld+json":
                    continue  # data: a browser does not run it
                assert element.tag not in {"style", "iframe", "img", "object", "base"}
                if element.tag == "script":  # one of our own files, and nothing inside
                    assert re.fullmatch(r"(\.\./)*assets/[\w.]+\.js", element.attributes["src"])
                    assert not element.text
                assert "style" not in element.attributes
                assert not [name for name in element.attributes if name.startswith("on")]
                assert not element.attributes.get("href", "").startswith(("javascript:", "data:"))


def test_hostile_texts_stay_texts(attacked: Made) -> None:
    assert not attacked.found
    page = attacked.page("2024/case/index.html")
    shown = HOSTILE.replace("&amp;", "&")  # a text with entities is read as what it means
    assert page.all("h1")[0].text == shown
    fields = [e for e in page.all("td") + page.all("th") if shown in e.text]
    assert len(fields) >= 10
    assert len([e for e in page.all("div", "remark") if shown in e.text]) == 2
    assert {e.attributes["data-label"] for e in fields if "data-label" in e.attributes}
    assert "49" not in page.text
    home = attacked.page("index.html")
    assert home.all("title")[0].text == shown
    assert sum(e.text in {HOSTILE, shown} for e in home.all("dd")) == 7


def test_ids_are_unique(five: Made) -> None:
    for path in pages(five):
        ids = [e.attributes["id"] for e in five.page(path).elements if "id" in e.attributes]
        assert len(ids) == len(set(ids)), path


def test_tables_have_captions_and_scopes(five: Made) -> None:
    for path in pages(five):
        page = five.page(path)
        assert len(page.all("table")) == len(page.all("caption"))
        assert all(th.attributes.get("scope") for th in page.all("th"))
        assert len(page.all("h1")) == 1
        assert len(page.all("main")) == 1
        assert page.all("html")[0].attributes["lang"] == "zh-CN"


def test_figures_on_the_page_are_the_scorecards(five: Made) -> None:
    for stem in STEMS:
        text = (ROOT / "content" / "2024" / f"{stem}.yaml").read_text(encoding="utf-8")
        card = document(text, stem).card
        page = five.page(f"2024/{stem}/index.html")
        headline = [e.text for e in page.all("span", "digits")]
        assert headline[:2] == [f"{card.total}", f"{card.execution.total.rate}"]
        points = [e.text for e in page.all("p", "score")]
        assert points == [f"{p.awarded} / {p.weight}" for p in card.points]
        name = page.all("h1")[0].text
        rows = [e for e in five.page("2024/index.html").all("tr") if name in e.text]
        row = rows[-1]  # above it stands that of its money
        assert all(f"{figure}" in row.text for figure in (card.total, card.grade))


def test_deviations_without_a_reason_share_one_list() -> None:
    text = changed(
        ("完成值: 12(期)", "完成值: 9(期)"),
        ("96(%)", "60(%)"),
        ("95(%)", "50(%)\n        偏差原因分析及改进措施: 场地维修，下年补开"),
    )
    page = make([document(text)]).page("2024/case/index.html")
    remarks = [e for e in page.all("div") if "remark" in e.classes]
    assert [e.classes for e in remarks] == [["remark"], ["remark"], ["remark", "unexplained"]]
    listed = [e.attributes.get("id", "") for e in page.all("li")]
    assert [name for name in listed if name.startswith("reason-")] == [
        "reason-indicator-1",
        "reason-indicator-3",
    ]
    targets = {e.attributes["href"] for e in page.all("a") if "mark" in e.classes}
    assert len(targets) == 3
    assert targets <= {f"#{e.attributes['id']}" for e in page.elements if "id" in e.attributes}


def test_the_foot_speaks_of_scores_only_where_there_are_some(five: Made) -> None:
    """The five forms hold one without points."""
    foot = {path: "评分等级由程序" in five.files[path].decode() for path in pages(five)}
    assert foot["2024/index.html"]
    assert foot["index.html"]
    assert not foot["404.html"]
    shown = {path for path in foot if re.fullmatch(r"2024/[^/]+/index\.html", path)}
    shown -= {"2024/deviations/index.html", "2024/indicators/index.html"}
    for path in shown:
        assert foot[path] == ('id="total"' in five.files[path].decode()), path
    assert len({foot[path] for path in shown}) == 2


def test_unscored_report_shows_no_points(five: Made) -> None:
    page = five.page("2024/unscored/index.html")
    assert not page.all("p", "score")
    assert "得分" not in page.all("table", "form")[0].text
    assert "总分" not in page.all("article")[0].text


def test_not_found_page_stands_alone(five: Made) -> None:
    page = five.page("404.html")
    assert not page.all("a")
    styles = [e.attributes["href"] for e in page.all("link")]
    assert [style.count("../") for style in styles] == [0, 1, 2, 3]
    assert {style.replace("../", "") for style in styles} <= set(five.files)
    site = Site.model_validate({"网址": "https://example.gov.cn/jixiao"})
    made = make([document(GOOD)], site)
    links = [e.attributes["href"] for e in made.page("404.html").elements if "href" in e.attributes]
    root = "https://example.gov.cn/jixiao/"
    assert links[-1].startswith(root)
    found = [unquote(link).removeprefix(root).replace("../", "") for link in links]
    assert all(path in made.files for path in found)
    canonical = [
        e.attributes["href"] for e in made.page("2024/case/index.html").all("link")
        if e.attributes["rel"] == "canonical"
    ]  # fmt: skip
    assert canonical == [f"{root}2024/case/index.html"]


def test_pages_are_the_same_every_time() -> None:
    first, second = (make([document(GOOD)], FULL).files for _ in range(2))
    assert first == second


def test_main_colour_is_a_file_of_its_own(five: Made, attacked: Made) -> None:
    colours = [data for path, data in attacked.files.items() if "colour" in path]
    assert len(colours) == 1
    assert b"#0b6b5d" in colours[0]
    assert not [path for path in five.files if "colour" in path]


def test_templates_escape_everything() -> None:
    for path in BUILT_IN.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        scripts = "<script(?! src=| type=.application/ld)"
        if path.name == "review.html":  # a page of its own, not of the site: it brings its style
            text = text.replace("<style>", "")
        assert not re.search(rf"\|\s*safe\b|autoescape|style=|{scripts}|<style", text), path


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "themes"
    (folder / "official" / "templates").mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    "mistake",
    [
        "{{ report.titel }}",
        "{{ nothing }}",
        "{% for x in %}",
        "{{ 1 / 0 }}",
        '{% include "templates/none.html" %}',
        "{{ ''.__class__.__mro__ }}",
        "{{ report.__class__ }}",
        "{{ report.year.format.__self__ }}",
        '{{ asset("none.css") }}',
        "{{ report.name() }}",
    ],
)
def test_a_mistake_in_a_template_is_named_at_its_line(themes: Path, mistake: str) -> None:
    (themes / "official" / "templates" / "report.html").write_text(
        f"<!doctype html>\n<p>\n{mistake}\n", encoding="utf-8"
    )
    made = make([document(GOOD)], themes=themes)
    assert [(d.rule.code, d.span.file, d.span.line) for d in made.found] == [
        ("T101", "content/themes/official/templates/report.html", 3)
    ]
    assert "2024/case/index.html" not in made.files
    assert "index.html" in made.files


def test_a_mistake_in_a_macro_is_named_there(themes: Path) -> None:
    (themes / "official" / "macros").mkdir()
    macro = "{% macro figures(entries) %}\n{{ entries.none }}\n{% endmacro %}\n"
    for name in ("reports", "groups", "directory", "filter", "pager"):
        macro += f"{{% macro {name}(a, b=0, c=0, dated=0) %}}{{% endmacro %}}\n"
    (themes / "official" / "macros" / "table.html").write_text(macro, encoding="utf-8")
    found = make([document(GOOD)], themes=themes).found
    assert {(d.span.file, d.span.line) for d in found} == {
        ("content/themes/official/macros/table.html", 2)
    }


def test_a_template_in_another_encoding_is_named(themes: Path) -> None:
    (themes / "official" / "templates" / "report.html").write_bytes("项目".encode("gb18030"))
    found = make([document(GOOD)], themes=themes).found
    assert [d.span.file for d in found] == ["content/themes/official/templates/report.html"]


def test_a_site_may_replace_single_files(themes: Path) -> None:
    (themes / "official" / "templates" / "report.html").write_text("{{ report.name }}")
    (themes / "official" / "assets").mkdir()
    (themes / "official" / "assets" / "site.css").write_text("body {}")
    (themes / "official" / "assets" / "logo.svg").write_text("<svg/>")
    made = make([document(GOOD)], themes=themes)
    assert not made.found
    assert made.files["2024/case/index.html"].decode() == "公益培训项目"
    assets = {path: data for path, data in made.files.items() if path.startswith("assets/")}
    assert b"body {}" in assets.values()
    assert [sum(name in path for path in assets) for name in ("logo.", "site.")] == [1, 2]


def test_a_theme_holds_no_links(themes: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("secret")
    (themes / "official" / "assets").mkdir()
    (themes / "official" / "assets" / "secret.css").symlink_to(secret)
    (themes / "official" / "templates" / "report.html").symlink_to(secret)
    made = make([document(GOOD)], themes=themes)
    assert not made.found
    assert all(b"secret" not in data for data in made.files.values())
    theme = Theme("official", (themes / "official",))
    assert theme.find("../secret.css") is None
    assert theme.find("templates/../../secret.css") is None


@pytest.mark.parametrize("name", ["none", "../official", "official/templates", ""])
def test_unknown_theme(name: str) -> None:
    diagnostics = Diagnostics()
    assert open_theme(name, None, diagnostics) is None
    assert [d.rule.code for d in diagnostics] == ["T102"]


def test_theme_of_another_contract_is_refused(themes: Path) -> None:
    (themes / "official" / "theme.yaml").write_text("contract: 2\nname: official\n")
    diagnostics = Diagnostics()
    assert open_theme("official", themes, diagnostics) is None
    assert [(d.span.file, d.span.line) for d in diagnostics] == [
        ("content/themes/official/theme.yaml", 1)
    ]


def test_the_same_project_in_other_years_is_one_link_away() -> None:
    older = document(GOOD.replace("年度: 2024", "年度: 2023"), year="2023")
    newer = document(GOOD)
    summaries = [summarize(d) for d in (older, newer)]
    view = report_view(
        newer,
        Site.model_validate({}),
        years=summaries,
    )
    assert [(year.link.text, year.link.path) for year in view.years] == [
        ("2023年度", "2023/case/index.html"),
        ("2024年度", ""),
    ]
    alone = report_view(
        newer,
        Site.model_validate({}),
        years=summaries[1:],
    )
    assert not alone.years
    assert alone.courses == ()
    assert [chart.name for chart in view.courses] == ["course-money", "course-rate", "course-total"]
    for chart in view.courses:
        ticks = [(s.x, s.text) for s in chart.shapes if s.style == "tick"]
        assert [text for _, text in sorted(ticks, key=lambda tick: float(tick[0][:-1]))] == [
            year.link.text.removesuffix("年度") for year in view.years
        ]


def test_projects_of_one_stem_are_joined_inside_a_department_only() -> None:
    older = changed(("年度: 2024", "年度: 2023"))
    department = document(older).report.department
    other = older.replace(f"主管部门: {department}", "主管部门: 市乙局")
    coded = "项目编码: 310000240007\n"
    project = {
        name: summarize(d).project
        for name, d in {
            "now": document(GOOD),
            "older": document(older, year="2023"),
            "other": document(other, year="2023"),
            "coded": document(coded + GOOD),
            "moved": document(coded + other, stem="renamed", year="2023"),
        }.items()
    }
    assert project["now"] == project["older"]
    assert project["coded"] == project["moved"]
    assert len({project[name] for name in ("now", "other", "coded")}) == 3


def test_two_reports_of_one_project_in_a_year_lead_to_each_other() -> None:
    coded = "项目编码: 310000240007\n" + GOOD
    here, other = document(coded), document(coded, stem="other")
    view = report_view(
        here, Site.model_validate({}),
        years=[summarize(d) for d in (here, other)],
    )  # fmt: skip
    assert [year.link.path for year in view.years] == ["", "2024/other/index.html"]
    assert all(here.report.unit in year.link.text for year in view.years)
    assert view.courses == ()


def test_deviations_and_kinds_of_a_year(five: Made) -> None:
    register = five.page("2024/deviations/index.html")
    names = [cell.text for cell in register.all("th") if cell.attributes.get("scope") == "row"]
    assert len(names) == 3  # two indicators, and one execution that is far too low
    assert names[-1] == "预算执行"
    kinds = five.page("2024/indicators/index.html")
    assert "服务对象满意度指标" in kinds.text
    satisfaction = five.page("2024/indicators/服务对象满意度指标/index.html")
    assert len(satisfaction.all("td", "remarks")) == 10  # nine of the five forms, one unscored
