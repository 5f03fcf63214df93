"""`jixiao import`: what is written and what never is, what is said, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.cli.main import main
from tests.conftest import ROOT, fingerprint
from tests.support import office_forms

SEED = ROOT / "tests" / "data" / "seed-2024.txt"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with a report that has another name than an import would give it."""
    folder = tmp_path / "content"
    (folder / "2024").mkdir(parents=True)
    own = "dangjian-fuwu.yaml"
    (folder / "2024" / own).write_bytes((ROOT / "content" / "2024" / own).read_bytes())
    return folder


def take(content: Path, *arguments: str) -> int:
    return main(["import", "--content", f"{content}", *arguments])


def test_what_is_written_is_canonical_and_sound(content: Path, tmp_path: Path) -> None:
    target = tmp_path / "in"
    assert take(content, f"{SEED}", "--to", f"{target}") == 0
    assert len(list((target / "2024").glob("*.yaml"))) == 5
    assert main(["fmt", "--check", "--content", f"{target}"]) == 0
    assert main(["check", "--content", f"{target}"]) == 0


def test_a_second_import_touches_nothing(content: Path, tmp_path: Path) -> None:
    target = tmp_path / "in"
    take(content, f"{SEED}", "--to", f"{target}")
    before = fingerprint(target)
    assert take(content, f"{SEED}", "--to", f"{target}") == 0
    edited = next((target / "2024").glob("电教*.yaml"))
    edited.write_text(edited.read_text(encoding="utf-8") + "# 改过\n", encoding="utf-8")
    assert fingerprint(target) != before
    before = fingerprint(target)
    assert take(content, f"{SEED}", "--to", f"{target}") == 1
    assert fingerprint(target) == before


def test_a_project_gets_no_second_file(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(content, f"{SEED}") == 1
    assert "2024/dangjian-fuwu.yaml" in capsys.readouterr().out
    assert not (content / "2024" / "党建服务工作经费.yaml").exists()
    assert len(list((content / "2024").iterdir())) == 5


def test_a_look_writes_nothing(content: Path, tmp_path: Path) -> None:
    before = fingerprint(content)
    assert take(content, f"{SEED}", "--to", f"{tmp_path / 'in'}", "--dry-run") == 0
    assert not (tmp_path / "in").exists()
    assert fingerprint(content) == before


def test_a_folder_of_a_year_takes_that_year_only(content: Path, tmp_path: Path) -> None:
    assert take(content, f"{SEED}", "--to", f"{tmp_path / '2023'}") == 1
    assert not (tmp_path / "2023").exists()
    undated = tmp_path / "表.xlsx"
    undated.write_bytes(office_forms.xlsx("207"))
    assert take(content, f"{undated}", "--to", f"{tmp_path / 'none'}") == 1
    assert not (tmp_path / "none").exists()
    take(content, f"{undated}", "--to", f"{tmp_path / '2019'}")
    assert len(list((tmp_path / "2019").iterdir())) == 1


def test_what_found_no_place_is_told_and_kept(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "03.xlsx"
    form.write_bytes(office_forms.xlsx("03"))
    assert take(content, f"{form}", "--to", f"{tmp_path / 'in'}") == 1
    assert "报表编号:510000_0013zp" in capsys.readouterr().out
    (written,) = (tmp_path / "in" / "2023").iterdir()
    assert "报表编号:510000_0013zp" in written.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "case",
    [
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xlsx"),
        ("空.xlsx", b"", "空"),
        ("自评.yaml", b"\xe5\xb9\xb4\xe5\xba\xa6: 2024\n", "自评表文件"),
        ("纪要.txt", "今天开会，没有表。\n".encode(), "没有认出"),
    ],
)
def test_other_files_are_told(
    content: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    case: tuple[str, bytes, str],
) -> None:
    name, data, word = case
    (tmp_path / name).write_bytes(data)
    before = fingerprint(content)
    assert take(content, f"{tmp_path / name}") == 1
    assert word in capsys.readouterr().out
    assert fingerprint(content) == before


def test_wrong_words_are_wrong_usage(content: Path, tmp_path: Path) -> None:
    assert take(content, f"{tmp_path / '没有.xlsx'}") == 2
    assert take(content, f"{SEED}", "--layout", "没有") == 2
    assert take(content) == 2


def test_a_link_is_read_and_a_folder_is_told(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "链接.txt").symlink_to(SEED)
    arguments = ("--to", f"{tmp_path / 'in'}", "--dry-run")
    assert take(content, f"{tmp_path / '链接.txt'}", *arguments) == 0
    (tmp_path / "表.xlsx").mkdir()
    assert take(content, f"{tmp_path / '表.xlsx'}", *arguments) == 1
    assert "文件夹" in capsys.readouterr().out


def test_without_a_content_folder_nothing_is_made(tmp_path: Path) -> None:
    assert take(tmp_path / "nowhere", f"{SEED}") == 2
    assert not (tmp_path / "nowhere").exists()
