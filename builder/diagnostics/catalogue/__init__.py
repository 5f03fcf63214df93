"""Every diagnostic: code, title, message, advice, an example before and after.

Codes are stable and grouped by the stage that reports them: Y reading, S shape,
P scoring profiles, C checks across fields, F fonts, T theme. A code never changes its
meaning; `docs/rules.md` is written from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from builder.diagnostics.catalogue import (
    content,
    figures,
    handed,
    levels,
    making,
    publishing,
    reading,
    rules,
    shape,
    stages,
    years,
)
from builder.diagnostics.catalogue.content import *  # noqa: F403
from builder.diagnostics.catalogue.figures import *  # noqa: F403
from builder.diagnostics.catalogue.handed import *  # noqa: F403
from builder.diagnostics.catalogue.levels import *  # noqa: F403
from builder.diagnostics.catalogue.making import *  # noqa: F403
from builder.diagnostics.catalogue.publishing import *  # noqa: F403
from builder.diagnostics.catalogue.reading import *  # noqa: F403
from builder.diagnostics.catalogue.rules import *  # noqa: F403
from builder.diagnostics.catalogue.shape import *  # noqa: F403
from builder.diagnostics.catalogue.stages import *  # noqa: F403
from builder.diagnostics.catalogue.years import *  # noqa: F403
from builder.diagnostics.values import Rule


def _rules(*modules: ModuleType) -> Mapping[str, Rule]:
    found = [rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)]
    by_code = {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}
    assert len(by_code) == len(found), "two rules share a code"
    return MappingProxyType(by_code)


RULES = _rules(
    reading, shape, levels, rules, publishing, stages, figures, content, making, years, handed
)
