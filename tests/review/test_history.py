"""The git door: what it finds, what it refuses, and that it runs and writes nothing."""

from __future__ import annotations

import os
import stat
import subprocess
from datetime import date
from pathlib import Path

import pytest

from builder.review import GitError, RevisionError
from builder.review.history import WORKING_TREE, Repository, git, repository
from tests.support.repositories import Made, make

ONE = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return make(tmp_path / "库 with space", monkeypatch)


def texts(door: Repository, revision: str) -> dict[str, str]:
    """The files of a revision with their texts."""
    blobs = door.blobs(revision)
    contents = door.contents(blob.id for blob in blobs.values())
    return {path: contents[blob.id].decode() for path, blob in blobs.items()}


def test_sides_of_a_comparison(made: Made) -> None:
    first = made.commit({"2024/a.yaml": ONE})
    made.git("branch", "side")
    second = made.commit({"2024/a.yaml": "x: 1\n"})
    made.git("checkout", "--quiet", "side")
    third = made.commit({"2024/b.yaml": ONE})
    door = made.door

    def ids(base: str, head: str | None = None) -> list[str | None]:
        return [state.id for state in door.sides(base, head)]

    assert ids("main") == [second, None]
    assert door.sides("main")[1].name == WORKING_TREE
    assert ids("main", "side") == ids("main..side") == [second, third]
    assert ids("main...side") == ids("main...") == [first, third]
    assert ids("..main") == [third, second]
    assert ids(first[:8], "HEAD") == [first, third]
    # A tree is as good as a commit; the empty one is where everything begins.
    assert door.blobs(ids("4b825dc642cb6eb9a060e54bf8d69288fbee4904")[0] or "") == {}


