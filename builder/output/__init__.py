"""The only writer: a site is made ready beside the live one and takes its place in one step.

Two trees are kept, the site (`output`) and a spare (`.output.kept/site`). A build makes the
spare what the site is to be: files that one of the trees holds with the same bytes are kept or
linked, so that only what changed is written, and what did not change keeps its time. Then the two
are exchanged. Until `publish` nothing under the output folder changes; a crash, a full disk or an
error at any moment leaves the last good site as it was.
"""

from builder.output.opening import beside, looks_as_published, staging
from builder.output.single import drop_file, keep_file, replace_file, write_new
from builder.output.stage import STANDING, SUMS, Staging
from builder.output.system import OutputError, moment
from builder.output.trees import looks, walk

__all__ = [
    "STANDING",
    "SUMS",
    "OutputError",
    "Staging",
    "beside",
    "drop_file",
    "keep_file",
    "looks",
    "looks_as_published",
    "moment",
    "replace_file",
    "staging",
    "walk",
    "write_new",
]
