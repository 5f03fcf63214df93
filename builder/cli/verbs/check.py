"""`jixiao check`: everything that is wrong with some reports, or all."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from builder import content
from builder.checks import Member, across, check, check_site
from builder.cli.codes import FOUND, OK
from builder.cli.streams import hand_over
from builder.cli.telling import tell_count
from builder.diagnostics import REPORTERS, Diagnostic, Diagnostics, Span

FROM_THE_TOP = frozenset({"github", "gitlab", "sarif"})
"""Formats that a forge reads: it knows files by their path from the top of the repository."""


def run(options: argparse.Namespace) -> int:
    """Read, understand, score and check; report in the format asked for."""
    diagnostics = Diagnostics()
    texts: dict[str, str] = {}
    settings = content.settings(options.content, diagnostics)
    if settings.source:
        texts[settings.source.file] = settings.source.text
    texts |= _tables(options.content, settings, diagnostics)
    members, materials = list[Member](), content.Materials()
    # Asked for some reports, nobody knows what the others name.
    strays = content.Strays(() if options.paths else content.in_years(options.content, ()))
    entries = content.chosen(options.content, options.paths, diagnostics)
    prefaces = content.prefaces(options.content, () if options.paths else entries, diagnostics)
    for entry in entries:
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.make_out(found, entry, settings, diagnostics)
        strays.meet(entry, content.named_files(document, found.text))
        if document:
            check(document, diagnostics, review_required=settings.site.review_required)
            members.append(Member.of(document))
            listed = tuple(content.listings(document))
            look = partial(content.on_disk, entry.path.parent)
            materials.take(content.looked_at(listed, look))
            content.evidence(entry, listed, diagnostics)
    across(members, diagnostics)
    materials.tell(diagnostics)
    strays.tell(options.content, diagnostics)
    texts.update((one.file, one.text) for one in prefaces.values())
    texts.update((own.file, own.text) for own in settings.own)
    check_site(settings, prefaces.values(), diagnostics)
    report = REPORTERS[options.format]
    if options.format in FROM_THE_TOP:
        hand_over(report(*_from_the_top(diagnostics, texts, options.content)))
    elif options.format == "text":
        print(report(diagnostics, texts), end="")
    else:
        hand_over(report(diagnostics, texts))
    tell_count(diagnostics)
    return FOUND if diagnostics.fails(strict=options.strict) else OK


def _tables(folder: Path, settings: content.Settings, diagnostics: Diagnostics) -> dict[str, str]:
    """Check the columns of tables that are handed in: their files, and what is written there.

    They need half the builder, for which most contents need not wait.
    """
    if not os.path.lexists(folder / content.TABLES):
        return {}
    export = import_module("builder.export")
    own = export.own_tables(folder, settings.layouts, diagnostics)
    return {file.file: file.text for file in own.sources}


def _from_the_top(
    diagnostics: Diagnostics, texts: Mapping[str, str], folder: Path
) -> tuple[list[Diagnostic], dict[str, str]]:
    """The findings and texts with files named from the top of the repository around them."""
    parent = folder.absolute().resolve().parent
    top = next((path for path in (parent, *parent.parents) if (path / ".git").exists()), parent)

    def named(file: str) -> str:
        path = (parent if file.partition("/")[0] == folder.name else Path.cwd()) / file
        return path.relative_to(top).as_posix() if path.is_relative_to(top) else file

    def placed(span: Span) -> Span:
        return replace(span, file=named(span.file))

    found = [
        replace(
            finding,
            span=placed(finding.span),
            related=tuple((placed(span), note) for span, note in finding.related),
        )
        for finding in diagnostics
    ]
    return found, {named(file): text for file, text in texts.items()}