@pytest.mark.parametrize(
    "name",
    [
        "--output=x", "--upload-pack=touch x", "-x", "$(touch x)", "`touch x`", "a;b", "a b", "|x",
        "nowhere", "HEAD^{nonsense}", "a\0b", "", "HEAD\n", "@{u}", ":/nothing", "库" * 300,
    ],
)  # fmt: skip
def test_hostile_revisions_are_only_names(
    made: Made, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit({"2024/a.yaml": ONE})
    before = sorted(made.root.rglob("*"))
    monkeypatch.chdir(made.root)
    for base, head in ((name, None), ("HEAD", name), (f"{name}..HEAD", None), (name, "HEAD")):
        if base == "..HEAD":
            continue
        with pytest.raises(RevisionError):
            made.door.sides(base, head)
    assert sorted(made.root.rglob("*")) == before


def test_files_of_a_revision(made: Made) -> None:
    names = ["2024/a.yaml", "2024/名 称 \"'$(x)`;|&*?[].yaml", "2024/-x.yaml", "2024/a\tb\n c.yaml",
             "--help", "2024/:(top)x.yaml"]  # fmt: skip
    made.write({"2024/a.yaml": ONE} | dict.fromkeys(names, ONE))
    (made.content / "2024/link.yaml").symlink_to("a.yaml")
    (made.root / "outside.yaml").write_text("x")
    revision = made.commit({"empty.txt": ""})
    made.write(dict.fromkeys(names, "changed"))
    door = made.door
    assert texts(door, revision) == dict.fromkeys(names, ONE) | {
        "empty.txt": "", "2024/link.yaml": "a.yaml",
    }  # fmt: skip
    assert [path for path, b in door.blobs(revision).items() if not b.is_regular] == [
        "2024/link.yaml"
    ]
    assert door.contents([]) == {}
    sizes = {path: blob.size for path, blob in door.blobs(revision).items()}
    assert sizes["2024/a.yaml"] == len(ONE)
    small = door.contents((blob.id for blob in door.blobs(revision).values()), most=6)
    assert sorted(small.values()) == [b"", b"a.yaml"]


def test_a_name_that_is_not_utf8_is_no_obstacle(made: Made) -> None:
    path = os.fsencode(made.content) + b"/2024/\xff.yaml"
    made.write({"2024/a.yaml": ONE})
    Path(os.fsdecode(path)).write_text(ONE)
    revision = made.commit({})
    assert sorted(texts(made.door, revision)) == ["2024/a.yaml", "2024/\ufffd.yaml"]


@pytest.mark.parametrize("folder", ["", "deep/er/content", "内容", "-content", "*"])
def test_content_anywhere_and_command_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    made = make(tmp_path / "r", monkeypatch)
    content = made.root / folder
    (content / "2024").mkdir(parents=True)
    (content / "2024/a.yaml").write_text(ONE)
    revision = made.commit({"2024/other.yaml": "outside: 1\n"})
    monkeypatch.chdir("/")
    expected = ["2024/a.yaml"] if folder else ["2024/a.yaml", "content/2024/other.yaml"]
    door = repository(content)
    assert sorted(door.blobs(revision)) == expected
    assert [len(commit.steps) for commit in door.log(5)] == [len(expected)]
    assert door.renames(revision, None) == {}
    monkeypatch.chdir(content)
    assert repository(Path()).folder == folder
    link = tmp_path / "link"
    link.symlink_to(content)
    assert sorted(repository(link).blobs(revision)) == expected


def test_content_that_is_gone_today(made: Made) -> None:
    revision = made.commit({"2024/a.yaml": ONE})
    made.commit({"2024/a.yaml": None})
    (made.content / "2024").rmdir()
    made.content.rmdir()
    assert list(made.door.blobs(revision)) == ["2024/a.yaml"]


def test_renames(made: Made) -> None:
    first = made.commit({"2024/a.yaml": ONE, "2024/k.yaml": "k: 1\n", "2024/名.yaml": ONE * 3})
    made.git("mv", "content/2024/a.yaml", "content/2024/b.yaml")
    made.git("mv", "content/2024/名.yaml", "content/2024/名 2.yaml")
    made.write({"2024/b.yaml": ONE.replace("6", "7")})
    expected = {"2024/a.yaml": "2024/b.yaml", "2024/名.yaml": "2024/名 2.yaml"}
    made.git("add", "--all")
    assert made.door.renames(first, None) == expected
    second = made.commit({})
    assert made.door.renames(first, second) == expected
    assert made.door.renames(second, second) == {}


def test_log_follows_the_main_line(made: Made) -> None:
    made.commit({"2024/a.yaml": ONE, "x\x01y/\x02.yaml": ONE}, day=1)
    made.git("checkout", "--quiet", "-b", "side")
    made.commit({"2024/a.yaml": ONE + "g: 7\n"}, day=2)
    made.git("mv", "content/2024/a.yaml", "content/2024/b.yaml")
    made.commit({}, day=3, author="李\x02四")
    made.git("checkout", "--quiet", "main")
    (made.root / "outside").write_text("x")
    made.commit({}, day=4)
    made.git("merge", "--quiet", "--no-ff", "-m", "m", "side", day=5, author="王五")
    log = list(made.door.log(100))
    told = [(c.day.day, c.author, [(s.old_path, s.path) for s in c.steps]) for c in log]
    assert told == [
        (5, "王五", [("2024/a.yaml", "2024/b.yaml")]),
        (1, "张三", [(None, "2024/a.yaml"), (None, "x\x01y/\x02.yaml")]),
    ]
    step = log[0].steps[0]
    assert made.door.contents([step.old or "", step.new or ""]) == {
        step.old: ONE.encode(), step.new: (ONE + "g: 7\n").encode(),
    }  # fmt: skip
    assert len(list(made.door.log(1))) == 1


def test_days_and_names_that_only_a_stranger_writes(made: Made) -> None:
    """Git takes any second as the time of a commit, and nearly any sign in a name."""
    made.commit({"2024/a.yaml": ONE}, day=1)
    made.commit({"2024/a.yaml": "x: 1\n"}, day=2)
    raw = made.git("cat-file", "commit", "HEAD")
    name = "张\u202e三\x01\x02四"
    odd = raw.replace("committer 张三 <a@example.org> 1735790400", f"committer x <x> {10**12}")
    (made.root / "odd").write_text(odd.replace("author 张三", f"author {name}"), "utf-8")
    made.git("update-ref", "HEAD", made.git("hash-object", "-t", "commit", "-w", "odd").strip())
    newest, _ = made.door.log(10)
    assert newest.day == date.max
    assert newest.author == "张三四"


def test_no_repository_no_commit_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "plain").mkdir()
    with pytest.raises(RevisionError):
        repository(tmp_path / "plain")
    made = make(tmp_path / "r", monkeypatch)
    with pytest.raises(RevisionError):
        made.door.sides("HEAD")
    assert list(made.door.log(10)) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError):
        repository(made.content)


