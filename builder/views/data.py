"""The page of the data: what there is, what may be done with it, what each field means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.content import Summary, addresses
from builder.model import Site
from builder.output import SUMS
from builder.text import file_size
from builder.views.citation import CitationView
from builder.views.front import span
from builder.views.glossary import Term
from builder.views.licence import licence_text
from builder.views.page import LABELS, Download, Link, PageView, Piece, SiteView, page_view

BOOK, RECORDS = "工作簿", "记录"


@dataclass(frozen=True, slots=True)
class Held:
    """A data file of a year, or of all (None), that holds a table, all of them (BOOK) or all
    RECORDS: its `kind`. `rows` are those of the table, else the reports; `size` is in bytes,
    `left_out` the tables that are too long for the workbook."""

    path: str
    year: int | None
    kind: str
    rows: int
    size: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a table; `label` is its name without its unit, `anchor` its place for ever."""

    anchor: str
    label: str
    name: str
    kind: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldsView:
    """The fields of a table; `anchor` is the place of them all."""

    anchor: str
    title: str
    lead: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class HeldRow:
    """The files of a year, or of all: one for each kind, None where there is none."""

    title: Link
    files: tuple[Download | None, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """The page of the data.

    `kinds` head the columns of `files`, with the places of their fields; `place` is that of one
    field and `record` a report's own, as examples. `cited` is how the whole is cited;
    `sitemap` is its site path, "" where there is none.
    """

    title: str
    lead: str
    downloads: tuple[Download, ...]
    licence: str
    cited: CitationView
    kinds: tuple[Piece, ...]
    files: tuple[HeldRow, ...]
    left_out: str
    notes: tuple[Term, ...]
    tables: tuple[FieldsView, ...]
    place: Piece
    record: Link
    sums: str
    package: str
    sitemap: str


def data_view(
    shown: SiteView,
    site: Site,
    held: Sequence[Held],
    tables: Sequence[FieldsView],
    summaries: Sequence[Summary],
) -> tuple[DataView, PageView]:
    """The page over the data files that are `held`, of which `tables` are the fields; `summaries`
    are those of all public reports."""
    title, years = shown.data.text, sorted({one.year for one in held if one.year is not None})
    lead = _lead(held, years)
    page = page_view(shown, addresses.DATA, title, lead)
    kinds = (*(table.title for table in tables), BOOK, RECORDS)
    places = {table.title: table.anchor for table in tables} | {RECORDS: "records"}
    first = min(summaries, key=lambda summary: summary.place)
    example = f"{addresses.report_folder(first.year, first.stem)}/report.json"
    field = next(one for table in tables for one in table.fields if one.label == LABELS.awarded)
    view = DataView(
        title=title,
        lead=lead,
        downloads=tuple(_workbooks(held, years, tables)),
        licence=licence_text(site.licence or "", shown.publisher),
        cited=_cited(shown, site, years, page),
        kinds=tuple(Piece(kind, places.get(kind, "")) for kind in kinds),
        files=tuple(_rows(held, years, kinds)),
        left_out=_left_out(held),
        notes=tuple(_notes(site)),
        tables=tuple(tables),
        place=Piece(f"#{field.anchor}", field.anchor),
        record=Link(first.called, example),
        sums=SUMS,
        package=addresses.DATA_PACKAGE,
        sitemap=addresses.SITEMAP if addresses.host(site.address or "") else "",
    )
    return view, page


def _lead(held: Sequence[Held], years: Sequence[int]) -> str:
    rows = {one.kind: one.rows for one in held if one.year is None}
    units = (("指标", "项指标"), ("资金", "条资金来源"), ("偏差", "项偏差"))
    told = "、".join(f"{rows[kind]:,d}{unit}" for kind, unit in units if rows[kind])
    return f"{span(years)}公开的{rows['项目']:,d}份表，共{told}，可以成批下载。"


def _workbooks(
    held: Sequence[Held], years: Sequence[int], tables: Sequence[FieldsView]
) -> Iterator[Download]:
    """What somebody wants who only has a spreadsheet: everything, or the newest year."""
    books = {one.year: one for one in held if one.kind == BOOK}
    sheets = "、".join(table.title for table in tables)
    size = file_size(books[None].size)
    text = "下载全部年度的表格" if years[1:] else "下载表格"
    yield Download(text, books[None].path, f"XLSX，{size}，{sheets}各一张工作表")
    if years[1:]:
        newest = books[years[-1]]
        yield Download(f"只要{years[-1]}年度", newest.path, f"XLSX，{file_size(newest.size)}")


def _rows(held: Sequence[Held], years: Sequence[int], kinds: Sequence[str]) -> Iterator[HeldRow]:
    """All years first, then the newest."""
    for year in (None, *reversed(years)):
        found = {one.kind: one for one in held if one.year == year}
        title = Link(f"{year}年度", addresses.year_page(year)) if year else Link("全部年度")
        files = tuple(_file(found[kind]) if kind in found else None for kind in kinds)
        yield HeldRow(title, files)


def _file(one: Held) -> Download:
    is_table = one.kind not in (BOOK, RECORDS)
    rows = f"{one.rows:,d}\u00a0行，" if is_table else ""
    ending = one.path.rpartition(".")[2].upper()
    return Download(ending, one.path, f"{rows}{file_size(one.size)}")


def _left_out(held: Sequence[Held]) -> str:
    names = "、".join(name for one in held for name in one.left_out)
    if not names:
        return ""
    return f"全部年度的工作簿里没有{names}：行数超过一张工作表能放下的，请用 CSV 或各年度的工作簿。"


def _cited(shown: SiteView, site: Site, years: Sequence[int], page: PageView) -> CitationView:
    """GB/T 7714, a data set on the web; the day of access is for its reader to put in."""
    author = f"{shown.publisher}. " if shown.publisher else ""
    title = f"{author}{shown.title}: {span(years)}数据[DB/OL]."
    day = site.published
    if page.canonical:
        known = f"({day.isoformat()})" if day else ""
        return CitationView(f"{title} {known}", f". {page.canonical}.")
    issued = ", ".join(filter(None, (shown.publisher, f"{day.year}"))) if day else ""
    return CitationView(f"{title} {issued}." if issued else title)


def _notes(site: Site) -> Iterator[Term]:
    """What a program, or who adds up, has to know."""
    yield Term(
        "addresses", "地址",
        "文件的地址不变。有新的年度公开，all 开头的文件里会多出它的行，别的年度的文件不受影响；"
        "表更正以后，内容随之更新。每份表的“编号”也不变。",
    )  # fmt: skip
    yield Term(
        "encoding", "编码",
        "CSV 是带 BOM 的 UTF-8，用逗号分隔，行末是 CR LF；Excel 和 WPS 可以直接打开，"
        "程序按 utf-8-sig 读取。",
    )  # fmt: skip
    yield Term(
        "apostrophe", "撇号",
        "CSV 里以 = + - @ 等开头、会被电子表格当作公式的文字，前面加了一个撇号（'）。"
        "程序把每个文字开头的一个撇号去掉，就是原文。XLSX 和 JSON 里没有加。",
    )  # fmt: skip
    yield Term(
        "amounts", "金额和比率",
        "CSV 和 XLSX 的金额都以万元为单位，以元填报的已经换算，小数位没有取舍；"
        "JSON 的金额是表上的数，单位写在“项目资金”的“单位”里。执行率以 % 为单位。",
    )  # fmt: skip
    yield Term("blanks", "空白", "表示没有这一项，或者表上留空，不是零；JSON 里是 null。")
    yield Term(
        "wholes", "部门整体",
        "支出类别是“部门整体”的表，金额已经包含各项目的，不能和项目相加。",
    )  # fmt: skip
    yield Term("planned", "目标", "阶段是“目标”的表还没有结果，本站的合计都不含它。")
    if not site.withholds_review:
        counts = "复核后的" if site.counts_review else "自评的"
        yield Term(
            "rechecked", "复核",
            "复核过的表有两套得分：“总分”“得分”是自评的，“复核总分”“复核得分”是复核后的。"
            f"本站的统计和“偏差”表采用{counts}得分。",
        )  # fmt: skip
