"""THE theme contract: what a template may know, as frozen records of finished text.

Templates never compute or format a figure. A path in a view is a site path; the function
`url` makes a link of it. What is empty ("" or ()) is left out of the page.
"""

from builder.views import comparison
from builder.views.beside import BesideSide, BesideView, beside_page, sides
from builder.views.charts import ChartView, Shape
from builder.views.citation import CitationView, citation, published_on
from builder.views.comparison import KindsView, KindView, LinesView, LineView, YearView
from builder.views.course import courses
from builder.views.data import BOOK, RECORDS, DataView, FieldsView, FieldView, Held, data_view
from builder.views.entries import goal_texts
from builder.views.explanations import Explanation, ExplanationGroup
from builder.views.form import Cell, FormRow, FormView, IndicatorRow, Section
from builder.views.front import HomeView
from builder.views.glossary import GlossaryView, TermGroup, explaining, glossary, printed_glossary
from builder.views.layout import form_view
from builder.views.listing import DirectoryView, ListingView, SearchView
from builder.views.money import MoneyRow, MoneyTable, MoneyView
from builder.views.narrowing import register_places
from builder.views.overview import Overview
from builder.views.page import (
    LABELS,
    Download,
    Fact,
    Figure,
    Labels,
    Link,
    PagerView,
    PageView,
    Piece,
    SiteView,
    page_view,
    site_view,
)
from builder.views.paging import line_pages, listing_pages
from builder.views.ranking import RankingRow, RankingView
from builder.views.register import (
    RegisterRow,
    Registers,
    RegisterView,
    register_pages,
    register_parts,
)
from builder.views.report import (
    ReportView,
    report_view,
)
from builder.views.revisions import (
    CorrectionsView,
    CorrectionView,
    NoticeView,
    RevisionView,
    correction_pages,
    corrections,
)
from builder.views.rules import RulesView, RuleView, rule_view, rules, rules_in_use
from builder.views.shortfalls import LossRow, LossView
from builder.views.stages import StageView, stage_view
from builder.views.table import (
    Noun,
    SummaryView,
    TableView,
    any_scored,
    by_weight,
    how_many,
    noun,
    report_link,
    topic,
)
from builder.views.tally import GroupView, StatisticsView
from builder.views.whole import WholeView
from builder.views.wide import WideView, wide_part
from builder.views.withdrawn import WithdrawnView, withdrawn_view
from builder.views.yearly import YearlyCell, YearlyRow, YearlyView

__all__ = [
    "BOOK",
    "LABELS",
    "RECORDS",
    "BesideSide",
    "BesideView",
    "Cell",
    "ChartView",
    "CitationView",
    "CorrectionView",
    "CorrectionsView",
    "DataView",
    "DirectoryView",
    "Download",
    "Explanation",
    "ExplanationGroup",
    "Fact",
    "FieldView",
    "FieldsView",
    "Figure",
    "FormRow",
    "FormView",
    "GlossaryView",
    "GroupView",
    "Held",
    "HomeView",
    "IndicatorRow",
    "KindView",
    "KindsView",
    "Labels",
    "LineView",
    "LinesView",
    "Link",
    "ListingView",
    "LossRow",
    "LossView",
    "MoneyRow",
    "MoneyTable",
    "MoneyView",
    "NoticeView",
    "Noun",
    "Overview",
    "PageView",
    "PagerView",
    "Piece",
    "RankingRow",
    "RankingView",
    "RegisterRow",
    "RegisterView",
    "Registers",
    "ReportView",
    "RevisionView",
    "RuleView",
    "RulesView",
    "SearchView",
    "Section",
    "Shape",
    "SiteView",
    "StageView",
    "StatisticsView",
    "SummaryView",
    "TableView",
    "TermGroup",
    "WholeView",
    "WideView",
    "WithdrawnView",
    "YearView",
    "YearlyCell",
    "YearlyRow",
    "YearlyView",
    "any_scored",
    "beside_page",
    "by_weight",
    "citation",
    "comparison",
    "correction_pages",
    "corrections",
    "courses",
    "data_view",
    "explaining",
    "form_view",
    "glossary",
    "goal_texts",
    "how_many",
    "line_pages",
    "listing_pages",
    "noun",
    "page_view",
    "printed_glossary",
    "published_on",
    "register_pages",
    "register_parts",
    "register_places",
    "report_link",
    "report_view",
    "rule_view",
    "rules",
    "rules_in_use",
    "sides",
    "site_view",
    "stage_view",
    "topic",
    "wide_part",
    "withdrawn_view",
]
