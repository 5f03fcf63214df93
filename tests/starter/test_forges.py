"""The workflows that `jixiao init` writes, from end to end: from a wheel, in an empty Python."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from builder.cli.main import main
from tests.support.forges import (
    GITEE_CHECK,
    GITEE_PUBLISH,
    GITHUB,
    GITLAB,
    Runner,
    Script,
    depth,
    packages_without,
    scripts,
    workflow,
)
from tests.support.shared import once

SAMPLE = "content/2024/shili-xiangmu.yaml"
INSTALL = Script("sh wheels/install.sh && jixiao --version")
IDENTITY = ["-c", "user.name=甲", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A Python with nothing but pip, and the packages that an index would give it."""

    def make(folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", folder / "python"], check=True)
        packages_without("jixiao", folder / "packages")

    folder = once(tmp_path_factory, "empty", make)
    return folder / "python", folder / "packages"


@pytest.fixture
def runner(tmp_path: Path, empty: tuple[Path, Path]) -> Runner:
    folder = tmp_path / "runner"
    folder.mkdir()
    return Runner(folder, *empty)


@dataclass(frozen=True)
class Forge:
    """An office's repository on a forge, with a branch 修改 that asks to be merged."""

    origin: Path

    def git(self, *arguments: str) -> str:
        command = ["git", *IDENTITY, *arguments]
        done = subprocess.run(command, cwd=self.origin, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def clone(self, folder: Path, branch: str, commits: int) -> Path:
        """The branch as a runner gets it."""
        shallow = ["--depth", f"{commits}"] if commits else []
        self.git("clone", "-q", *shallow, "-b", branch, f"file://{self.origin}", str(folder))
        return folder


@pytest.fixture
def forge(tmp_path: Path, distributed: Path) -> Forge:
    forge = Forge(tmp_path / "绩效自评")
    assert main(["init", str(forge.origin)]) == 0
    (wheel,) = distributed.glob("*.whl")
    for path in (wheel, distributed / "SHA256SUMS"):
        shutil.copy(path, forge.origin / "wheels")
    site, sample = forge.origin / "content/site.yaml", forge.origin / SAMPLE
    site.write_text(site.read_text("utf-8") + "修订记录: 是\n", encoding="utf-8")
    forge.git("init", "-q", "-b", "main")
    for message in ("开始", "更正"):
        sample.write_text(
            sample.read_text("utf-8").replace("3860人次", "3870人次"), encoding="utf-8"
        )
        forge.git("add", "--all")
        forge.git("commit", "-q", "--allow-empty", "-m", message)
    forge.git("switch", "-qc", "修改")
    sample.write_text(sample.read_text("utf-8").replace("88(%)", "80(%)"), encoding="utf-8")
    forge.git("commit", "-qam", "改")
    return forge


def run_job(
    runner: Runner, forge: Forge, name: str, job: str, branch: str, **variables: str
) -> Path:
    """Let a forge run a job of a workflow; the folder that it ran in."""
    flow = workflow(forge.origin, name)
    clone = forge.clone(runner.folder / f"clone-{job}", branch, depth(flow, job))
    values = {"steps.pages.outputs.base_url": "https://example.gov.cn/jixiao"}
    for script in scripts(flow, job, values):
        ran = runner.run(script, clone, **variables)
        assert ran.returncode == 0, f"{script.text}\n{ran.stdout}\n{ran.stderr}"
    return clone


def is_reviewed(text: str) -> bool:
    return "数字阅读推广经费" in text and "99.23" in text


def revisions(site: Path) -> int:
    page = (site / "2024" / "shili-xiangmu" / "index.html").read_text("utf-8")
    return page.count("首次收录")


def test_github(forge: Forge, runner: Runner) -> None:
    clone = run_job(
        runner, forge, GITHUB, "check", "修改",
        GITHUB_BASE_REF="main", GITHUB_REPOSITORY="甲/乙",
    )  # fmt: skip
    assert is_reviewed((clone / "review.md").read_text("utf-8"))
    assert "gh pr comment" in runner.asked
    site = run_job(runner, forge, GITHUB, "publish", "main") / "output"
    assert (site / "2024/shili-xiangmu/shili-xiangmu.pdf").read_bytes().startswith(b"%PDF")
    assert "https://example.gov.cn/jixiao/2024" in (site / "sitemap.xml").read_text("utf-8")
    assert revisions(site) == 1


@pytest.mark.proof
def test_gitlab(forge: Forge, runner: Runner) -> None:
    base = forge.git("rev-parse", "main")
    clone = run_job(runner, forge, GITLAB, "check", "修改")
    assert (clone / "codequality.json").read_text("utf-8") == "[]\n"
    clone = run_job(
        runner, forge, GITLAB, "review", "修改", CI_MERGE_REQUEST_DIFF_BASE_SHA=base,
        CI_API_V4_URL="https://git.example.gov.cn/api", CI_PROJECT_ID="1",
        CI_MERGE_REQUEST_IID="2",
    )  # fmt: skip
    assert is_reviewed((clone / "review.html").read_text("utf-8"))
    site = run_job(
        runner, forge, GITLAB, "pages", "main", CI_PAGES_URL="https://example.gov.cn/jixiao"
    )
    assert revisions(site / "public") == 1


@pytest.mark.proof
def test_gitee(forge: Forge, runner: Runner) -> None:
    clone = run_job(
        runner, forge, GITEE_CHECK, "", "修改", GITEE_BRANCH="main", GITEE_SOURCE_BRANCH="修改",
        GITEE_COMMIT=forge.git("rev-parse", "main"),
        GITEE_SOURCE_COMMIT=forge.git("rev-parse", "修改"),
    )  # fmt: skip
    assert is_reviewed((clone / "review.md").read_text("utf-8"))
    shutil.rmtree(clone)
    site = run_job(runner, forge, GITEE_PUBLISH, "", "main") / "output"
    assert revisions(site) == 1


def test_every_action_is_pinned_to_a_commit(forge: Forge) -> None:
    text = (forge.origin / GITHUB).read_text("utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert used
    for line in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_a_runner_and_an_image_are_the_offices_choice(forge: Forge) -> None:
    for job in workflow(forge.origin, GITHUB)["jobs"].values():
        assert "vars.JIXIAO_RUNNER" in job["runs-on"]
    gitlab = workflow(forge.origin, GITLAB)
    assert gitlab["default"]["image"] == "$JIXIAO_IMAGE"
    assert gitlab["variables"]["JIXIAO_IMAGE"]


@pytest.fixture
def strangers(tmp_path: Path) -> str:
    """The address of an index on which a stranger has registered our name."""
    folder = tmp_path / "simple" / "jixiao"
    folder.mkdir(parents=True)
    wheel = folder / "jixiao-99.0-py3-none-any.whl"
    metadata = {
        "METADATA": "Metadata-Version: 2.1\nName: jixiao\nVersion: 99.0\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("strange.py", "")
        for name, text in metadata.items():
            archive.writestr(f"jixiao-99.0.dist-info/{name}", text)
    (folder / "index.html").write_text(f'<a href="{wheel.name}">{wheel.name}</a>', encoding="utf-8")
    return folder.parent.as_uri()


def with_index(runner: Runner, index: str) -> Runner:
    del runner.environment["PIP_NO_INDEX"]
    runner.environment |= {"PIP_INDEX_URL": index, "PIP_EXTRA_INDEX_URL": index}
    return runner


def test_the_strange_package_could_be_installed(
    forge: Forge, runner: Runner, strangers: str
) -> None:
    """Else the next test would show nothing."""
    by_name = Script("python -m pip install jixiao && python -c 'import strange'")
    ran = with_index(runner, strangers).run(by_name, forge.origin)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("damage", ["none", "no wheel", "other wheel"])
def test_no_index_is_asked_for_jixiao(
    damage: str, forge: Forge, runner: Runner, strangers: str
) -> None:
    (wheel,) = (forge.origin / "wheels").glob("*.whl")
    if damage == "no wheel":
        wheel.unlink()
    elif damage == "other wheel":
        wheel.write_bytes(wheel.read_bytes() + b"\0")
    ran = with_index(runner, strangers).run(INSTALL, forge.origin)
    assert ran.returncode == (0 if damage == "none" else 3), ran.stderr
    assert ("没有与 wheels/SHA256SUMS 相符的安装包" in ran.stderr) == (damage != "none")
    assert runner.run(Script("python -c 'import strange'"), forge.origin).returncode == 1


def test_the_wheel_may_lie_elsewhere(forge: Forge, runner: Runner, tmp_path: Path) -> None:
    (wheel,) = (forge.origin / "wheels").glob("*.whl")
    (tmp_path / "elsewhere").mkdir()
    wheel.rename(tmp_path / "elsewhere" / wheel.name)
    ran = runner.run(INSTALL, forge.origin, JIXIAO_WHEELS=str(tmp_path / "elsewhere"))
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("sums", "told"),
    [
        (None, "没有 SHA256SUMS"),
        ("", "应有一行"),
        ("a" * 64 + "  jixiao-1.tar.gz\n", "应有一行"),
        (f"{'a' * 64}  jixiao-1-x.whl\n{'b' * 64}  jixiao-2-x.whl\n", "应有一行"),
    ],
)
def test_what_is_missing_is_told(sums: str | None, told: str, forge: Forge, runner: Runner) -> None:
    path = forge.origin / "wheels" / "SHA256SUMS"
    path.unlink()
    if sums is not None:
        path.write_text(sums, encoding="utf-8")
    ran = runner.run(INSTALL, forge.origin)
    assert ran.returncode == 3
    assert told in ran.stderr
