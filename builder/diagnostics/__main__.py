"""`python -m builder.diagnostics`: the text of docs/rules.md."""

import sys

from builder.diagnostics.manual import rules_page

sys.stdout.write(rules_page())
