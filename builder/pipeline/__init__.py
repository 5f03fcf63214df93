"""The six steps from a content folder to a published site.

In comes a `Request`, out go the output folder and a `Result`. `build` is the steps on one
screen; `steps` says what goes into each, and the preview asks for `render` and `printing` as well.
"""

from builder.pipeline import machine, workers
from builder.pipeline.build import Request, build
from builder.pipeline.printing import Printed, Printing
from builder.pipeline.render import Rendered, Renderer
from builder.pipeline.sheets import Task

__all__ = [
    "Printed",
    "Printing",
    "Rendered",
    "Renderer",
    "Request",
    "Task",
    "build",
    "machine",
    "workers",
]