@pytest.mark.parametrize("name", ["r", "甲 的'仓库"])
def test_advice_for_a_distrusted_repository_helps(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(tmp_path / name, monkeypatch)
    made.commit({"2024/a.yaml": ONE})
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setattr(git, "_KEPT", (*git._KEPT, "GIT_TEST_ASSUME_DIFFERENT_OWNER"))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitError) as refused:
        repository(made.content / "2024")
    advice = str(refused.value).partition("运行：")[2]
    subprocess.run(["sh", "-c", advice], cwd=made.content, check=True)
    assert repository(made.content / "2024").folder == "content/2024"


def test_without_common_history(made: Made) -> None:
    made.commit({"2024/a.yaml": ONE})
    made.git("checkout", "--quiet", "--orphan", "other")
    made.commit({"2024/a.yaml": "x: 1\n"})
    with pytest.raises(RevisionError):
        made.door.sides("main...other")


def test_shallow_clone_says_so(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made.commit({"2024/a.yaml": ONE})
    made.commit({"2024/a.yaml": "x: 1\n"})
    assert not made.door.is_shallow
    clone = Made(tmp_path / "clone")
    made.git("clone", "--quiet", "--depth=1", f"file://{made.root}", str(clone.root))
    monkeypatch.chdir(tmp_path)
    assert clone.door.is_shallow
    with pytest.raises(RevisionError, match="fetch"):
        clone.door.sides(first)


def test_nothing_runs_and_nothing_is_written(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch '{sprung}'\ncat\n")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    first = made.commit({"2024/a.yaml": ONE})
    second = made.commit({"2024/a.yaml": None, "2024/b.yaml": ONE + "g: 7\n"})
    for key in (
        "core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv", "diff.x.command",
        "gpg.program", "core.sshCommand", "core.editor", "interactive.diffFilter",
    ):  # fmt: skip
        made.git("config", key, str(trap))
    for key, value in (
        ("log.showSignature", "true"), ("diff.orderFile", "/nowhere"), ("diff.relative", "true"),
        ("log.follow", "true"), ("color.ui", "always"), ("diff.renames", "false"),
        ("log.diffMerges", "combined"), ("core.quotePath", "true"), ("diff.noprefix", "true"),
    ):  # fmt: skip
        made.git("config", key, value)
    (made.root / ".git/info/attributes").write_text("* diff=x\n")
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        hook = made.root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_bytes(trap.read_bytes())
        hook.chmod(0o755)
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    monkeypatch.setenv("GIT_PAGER", str(trap))
    index = (made.root / ".git/index").read_bytes()
    os.utime(made.content / "2024/b.yaml", (1, 1))  # git would like to write its index anew
    door = made.door
    door.sides("HEAD~1...HEAD")
    assert door.renames(first, second) == {"2024/a.yaml": "2024/b.yaml"}
    door.renames(first, None)
    assert texts(door, first) == {"2024/a.yaml": ONE}
    assert [len(commit.steps) for commit in door.log(10)] == [1, 1]
    assert not sprung.exists()
    assert (made.root / ".git/index").read_bytes() == index
