"""What every page shows: the site, the page's place in it, and the small parts of views."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from builder.content import addresses
from builder.model import Amounts, Contact, Declared, Indicator, Report, Site
from builder.records import Record
from builder.text import to_plain


@dataclass(frozen=True, slots=True)
class Link:
    """A text and the site path it leads to; without a path it is where the reader is."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of running text; with an `anchor` it leads to that place of the page.

    What `leads_on` says nothing by itself: 看原因.
    """

    text: str
    anchor: str = ""
    leads_on: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says, such as 发布日期; `mail` makes a mail address a link."""

    label: str
    text: str
    mail: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure: label, digits, unit, and a tag beside it (优)."""

    label: str
    text: str
    unit: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class PagerView:
    """Where a page stands among several; `before`, `after` and pages lead to the others."""

    number: int
    text: str
    before: Link
    after: Link
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the page: what the button says, where it is, what it holds."""

    text: str
    path: str
    note: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """The site. `address` is its root, with a slash at the end, or "".

    `search_core` is the site path of the script that the search begins with, `corrections` leads
    nowhere where there are none.
    """

    title: str
    publisher: str
    summary: str
    facts: tuple[Fact, ...]
    home: Link
    directory: Link
    search: Link
    search_core: str
    glossary: Link
    rules: Link
    data: Link
    corrections: Link
    navigation: tuple[Link, ...]
    address: str
    has_colour: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: its site path, its title, a sentence for search engines, the way up.

    `has_scores` where it shows points, of which the foot of the page then speaks. `feedback` is
    the address, of whatever kind, that a reader may write to about it.
    """

    path: str
    title: str
    description: str
    breadcrumb: tuple[Link, ...] = ()
    canonical: str = ""
    has_scores: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the fields of a report are called in tables over many reports."""

    name: str = Report.label("name")
    department: str = Report.label("department")
    unit: str = Report.label("unit")
    budget: str = Amounts.label("budget")
    spent: str = Amounts.label("spent")
    rate: str = Declared.label("rate")
    total: str = Declared.label("total")
    grade: str = Declared.label("grade")
    indicator: str = Indicator.label("name")
    target: str = Indicator.label("target")
    actual: str = Indicator.label("actual")
    weight: str = Indicator.label("weight")
    awarded: str = Indicator.label("awarded")


LABELS = Labels()


def site_view(site: Site, *, has_corrections: bool = False) -> SiteView:
    """The site, from content/site.yaml."""
    contact = site.contact or Contact()
    home, directory = Link("首页", addresses.HOME), Link("部门和单位", addresses.DEPARTMENTS)
    facts = (
        fact(Site, "publisher", site.publisher),
        fact(Contact, "phone", contact.phone),
        Fact(Contact.label("mail"), contact.mail or "", mail=True),
        fact(Contact, "address", contact.address),
        fact(Site, "site_code", site.site_code),
        fact(Site, "record_number", site.record_number),
        fact(Site, "licence", site.licence),
    )
    return SiteView(
        title=site.title,
        publisher=site.publisher or "",
        summary=to_plain(site.summary or ""),
        facts=tuple(entry for entry in facts if entry.text),
        home=home,
        directory=directory,
        search=Link("搜索", addresses.SEARCH),
        search_core=addresses.SEARCH_CORE,
        glossary=Link("名词解释", addresses.GLOSSARY),
        rules=Link("评分规则", addresses.RULES),
        data=Link("数据", addresses.DATA),
        corrections=Link("更正", addresses.CORRECTIONS if has_corrections else ""),
        navigation=(home, directory),
        address=f"{site.address.rstrip('/')}/" if site.address else "",
        has_colour=site.colour is not None,
    )


def page_view(
    site: SiteView, path: str, title: str, description: str, *above: Link, has_scores: bool = False
) -> PageView:
    """A page at `path`, under 首页 and the links `above` it."""
    is_home = path == site.home.path
    return PageView(
        path=path,
        title=site.title if is_home else f"{title} - {site.title}",
        description=description,
        breadcrumb=() if is_home else (site.home, *above, Link(title)),
        canonical=site.address + quote(path) if site.address else "",
        has_scores=has_scores,
    )


def fact(record: type[Record], name: str, text: str | None) -> Fact:
    """A fact under the label of a field of the model."""
    return Fact(record.label(name), text or "")
