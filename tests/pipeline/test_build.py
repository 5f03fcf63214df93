"""The command as its users meet it: what is published, what stops it, what stays safe."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from builder.cli.main import main
from builder.output import Staging
from builder.pdf.engine import Engine
from tests.conftest import ROOT, fingerprint
from tests.support.repositories import make

GOOD = (ROOT / "content" / "2024" / "dianjiao-yuanjiao.yaml").read_text(encoding="utf-8")
WITHHELD = "青鸾计划"


SECOND = GOOD.replace("项目名称: ", "项目名称: 第二个", 1)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the five forms to spoil."""
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    return folder


def build(content: Path, *options: str) -> int:
    output = str(content.with_name("output"))
    return main(["build", "--content", str(content), "--output", output, "--no-pdf", *options])


def spoil(old: str, new: str) -> Callable[[Path], None]:
    """A change to the good report, as an author would make it."""
    assert old in GOOD

    def write(file: Path) -> None:
        file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")

    return write


def content_of(text: str | bytes) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    return write


BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BROKEN = {
    "wrong key": (spoil("主管部门:", "主管部们:"), "S102", "4:1"),
    "full-width colon": (spoil("主管部门: ", "主管部门："), "Y301", "4:5"),
    "points of 95": (spoil("分值: 5.00", "分值: 0.01"), "C101", "16:1"),
    "deduction without a reason": (
        spoil("        偏差原因分析及改进措施: 少数远教站点机顶盒版本老旧，更换不及时不主动\n", ""),
        "C303",
        "65:13",
    ),
    "thousands separator": (spoil("分值: 10.00", "分值: 1,234"), "S203", "22:13"),
    "missing amount": (spoil(", 全年执行数: 319.26", ""), "S103", "8:3"),
    "duplicate key": (spoil("年度: 2024", "年度: 2024\n年度: 2024"), "Y202", "3:1"),
    "nested brackets": (content_of("项目名称: " + "[" * 100_000), "Y206", "1:22"),
    "billion laughs": (content_of(BOMB), "Y203", "1:4"),
    "latin-1": (content_of("项目名称: ".encode() + "café".encode("latin-1")), "Y101", "1:10"),
    "empty": (content_of(""), "Y105", "1:1"),
}


