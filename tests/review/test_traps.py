"""Every way in which git could run somebody's program for us: each is laid as a trap, none may
spring; that each of them is a live one is shown by a git command that springs it."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.cli.main import main
from builder.content import SITE
from builder.model import Site
from builder.review import RevisionError, open_chronicle
from builder.review.history import repository
from tests.support.reports import GOOD
from tests.support.repositories import SETTINGS, Made, make

PATH = "2024/case.yaml"
EDITED = GOOD.replace("95.00", "94.00")
PIECE = "content/2024/case.yaml"

Lay = Callable[[Made, str], None]
"""Lays a trap: a repository with an edited file, and the program that must not run."""


def _settings(*pairs: tuple[str, str], attributes: str = "") -> Lay:
    """Settings whose `{}` is the program, and attributes that ask for them."""

    def lay(made: Made, program: str) -> None:
        for key, value in pairs:
            made.git("config", "--add", key, value.replace("{}", program))
        if attributes:
            (made.root / ".git/info").mkdir(exist_ok=True)
            (made.root / ".git/info/attributes").write_text(attributes)

    return lay


def _attributes_in_the_tree(made: Made, program: str) -> None:
    made.git("config", "filter.x.clean", program)
    (made.content / ".gitattributes").write_text("*.yaml filter=x\n")


def _hook(name: str) -> Lay:
    def lay(made: Made, program: str) -> None:
        hook = made.root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n'{program}'\n")
        hook.chmod(0o755)

    return lay


def _hooks_elsewhere(made: Made, program: str) -> None:
    _hook("reference-transaction")(made, program)
    (made.root / ".git/hooks").rename(made.root / ".hooks")
    made.git("config", "core.hooksPath", str(made.root / ".hooks"))


def _signed(made: Made, program: str) -> None:
    made.git("config", "gpg.program", program)
    made.git("config", "log.showSignature", "true")
    head, _, message = made.git("cat-file", "commit", "HEAD").partition("\n\n")
    text = (
        f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n"
        f"\n{message}"
    )
    (made.root / ".git/signed").write_text(text)
    signed = made.git("hash-object", "-t", "commit", "-w", ".git/signed").strip()
    made.git("update-ref", "refs/heads/main", signed)


def _submodule(key: str, attributes: str) -> Lay:
    def lay(made: Made, program: str) -> None:
        inner = Made(made.content / "2024/inner")
        inner.root.mkdir()
        inner.git("init", "--quiet", "--initial-branch=main")
        (inner.root / "a.yaml").write_text(GOOD)
        inner.git("add", "--all")
        inner.git("commit", "--quiet", "-m", "x")
        made.git("add", "--all")
        made.git("commit", "--quiet", "-m", "x")
        inner.git("config", key, program)
        (inner.root / ".git/info").mkdir(exist_ok=True)
        (inner.root / ".git/info/attributes").write_text(attributes)
        (inner.root / "a.yaml").write_text(EDITED)

    return lay


def _remote(*pairs: tuple[str, str]) -> Lay:
    """A clone with an object missing, which git would fetch when it is asked for it."""

    def lay(made: Made, program: str) -> None:
        _settings(
            ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "origin"),
            ("remote.origin.promisor", "true"), *pairs,
        )(made, program)  # fmt: skip
        missing = made.git("rev-parse", f"HEAD:{PIECE}").strip()
        (made.root / ".git/objects" / missing[:2] / missing[2:]).unlink()

    return lay


WAYS: dict[str, tuple[Lay, tuple[str, ...]]] = {
    "clean": (_settings(("filter.x.clean", "{}"), attributes="* filter=x\n"), ("diff",)),
    "clean-required": (
        _settings(("filter.x.clean", "{}"), ("filter.x.required", "true"),
                  attributes="* filter=x\n"), ("diff",),
    ),
    "clean-in-the-tree": (_attributes_in_the_tree, ("diff",)),
    "clean-by-a-file-of-attributes": (
        _settings(("filter.x.clean", "{}"), ("core.attributesFile", ".git/info/attributes"),
                  attributes="*.yaml filter=x\n"), ("diff",),
    ),
    "smudge": (
        _settings(("filter.x.smudge", "{}"), attributes="* filter=x\n"), ("checkout", "--", PIECE),
    ),
    "process": (_settings(("filter.x.process", "{}"), attributes="* filter=x\n"), ("diff",)),
    "textconv": (_settings(("diff.x.textconv", "{}"), attributes="* diff=x\n"), ("diff",)),
    "diff-command": (_settings(("diff.x.command", "{}"), attributes="* diff=x\n"), ("diff",)),
    "diff-external": (_settings(("diff.external", "{}")), ("diff",)),
    "monitor": (_settings(("core.fsmonitor", "{}")), ("status",)),
    "hook-index": (_hook("post-index-change"), ("add", "--all")),
    "hook-refs": (_hook("reference-transaction"), ("branch", "x")),
    "hook-elsewhere": (_hooks_elsewhere, ("branch", "x")),
    "signature": (_signed, ("log",)),
    "alias": (
        _settings(*((f"alias.{verb}", "!{}") for verb in (
            "trap", "rev-parse", "ls-tree", "cat-file", "diff-index", "diff-tree", "log",
            "merge-base",
        ))), ("trap",),
    ),
    "submodule-clean": (_submodule("filter.x.clean", "* filter=x\n"), ("status",)),
    "submodule-monitor": (_submodule("core.fsmonitor", ""), ("status",)),
    "remote-ssh": (
        _remote(("remote.origin.url", "ssh://nowhere.invalid/x"), ("core.sshCommand", "{}")),
        ("cat-file", "-p", f"HEAD:{PIECE}"),
    ),
    "remote-ext": (
        _remote(("remote.origin.url", "ext::{}"), ("protocol.ext.allow", "always")),
        ("cat-file", "-p", f"HEAD:{PIECE}"),
    ),
    "remote-pack": (
        _remote(("remote.origin.url", "/nowhere"), ("remote.origin.uploadpack", "{}")),
        ("cat-file", "-p", f"HEAD:{PIECE}"),
    ),
    "remote-proxy": (
        _remote(("remote.origin.url", "git://nowhere.invalid/x"), ("core.gitProxy", "{}")),
        ("cat-file", "-p", f"HEAD:{PIECE}"),
    ),
}  # fmt: skip


def test_content_laid_out_as_a_repository_is_not_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger could bring such a folder, with settings of his own, in a pull request."""
    made = make(tmp_path / "r", monkeypatch)
    made.commit({PATH: GOOD})
    for name in ("objects", "refs"):
        (made.content / name).mkdir()
    (made.content / "HEAD").write_text("ref: refs/heads/main\n")
    (made.content / "config").write_text("[core]\n\tbare = false\n\tworktree = .\n")
    assert made.git("-C", "content", "rev-parse", "--git-dir").strip() == "."
    with pytest.raises(RevisionError):
        repository(made.content)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_runs_a_program(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, sprung = tmp_path / "trap", tmp_path / "sprung"
    program.write_text(f"#!/bin/sh\ntouch '{sprung}'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    made = make(tmp_path / "r", monkeypatch)
    made.commit({PATH: GOOD, SITE: "修订记录: 是\n", "2024/b.yaml": EDITED}, day=1)
    made.commit({"2024/b.yaml": None, "2024/c.yaml": EDITED.replace("公益", "第二")}, day=2)
    lay, spring = WAYS[way]
    lay(made, str(program))
    sprung.unlink(missing_ok=True)  # laying some of them takes a git command that springs them
    made.write({PATH: EDITED})
    os.utime(made.content / "2024/c.yaml", (1, 1))  # git would like to look at it anew

    for said in (["HEAD"], ["HEAD~1", "HEAD"], ["HEAD~1...HEAD"], ["HEAD"]):
        assert main(["diff", *said, "--content", str(made.content)]) in (0, 1, 3)
    main(["check", "--content", str(made.content)])
    chronicle = open_chronicle(made.content, Site.model_validate({"修订记录": "是"}))
    assert chronicle is not None
    assert list(repository(made.content).log(10))
    assert not sprung.exists()

    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    subprocess.run(
        ["git", *spring], cwd=made.root, env=kept | SETTINGS, check=False, capture_output=True
    )
    assert sprung.exists(), "a trap that nothing springs proves nothing"
