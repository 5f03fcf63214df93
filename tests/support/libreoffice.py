"""Files opened and saved anew by LibreOffice, as an office would."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf"}


def saved_anew(files: Mapping[str, bytes], folder: Path, kind: str = "") -> dict[str, bytes]:
    """The files, by name, after LibreOffice has opened and saved them; as `kind` if there is one.

    All in one go: it takes seconds to start. What it keeps of itself lies in `folder`, so that
    several can run side by side.
    """
    given, taken = folder / "given", folder / "taken"
    given.mkdir(parents=True)
    for name, data in files.items():
        (given / name).write_bytes(data)
    kinds = {kind or Path(name).suffix[1:] for name in files}
    for one in sorted(kinds):
        names = [name for name in files if kind or name.endswith(f".{one}")]
        command = [
            "soffice", f"-env:UserInstallation={(folder / 'own').as_uri()}", "--headless",
            "--convert-to", FILTERS[one], "--outdir", f"{taken}",
            *(f"{given / name}" for name in names),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.name: path.read_bytes() for path in sorted(taken.iterdir())}
