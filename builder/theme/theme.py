"""Themes: the only door to jinja2, and all that a template may see.

A theme is a folder of templates and assets. A site's own folder `themes/<name>/` stands
before the built-in one, file by file. Both are data: templates run in a sandbox, see only
views, and their mistakes become diagnostics.
"""

from __future__ import annotations

import re
import stat
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import Field

from builder import source
from builder.content import addresses
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.records import Record, decode, suggestion
from builder.text import channels, readable
from builder.theme.lean import lean

_HERE = Path(__file__).parents[1]
# In a checkout the themes stand beside builder/, in an installed wheel inside it.
BUILT_IN = next(
    (p for p in (_HERE / "themes", _HERE.parent / "themes") if p.is_dir()), _HERE / "themes"
)
ASSETS = "assets"
COLOUR = "colour.css"

# All that can go wrong while a template runs: its own errors, and Python's from its expressions.
_FAILURES = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip


class Settings(Record):
    """theme.yaml: which contract a theme was made for."""

    contract: Literal["1"] = Field(description="主题所依据的视图约定的版本")
    name: str = Field(description="主题名称")


class _Sandbox(ImmutableSandboxedEnvironment):
    """jinja2's sandbox, which takes the field of a view for what it is: data.

    What else a template may touch it asks each time; a form alone asks for thousands of fields.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._fields: set[tuple[type, str]] = set()

    def getattr(self, obj: Any, attribute: str) -> Any:
        key = type(obj), attribute
        if key in self._fields:
            return getattr(obj, attribute)
        if is_dataclass(key[0]) and attribute in (field.name for field in fields(key[0])):
            self._fields.add(key)
        return super().getattr(obj, attribute)


class Theme:
    """One theme, with the site's own files in front of the built-in ones."""

    def __init__(self, name: str, folders: tuple[Path, ...], colour: str | None = None) -> None:
        self.name = name
        self._folders = folders
        self._environment = _Sandbox(
            loader=jinja2.FunctionLoader(self._load),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        contents = dict(self._contents())
        if colour:
            contents[COLOUR] = _colours(colour)
        # A name that changes with the content: browsers may keep a file for ever.
        self._assets = {name: (_hashed(name, data), data) for name, data in contents.items()}

    @cached_property
    def digest(self) -> str:
        """The SHA-256, in hex, of all that it is made of."""
        found = sha256()
        for number, folder in enumerate(self._folders):
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    name = f"{number}/{path.relative_to(folder).as_posix()}"
                    found.update(name.encode() + sha256(path.read_bytes()).digest())
        for name, (address, _) in self._assets.items():
            found.update(f"{name} {address}\n".encode())
        return found.hexdigest()

    def find(self, name: str) -> Path | None:
        """The file of that name (posix, below the theme's folder), the site's own one first.

        Links are no files here: a theme holds what it shows.
        """
        parts = name.split("/")
        if not all(parts) or any(part in (".", "..") or "\\" in part for part in parts):
            return None
        for folder in self._folders:
            below = [folder.joinpath(*parts[: i + 1]) for i in range(len(parts))]
            if not any(path.is_symlink() for path in below) and below[-1].is_file():
                return below[-1]
        return None

    def shown(self, path: Path) -> str:
        """A file of the theme as an author finds it: `themes/…`, or `content/themes/…`."""
        for folder in self._folders:
            if path.is_relative_to(folder):
                root = folder.parent
                above = "" if root == BUILT_IN else f"{root.parent.name}/"
                return f"{above}{root.name}/{path.relative_to(root).as_posix()}"
        return path.as_posix()

    def render(
        self, template: str, context: Mapping[str, object], diagnostics: Diagnostics, page: str = ""
    ) -> str | None:
        """The text of `template` with the views of `context`, for the page at site path `page`.

        A mistake in a template is reported at its file and line; then there is no text.
        """
        functions = {
            "url": lambda path: addresses.relative(path, page),
            "asset": lambda name: addresses.relative(self._asset(name), page),
        }
        try:
            return self._environment.get_template(template).render({**context, **functions})
        except jinja2.TemplateNotFound as error:
            problem, at = f"没有文件 {error.name}", self._place(error, template)
        except _FAILURES as error:
            problem, at = f"{error}", self._place(error, template)
        diagnostics.report(catalogue.TEMPLATE_ERROR, at, problem=problem)
        return None

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """Every asset as site path and bytes, by name."""
        return iter(sorted(self._assets.values()))

    def _asset(self, name: str) -> str:
        if name not in self._assets:
            raise jinja2.TemplateNotFound(f"{ASSETS}/{name}")
        return self._assets[name][0]

    def _contents(self) -> Iterator[tuple[str, bytes]]:
        names = {
            path.relative_to(folder).as_posix()
            for folder in self._folders
            for path in (folder / ASSETS).rglob("*")
        }
        for name in sorted(names):
            path = self.find(name)
            if path:
                yield name.removeprefix(f"{ASSETS}/"), _as_sent(path)

    def _load(self, name: str) -> tuple[str, str, None] | None:
        path = self.find(name)
        return (path.read_text(encoding="utf-8"), str(path), None) if path else None

    def _place(self, error: Exception, template: str) -> Span:
        """The innermost line of a template that an error went through, else its first."""
        path, line = self.find(template) or Path(template), 1
        if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
            path, line = Path(error.filename), error.lineno
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                if any(Path(frame.filename).is_relative_to(folder) for folder in self._folders):
                    path, line = Path(frame.filename), frame.lineno or 1
        return Span(self.shown(path), line, 1, line, 1)


def open_theme(
    name: str, own: Path | None, diagnostics: Diagnostics, colour: str | None = None
) -> Theme | None:
    """The theme of that name; `own` is the site's folder of themes, `colour` its main colour.

    A theme that does not exist, or is made for another contract, is reported.
    """
    roots = [own, BUILT_IN] if own else [BUILT_IN]
    is_name = re.fullmatch(r"[\w-]+", name) is not None
    folders = tuple(root / name for root in roots if is_name and _is_folder(root / name))
    theme = Theme(name, folders, colour) if folders else None
    path = theme.find("theme.yaml") if theme else None
    if theme is None or path is None:
        known = {path.parent.name for root in roots for path in root.glob("*/theme.yaml")}
        hint = suggestion(name, sorted(known))
        diagnostics.report(catalogue.THEME_MISSING, Span(f"themes/{name}"), hint=hint, name=name)
        return None
    labels = frozenset(Settings.model_fields)
    text = source.read(path, theme.shown(path), labels, diagnostics)
    return theme if decode(text, Settings, diagnostics) else None


def _as_sent(path: Path) -> bytes:
    """An asset as browsers get it; what a site has of its own goes as it is."""
    data = path.read_bytes()
    is_ours = path.suffix == ".js" and path.is_relative_to(BUILT_IN)
    return lean(data.decode()).encode() if is_ours else data


def _is_folder(path: Path) -> bool:
    """Whether `path` is a folder itself, not a link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _colours(colour: str) -> bytes:
    """The site's main colour `#rrggbb` as it can be read, and its lighter shade for dark screens.

    More than half of the light shade is white: it can be read whatever the colour.
    """
    light = "".join(f"{(shade * 45 + 255 * 55) // 100:02x}" for shade in channels(colour))
    return f":root {{ --brand: {readable(colour)}; --brand-light: #{light}; }}\n".encode()


def _hashed(name: str, data: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    digest = sha256(data).hexdigest()[:8]
    return f"{ASSETS}/{stem}.{digest}{dot}{suffix}" if dot else f"{ASSETS}/{name}.{digest}"