def test_broken_file_is_named_and_nothing_is_lost(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(content) == 0
    before = fingerprint(content.with_name("output"))
    for write, code, place in BROKEN.values():
        write(content / "2024" / "spoilt.yaml")
        capsys.readouterr()
        assert build(content) == 1
        told = capsys.readouterr().err
        assert f"content/2024/spoilt.yaml:{place}: 错误 [{code}]" in told
        assert "Traceback" not in told
        assert fingerprint(content.with_name("output")) == before


def test_folder_named_like_a_report(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "2024" / "x.yaml").mkdir()
    assert build(content) == 1
    assert "content/2024/x.yaml:1:1: 错误 [Y102]" in capsys.readouterr().err


def test_all_problems_of_all_files_at_once(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil("主管部门:", "主管部们:")(content / "2024" / "one.yaml")
    spoil("分值: 10.00", "分值: 1,234")(content / "2024" / "two.yaml")
    assert build(content) == 1
    told = capsys.readouterr().err
    assert "S102" in told
    assert "S203" in told


def test_a_missing_value_silences_nothing(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace(", 全年执行数: 319.26", "", 1)
    text = text.replace("主管部门: ", "主管部门: 13812345678", 1)
    content_of(text)(content / "2024" / "spoilt.yaml")
    assert build(content) == 1
    assert {"S103", "C701"} <= set(re.findall(r"\[([A-Z][0-9]{3})\]", capsys.readouterr().err))
    assert not content.with_name("output").exists()
    main(["score", "--content", str(content), str(content / "2024" / "spoilt.yaml")])
    shown = capsys.readouterr()
    assert "按达标满分得" in shown.out
    assert "S103" in shown.err


def test_five_forms_have_few_warnings(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(content)]) == 0
    lines = capsys.readouterr().out.splitlines()
    warnings = [line for line in lines if ": 警告 [" in line]
    assert len(warnings) == 4
    assert not [line for line in lines if ": 错误 [" in line]


def test_strict_makes_warnings_errors(content: Path) -> None:
    assert main(["check", "--content", str(content), "--strict"]) == 1
    assert build(content, "--strict") == 1
    assert not content.with_name("output").exists()


def test_a_code_used_twice_is_told_by_check_and_build(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("dangjian-fuwu", "zz"):
        text = GOOD.replace("项目名称: ", f"项目名称: {name}")
        path = content / "2024" / f"{name}.yaml"
        path.write_text(f"{text}项目编码: 310000240007\n", encoding="utf-8")
    assert main(["check", "--content", str(content)]) == 0
    (told,) = (line for line in capsys.readouterr().out.splitlines() if "C605" in line)
    assert "zz.yaml" in told
    assert build(content) == 0
    assert "C605" in capsys.readouterr().err


def test_twice_built_is_the_same(published: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "content"
    shutil.copytree(ROOT / "content", copy)
    output = tmp_path / "other"
    options = ["build", "--content", str(copy), "--output", str(output), "--jobs", "1"]
    program = f"from builder.cli.main import main; raise SystemExit(main({options!r}))"
    elsewhere = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8"}
    subprocess.run([sys.executable, "-c", program], check=True, env=elsewhere, cwd=tmp_path)
    assert fingerprint(output) == fingerprint(published)


def test_without_pdfs_the_engine_is_never_loaded(content: Path) -> None:
    options = ["build", "--no-pdf", "--content", str(content), "--output", f"{content}-output"]
    program = (
        f"import sys; from builder.cli.main import main; code = main({options!r}); "
        "print(code, [name for name in sys.modules if name.split('.')[0] in "
        "('weasyprint', 'cssselect2')])"
    )
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert run.stdout.split() == [b"0", b"[]"]


def test_one_report_that_cannot_be_printed_hinders_no_other(
    content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out, write = Engine.lay_out, Staging.write
    written = []

    def breaks(engine: Engine, tree: Any) -> Any:
        if "党建服务工作经费" in tree.text_content():
            raise ZeroDivisionError
        return lay_out(engine, tree)

    def note(stage: Staging, path: str, data: bytes) -> None:
        written.append(path)
        write(stage, path, data)

    monkeypatch.setattr(Engine, "lay_out", breaks)
    monkeypatch.setattr(Staging, "write", note)
    monkeypatch.setattr("builder.pdf.fonts.installed", tuple)
    unshown = GOOD.replace("上海市党建服务中心", "上海市\U000212fe中心")
    (content / "2024/dianjiao-yuanjiao.yaml").write_text(unshown, encoding="utf-8")
    output = content.with_name("output")
    assert main(["build", "--content", str(content), "--output", str(output)]) == 1
    found = re.findall(r"(\S+):(\d+:\d+): 错误 \[(\w+)\]", capsys.readouterr().err)
    assert set(found) == {
        ("content/2024/dangjian-fuwu.yaml", "3:1", "F102"),
        ("content/2024/dianjiao-yuanjiao.yaml", "5:10", "F101"),
    }
    assert sum(path.endswith(".pdf") for path in written) == 3
    assert not output.exists()


def test_withheld_is_in_no_byte(content: Path) -> None:
    """Neither a withheld report nor a note, comment or internal evidence leaves the source."""
    withheld = GOOD.replace("电教远教工作经费", WITHHELD).replace("宽带", WITHHELD)
    withheld += f"公开: {{范围: 不公开, 理由: {WITHHELD}}}\n"
    (content / "2024" / "withheld.yaml").write_text(withheld, encoding="utf-8")
    noted = SECOND + f"# {WITHHELD}\n内部备注: {WITHHELD}\n"
    noted += f"佐证材料:\n  - {{名称: {WITHHELD}, 文件: {WITHHELD}.txt, 内部: 是}}\n"
    (content / "2024" / "noted.yaml").write_text(noted, encoding="utf-8")
    (content / "2024" / f"{WITHHELD}.txt").write_text(WITHHELD, encoding="utf-8")
    output = content.with_name("output")
    options = ["--content", str(content), "--output", str(output)]
    assert main(["build", *options]) == 0
    pages = [path for path in output.rglob("*") if path.is_file()]
    assert not [path for path in pages if path.stem == "withheld" or path.parent.name == "withheld"]
    for path in pages:
        assert WITHHELD.encode() not in path.read_bytes(), path
        assert WITHHELD not in path.name
    for path in output.glob("data/*.xlsx"):
        with zipfile.ZipFile(path) as book:
            assert not [name for name in book.namelist() if WITHHELD.encode() in book.read(name)]
    with_secret = fingerprint(output)
    (content / "2024" / "withheld.yaml").unlink()
    assert main(["build", *options]) == 0
    assert fingerprint(output) == with_secret


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_address_of_a_withdrawn_report_says_so_and_nothing_else_does(content: Path) -> None:
    """撤回 leaves name, day and 撤回说明 at one address; the rest is as if it had never been."""
    output, path = content.with_name("output"), content / "2024" / "gone.yaml"
    assert build(content) == 0
    without = contents(output)
    gone = GOOD.replace("电教远教工作经费", "已经收回的经费").replace("宽带", WITHHELD)
    gone += f"公开: {{范围: 撤回, 理由: {WITHHELD}, 撤回日期: 2025-06-01, "
    gone += "撤回说明: 重新填报后再公开}\n"
    path.write_text(gone, encoding="utf-8")
    assert build(content) == 0
    page = (output / "2024/gone/index.html").read_text(encoding="utf-8")
    for told in ("已经收回的经费", "2025年6月1日撤回", "重新填报后再公开", 'content="noindex"'):
        assert told in page
    assert sorted((output / "2024/gone").iterdir()) == [output / "2024/gone/index.html"]
    found = contents(output)
    assert not [name for name, data in found.items() if WITHHELD.encode() in data]
    new = {name for name, data in found.items() if data != without.get(name)}
    assert new == {"2024/gone/index.html", "SHA256SUMS"}


def test_public_evidence_is_copied_and_internal_is_not(content: Path) -> None:
    folder = content / "2024" / "佐证"
    folder.mkdir()
    (folder / "问卷.txt").write_text("问卷统计", encoding="utf-8")
    evidence = "佐证材料:\n  - {名称: 满意度问卷, 文件: 佐证/问卷.txt, 内部: 否}\n"
    (content / "2024" / "with.yaml").write_text(SECOND + evidence, encoding="utf-8")
    assert build(content) == 0
    copies = list(content.with_name("output").rglob("问卷.txt"))
    assert [path.read_text(encoding="utf-8") for path in copies] == ["问卷统计"]


def with_evidence(content: Path, name: str, data: bytes, written: str) -> None:
    path = content / "2024" / "佐证" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    evidence = f"佐证材料:\n  - {{名称: 材料, 文件: 佐证/{written}, 内部: 否}}\n"
    (content / "2024" / "with.yaml").write_text(SECOND + evidence, encoding="utf-8")


def test_a_pointer_of_git_lfs_is_not_published(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 123456\n"
    with_evidence(content, "问卷.pdf", pointer, "问卷.pdf")
    assert build(content) == 1
    assert "错误 [S309]" in capsys.readouterr().err
    assert not content.with_name("output").exists()


def test_an_empty_file_is_told(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_evidence(content, "问卷.pdf", b"", "问卷.pdf")
    assert build(content) == 0
    assert "警告 [S313]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("on_disk", "written"),
    [("re\u0301sume\u0301.txt", "r\u00e9sum\u00e9.txt"), ("\u2f54费.txt", "水费.txt"),
     ("水费.txt", "\u2f54费.txt")],
)  # fmt: skip
def test_a_file_is_found_by_a_name_that_reads_the_same(
    on_disk: str, written: str, content: Path
) -> None:
    with_evidence(content, on_disk, "甲".encode(), written)
    assert build(content) == 0
    page = (content.with_name("output") / "2024" / "with" / "index.html").read_text("utf-8")
    (link,) = {unquote(found) for found in re.findall(r'href="(evidence/[^"]+)"', page)}
    assert (content.with_name("output") / "2024" / "with" / link).read_text("utf-8") == "甲"


@pytest.mark.parametrize("path", ["../site.yaml", "/etc/hostname", "没有.pdf", "链接.txt"])
def test_evidence_cannot_reach_outside(path: str, content: Path) -> None:
    (content / "2024" / "链接.txt").symlink_to("/etc/hostname")
    evidence = f"佐证材料:\n  - {{名称: 材料, 文件: {path}, 内部: 否}}\n"
    (content / "2024" / "with.yaml").write_text(SECOND + evidence, encoding="utf-8")
    assert build(content) == 1


def test_release_rules(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(content, "--publish") == 1
    assert capsys.readouterr().err.count("[C703]") == 5


def test_release_looks_at_everything_that_is_published(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (content / "2024").glob("*.yaml"):
        with file.open("a", encoding="utf-8") as stream:
            stream.write("\n公开: {审查日期: 2025-03-20}\n")
    assert build(content, "--publish") == 0
    (content / "2024" / "compendium.md").write_text(
        "联系人１３９－１２３４－５６７８\n", encoding="utf-8"
    )
    with (content / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write("\n许可协议: 内部文件\n")
    (content / "2024" / "13912345678.yaml").write_text(
        SECOND + "公开: {审查日期: 2025-03-20}\n", encoding="utf-8"
    )
    assert build(content) == 0
    assert build(content, "--publish") == 1
    found = re.findall(r"(\S+):(?:\d+:\d+): 错误 \[(\w+)\]", capsys.readouterr().err)
    assert found == [
        ("content/2024/13912345678.yaml", "C701"),
        ("content/2024/compendium.md", "C701"),
        ("content/site.yaml", "C702"),
    ]


@pytest.mark.parametrize("arguments", [["nosuch"], ["build", "--nosuch"], ["explain", "C999"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err


def test_foreign_folder_is_not_overwritten(content: Path) -> None:
    output = content.with_name("output")
    output.mkdir()
    (output / "论文.docx").write_text("三年心血", encoding="utf-8")
    assert build(content) == 3
    assert (output / "论文.docx").exists()


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ([], ["build"], ["check"], ["score"], ["schema"], ["explain"]):
        assert main([*verb, "--help"]) == 0
        assert "用法" in capsys.readouterr().out


def test_revisions_are_told_where_the_site_asks_for_them(content: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=张三", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=content, check=True, capture_output=True)

    file = content / "2024" / "dianjiao-yuanjiao.yaml"
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    file.write_text(GOOD.replace("得分: 9.32", "得分: 9.30").replace("98.12", "98.10"), "utf-8")
    git("commit", "-q", "-a", "-m", "two")
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("\n修订记录: 是\n")
    assert build(content) == 0
    page = content.with_name("output") / "2024" / "dianjiao-yuanjiao" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert "总分 98.12 → 98.10" in text
    assert "首次收录" in text
    assert "张三" not in text


def test_revisions_without_a_repository_are_an_error_in_words(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("\n修订记录: 是\n")
    assert build(content) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_a_history_without_its_beginning_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make(tmp_path / "repository", monkeypatch)
    made.commit({"2024/a.yaml": GOOD, "site.yaml": "名称: 公开\n修订记录: 是\n"})
    made.commit({"2024/a.yaml": GOOD.replace("分值: 15.00", "分值: 15.0")}, day=2)
    source = f"file://{made.root}"
    made.git("clone", "--quiet", "--depth=1", source, str(tmp_path / "shallow"))
    made.git("clone", "--quiet", source, str(tmp_path / "whole"))
    assert build(tmp_path / "whole" / "content") == 0
    assert "T105" not in capsys.readouterr().err
    assert build(tmp_path / "shallow" / "content") == 0
    assert "content/site.yaml:2:7: 警告 [T105]" in capsys.readouterr().err
    assert build(tmp_path / "shallow" / "content", "--publish") == 1
    assert "content/site.yaml:2:7: 错误 [T105]" in capsys.readouterr().err


def test_a_year_without_reports_is_told_with_those_that_have(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(content, "--year", "2030") == 1
    told = capsys.readouterr().err
    assert "2030 年度没有" in told
    assert "有自评表的年度：2024" in told
    assert build(content, "--year", "2030", "--year", "2024") == 0
    assert "警告 [S312] 2030 年度没有" in capsys.readouterr().err


def test_a_folder_of_withheld_reports_is_told_as_such(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(content / "2024")
    (content / "2024").mkdir()
    withheld = GOOD + "公开: {范围: 不公开, 理由: 涉及国家秘密}\n"
    (content / "2024" / "a.yaml").write_text(withheld, encoding="utf-8")
    assert build(content) == 1
    assert "1 份自评表都写着“不公开”或“撤回”" in capsys.readouterr().err
