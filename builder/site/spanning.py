"""The pages of each kind of scope, of the views over its reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import simplejson

from builder.content import addresses
from builder.site.metadata import year_metadata
from builder.site.pages import Artifact, Pages
from builder.views import (
    Overview,
    beside_page,
    comparison,
    line_pages,
    listing_pages,
    register_pages,
    register_parts,
    sides,
)

Made = Iterator[Artifact]


def _front(_key: str, pages: Pages, overview: Overview) -> Made:
    """The pages that lead to all others."""
    home, page = overview.home()
    yield from pages.page("home", page, home=home)
    directory, page = overview.offices.directory()
    yield from pages.page("departments", page, directory=directory)
    lists, page = overview.search()
    yield from pages.page("search", page, lists=lists)
    view, page = beside_page(pages.shown, list(overview.years))
    yield from pages.page("beside", page, beside=view)


def _year(key: str, pages: Pages, overview: Overview) -> Made:
    """The list of a year, of its 支出类别, and its tables of targets."""
    year, members = int(key), overview.years.get(key, ())
    for listing, page in listing_pages(*overview.year(year)):
        is_first = page.path == addresses.year_page(year)
        metadata = year_metadata(pages.site, page, year, members) if is_first else None
        yield from pages.page("year", page, metadata, listing=listing)
    further = list(overview.spendings(year))
    further += [overview.targets_of(year)] if key in overview.targets else []
    for one in further:
        for listing, page in listing_pages(*one):
            yield from pages.page("year", page, listing=listing)


def _register(key: str, pages: Pages, overview: Overview) -> Made:
    """The register of deviations in pages, and all of its rows as scripts that narrow it."""
    year = int(key)
    view, page = overview.registers.page(year)
    for part, place in register_pages(view, page):
        yield from pages.page("register", place, register=part)
    for path, rows in register_parts(year, view.rows):
        register = replace(view, rows=tuple(rows))
        yield from pages.script("register-rows", path, "jixiaoRows", register=register)


def _kinds(key: str, pages: Pages, overview: Overview) -> Made:
    """Indicators of one kind over all projects of a year."""
    year, members = int(key), overview.years[key]
    kinds, page = comparison.kinds(pages.shown, year, members)
    yield from pages.page("kinds", page, kinds=kinds)
    for name in comparison.kind_names(members):
        for lines, page in line_pages(*comparison.kind(pages.shown, year, name, members)):
            yield from pages.page("lines", page, lines=lines)


def _beside(key: str, pages: Pages, overview: Overview) -> Made:
    """A script for each that can be put beside another one, and one with the names of all."""
    names = []
    for side in sides(overview.years[key], overview.profile):
        names.append([side.key, side.told])
        path = addresses.beside_script(side.key)
        yield from pages.script("beside-rows", path, "jixiaoBeside", side=side)
    text = simplejson.dumps(names, ensure_ascii=False)
    yield addresses.beside_names(int(key)), f"jixiaoNames({text});\n".encode()


def _department(name: str, pages: Pages, overview: Overview) -> Made:
    """A department, its units, and the projects that are its own by now, over their years."""
    offices = overview.offices
    for listing, page in listing_pages(*offices.department(name)):
        yield from pages.page("department", page, listing=listing)
    for unit in offices.units_of(name):
        for listing, page in listing_pages(*offices.unit(name, unit)):
            yield from pages.page("unit", page, listing=listing)
        for wide, page in overview.wides.pages(name, unit):
            yield from pages.page("wide", page, wide=wide)
    for view, page in overview.projects(name):
        yield from pages.page("yearly", page, yearly=view)


MAKERS: Mapping[str, Callable[[str, Pages, Overview], Made]] = {
    "front": _front, "year": _year, "register": _register, "kinds": _kinds, "beside": _beside,
    "department": _department,
}  # fmt: skip
"""Who makes them, by the kind of the scope."""
