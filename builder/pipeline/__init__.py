"""The six steps from a content folder to a published site.

In comes a `Request`, out go the output folder and a `Result`. `build` is the steps on one
screen; `render` is the fifth for one report, which the preview asks for as well.
"""

from builder.pipeline import machine, workers
from builder.pipeline.build import Request, build
from builder.pipeline.render import Rendered, Renderer, Task

__all__ = ["Rendered", "Renderer", "Request", "Task", "build", "machine", "workers"]
