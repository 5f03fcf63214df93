"""WeasyPrint behind our door: an HTML tree in, a laid-out document and its PDF out.

Imported only when something is printed. An engine reads its style sheet and fonts once and
serves any number of documents. It sees no font but those it is given, no file outside the
theme, never the network; what WeasyPrint only warns of (a missing glyph, an unknown
property) is an error inside `strict`.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import urlsplit
from urllib.request import url2pathname

import cssselect2
import pydyf
import weasyprint
import weasyprint.pdf
from lxml import etree, html
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from builder.failures import EnvironmentFailed, disk_reason
from builder.pdf import bounds, metadata, naming, sheaf, tags
from builder.pdf.contract import About, Attachment, PrintError
from builder.pdf.fonts import STACKS, Face, Faces

VARIANT = "pdf/a-3a"
# Of zlib. The highest one takes twice as long for one per cent.
_LEVEL = 6
INTENT = "srgb"

Keep = Callable[[sheaf.Sheaf], None]

# What a user agent says of the elements that print templates use. WeasyPrint's own sheet has
# five times as many rules, each tried on every element of every report.
BASE_CSS = """
html, body, main, section, article, header, footer, div, p, blockquote, figure, figcaption,
h1, h2, h3, h4, ul, ol, dl, dt, dd { display: block }
head, title, meta, link, style, script, template { display: none }
table { display: table; box-sizing: border-box; border-spacing: 0 }
caption { display: table-caption }
colgroup { display: table-column-group }
col { display: table-column }
thead { display: table-header-group }
tbody { display: table-row-group }
tfoot { display: table-footer-group }
tr { display: table-row }
td, th { display: table-cell }
li { display: list-item }
br::before { content: "\\A"; white-space: pre-line }
ol { list-style-type: decimal }
b, strong, h1, h2, h3, h4 { font-weight: bold }
"""


class Engine:
    """One style sheet and its fonts, ready to print documents; to be used inside `strict`."""

    def __init__(self, css: str, faces: Faces, folders: Sequence[Path] = ()) -> None:
        """`css` may refer to files below `folders`, by URLs relative to the first of them.

        `var(--song)` and `var(--hei)` in it stand for families of fonts (`fonts.STACKS`); put
        in here, for every element would pay for a real CSS variable.
        """
        tags.install()
        naming.install()
        self._fonts = FontConfiguration()
        self._profiles = {INTENT: _ScreenColours()}
        self._fetcher = _Fetcher(folders)
        self._base_url = folders[0].resolve().as_uri() + "/" if folders else None
        self.add_faces(faces.own)
        self._base = self._sheet(BASE_CSS)
        for name, families in STACKS.items():
            css = css.replace(f"var(--{name})", families)
        self._sheets = [self._sheet(css)]

    def add_faces(self, faces: Sequence[Face]) -> None:
        """Make further faces available; those known already are skipped."""
        for face in faces:
            url = f"font:{face.family.replace(' ', '-')}-{face.weight}".lower()
            if url not in self._fetcher.faces:
                self._fetcher.faces[url] = face
                self._sheet(
                    f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
                    f"src: url({url}) }}"
                )

    def lay_out(self, tree: etree._Element) -> weasyprint.Document:
        """The document on its pages. `tree` is the root of an HTML document.

        Raises EndlessError for more pages than any document of ours has.
        """
        with bounds.kept():
            return _Tree(tree, self._base, self._base_url, self._fetcher).render(
                stylesheets=self._sheets,
                font_config=self._fonts,
                color_profiles=self._profiles,
                output_intent=INTENT,
            )

    def write(
        self,
        document: weasyprint.Document,
        about: About,
        attachments: Sequence[Attachment] = (),
        keep: Keep | None = None,
    ) -> bytes:
        """The PDF of a laid-out document; `keep` is given its sheaf."""
        document.metadata = metadata.describe(about, document.metadata.lang)
        pdf: bytes = document.write_pdf(
            pdf_variant=VARIANT,
            output_intent="",  # laid out with it: here WeasyPrint would read it once more
            finisher=partial(_finish, attachments=attachments, keep=keep),
        )
        return pdf

    def _sheet(self, css: str) -> weasyprint.CSS:
        return weasyprint.CSS(
            string=css,
            font_config=self._fonts,
            url_fetcher=self._fetcher,
            base_url=self._base_url,
        )


class _ScreenColours(ColorProfile):  # type: ignore[misc]
    """WeasyPrint's own sRGB profile, read once for all documents.

    Its content is the file's: once it has been looked into, the colour library writes the
    same profile in other bytes.
    """

    content = (files(weasyprint.pdf) / "sRGB2014.icc").read_bytes()

    def __init__(self) -> None:
        components = (["r"], ["g"], ["b"])
        super().__init__(BytesIO(self.content), "sRGB2014.icc", "relative-colorimetric", components)


def _finish(
    document: weasyprint.Document,
    pdf: pydyf.PDF,
    attachments: Sequence[Attachment],
    keep: Keep | None,
) -> None:
    metadata.attach(pdf, attachments)
    final = [_Final(entry) if entry.free == "n" else entry for entry in pdf.objects]
    if keep:
        keep(sheaf.take(document, pdf, final))
    pdf.objects[:] = final


class _Final(pydyf.Object):  # type: ignore[misc]
    """An object as it will be written: pydyf would serialize and deflate each one twice.

    `content` is that of a stream before it was deflated.
    """

    data = b""
    content = b""
    compressible = False

    def __init__(self, entry: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation = entry.number, entry.generation
        if isinstance(entry, pydyf.Stream):
            self.content = content = b"\n".join(map(_bytes, entry.stream))
            extra = pydyf.Dictionary(entry.extra)
            if entry.compress:
                extra["Filter"] = "/FlateDecode"
                content = zlib.compress(content, _LEVEL)
            extra["Length"] = len(content)
            self.data = b"\n".join((extra.data, b"stream", content, b"endstream"))
        else:
            self.data, self.compressible = entry.data, entry.compressible


def _bytes(item: object) -> bytes:
    """An item of a stream; numbers in one have been written by pydyf already."""
    if isinstance(item, bytes):
        return item
    return item.data if isinstance(item, pydyf.Object) else str(item).encode("ascii")


def parse(text: str) -> etree._Element:
    """The tree of an HTML document, without its comments."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, remove_blank_text=True
    )
    return html.document_fromstring(text.encode(), parser=parser)


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """WeasyPrint's HTML of a tree; its own constructor parses a text, ten times slower."""

    def __init__(
        self, root: etree._Element, base: weasyprint.CSS, base_url: str | None, fetcher: _Fetcher
    ) -> None:
        self._base = base
        self.base_url = base_url
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = _Root.from_html_root(root)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:  # noqa: ARG002
        return [self._base]


class _Root(cssselect2.ElementWrapper):  # type: ignore[misc]
    """The root of a tree, in which WeasyPrint looks for elements by their names alone."""

    def query_all(self, *names: str) -> Iterator[cssselect2.ElementWrapper]:
        """The elements of those names; lxml finds them fifty times faster."""
        return map(cssselect2.ElementWrapper.from_html_root, self.etree_element.iter(*names))


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives the fonts it knows and files below `folders`; refuses everything else."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._folders = [folder.resolve() for folder in folders]
        self.faces: dict[str, Face] = {}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        if face := self.faces.get(url):
            return URLFetcherResponse(url, face.content())
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        if parts.scheme == "file" and any(map(path.is_relative_to, self._folders)):
            return URLFetcherResponse(url, path.read_bytes())
        raise ValueError(f"not the theme's: {url}")


@contextmanager
def strict() -> Iterator[None]:
    """Raise PrintError for whatever goes wrong, and for what WeasyPrint only warns of.

    Raises EnvironmentFailed where there is no room for the fonts that it lays out for Pango.
    """
    logger = logging.getLogger("weasyprint")
    collector = _Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield
    except PrintError:
        raise
    except (Exception, weasyprint.urls.FatalURLFetchingError) as error:
        if why := disk_reason(error):
            raise EnvironmentFailed(f"写不了临时文件夹 {gettempdir()}：{why}") from error
        raise PrintError(f"{type(error).__name__}: {error}") from error
    finally:
        logger.removeHandler(collector)
    if collector.messages:
        raise PrintError(collector.messages[0])


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
