"""A content repository from nothing: it works at once, and nothing in it is ever replaced."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from builder.cli.arguments import parser
from builder.cli.main import main
from builder.diagnostics import Severity
from builder.formatter import canonical
from builder.model import Report
from builder.starter import begin
from tests.support.reports import blank, examine, layout_of, profiles

SAMPLE = Path("content/2024/shili-xiangmu.yaml")
WORKFLOWS = [
    ".github/workflows/jixiao.yml",
    ".gitlab-ci.yml",
    ".workflow/jixiao-check.yml",
    ".workflow/jixiao-publish.yml",
]
COMMAND = """\
#!/bin/sh
exec {python} -c 'import sys; from builder.cli.main import main; sys.exit(main())' "$@"
"""
FILLED = {
    "项目名称": "教师培训经费", "主管部门": "某市教育局", "实施单位": "某市教师进修学院",
    "预期目标": "面向乡村教师开展培训。", "实际完成情况": "全年开展培训五期，参训教师三百人。",
    "三级指标": "培训期数", "年度指标值": "≥5(期)", "实际完成值": "5(期)",
}  # fmt: skip


class Repository:
    """A repository as `jixiao init` leaves it, in git, with `jixiao` on the path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "绩效自评"
        assert main(["init", str(self.folder)]) == 0
        programs = folder / "bin"
        programs.mkdir()
        (programs / "jixiao").write_text(COMMAND.format(python=sys.executable), encoding="utf-8")
        (programs / "jixiao").chmod(0o755)
        # The images that workflows ask for have `python`, Debian has none.
        for name in ("python", "python3"):
            (programs / name).symlink_to(sys.executable)
        root = Path(__file__).parents[2]
        self._environment = {
            **os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(root),
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "甲", "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "甲", "GIT_COMMITTER_EMAIL": "a@example.com",
        }  # fmt: skip
        self.run("git init -q -b main")
        self.run("git config --local include.path ../.gitconfig")

    def run(self, command: str, folder: str = ".") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", command], cwd=self.folder / folder, env=self._environment,
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def edit(self, old: str, new: str) -> None:
        text = (self.folder / SAMPLE).read_text(encoding="utf-8")
        assert old in text
        (self.folder / SAMPLE).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_it_works_at_once(repository: Repository) -> None:
    assert repository.run("jixiao check --strict").returncode == 0
    built = repository.run("jixiao build --publish --no-pdf")
    assert built.returncode == 0, built.stderr
    page = repository.folder / "output" / "2024" / "shili-xiangmu" / "index.html"
    assert "示例" in page.read_text(encoding="utf-8")
    assert repository.run("git add -A && git commit -qm 开始").returncode == 0
    assert "output" not in repository.run("git ls-files").stdout


def test_hook_stops_an_error(repository: Repository) -> None:
    repository.edit("主管部门: ", "主管部门：")
    refused = repository.run("git add -A && git commit -qm 改")
    assert refused.returncode == 1
    assert "[Y301]" in refused.stdout + refused.stderr
    assert repository.run("git rev-parse HEAD").returncode != 0
    repository.edit("主管部门：", "主管部门: ")
    assert repository.run("git add -A && git commit -qm 改").returncode == 0


def test_hook_looks_at_what_is_committed(repository: Repository) -> None:
    """Not at the files as they lie there: those may be half edited."""
    repository.run("git add -A")
    repository.edit("主管部门: ", "主管部门：")
    assert repository.run("git commit -qm 开始").returncode == 0
    assert "主管部门：" in (repository.folder / SAMPLE).read_text(encoding="utf-8")


def test_diff_shows_text_and_scores(repository: Repository) -> None:
    repository.run("git add -A && git commit --no-verify -qm 开始")
    repository.edit("实际完成值: 88(%)", "实际完成值: 80(%)")
    for folder in (".", "content"):
        told = repository.run("git diff", folder).stdout
        assert "+        实际完成值: 80(%)" in told
        assert re.search(r"^-.*99\.23", told, re.MULTILINE)
        assert re.search(r"^\+.*98\.34", told, re.MULTILINE)
    repository.edit("主管部门: ", "主管部门：")
    broken = repository.run("git diff")
    assert broken.returncode == 0
    assert "+主管部门：" in broken.stdout


def test_nothing_is_replaced(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    own = {".gitlab-ci.yml": "自己的", "content/site.yaml": "名称: 某局\n"}
    for name, text in own.items():
        (repository.folder / name).write_text(text, encoding="utf-8")
    (repository.folder / "README.md").unlink()
    (repository.folder / SAMPLE).rename(repository.folder / "content/2024/own.yaml")
    capsys.readouterr()
    assert main(["init", str(repository.folder)]) == 0
    told = capsys.readouterr().out
    for name, text in own.items():
        assert (repository.folder / name).read_text(encoding="utf-8") == text
        assert name in told
    assert (repository.folder / "README.md").is_file()
    assert not (repository.folder / SAMPLE).exists(), "an office with reports needs no sample"


def test_no_link_is_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "README.md").symlink_to(outside)
    assert "README.md" in begin(folder).kept
    assert not outside.exists()


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["init", str(tmp_path / "file")]) == 3


def texts(value: Any) -> Iterator[str]:
    """Every text in a YAML value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_says_what_the_command_understands(name: str, repository: Repository) -> None:
    file = repository.folder / name
    workflow = YAML(typ="safe", pure=True).load(file)
    lines = [line for text in texts(workflow) for line in text.splitlines()]
    commands = [found[1] for line in lines if (found := re.match(r"\s*jixiao (.*)", line))]
    assert any(command.startswith(("check", "build")) for command in commands)
    for command in commands:
        words = shlex.split(re.split(r" (>|\|\|) ", command)[0])
        assert parser().parse_args(words).verb, command
    assert any("sh wheels/install.sh" in line for line in lines)
    assert not any("pip install" in line for line in lines)


def scripts(workflow: dict[str, Any]) -> Iterator[str]:
    """The shell scripts of a workflow that compare: of GitHub, GitLab or Gitee."""
    for job in workflow.get("jobs", {}).values():
        yield from (step["run"] for step in job["steps"] if "jixiao diff" in step.get("run", ""))
    if "review" in workflow:
        yield "\n".join(workflow["review"]["script"])
    for stage in workflow.get("stages", []):
        yield from ("\n".join(s["commands"]) for s in stage["steps"]) if "steps" in stage else ()


def comparing(repository: Repository, name: str) -> str:
    """The script of a workflow that compares; it installs and fetches nothing."""
    workflow = YAML(typ="safe", pure=True).load(repository.folder / name)
    (script,) = scripts(workflow if name != ".gitlab-ci.yml" else {"review": workflow["review"]})
    return re.sub("sh wheels/install.sh|git fetch", ": not", script)


@pytest.mark.parametrize("name", WORKFLOWS[:3])
@pytest.mark.parametrize("breaks", [False, True])
def test_workflow_compares(name: str, breaks: bool, repository: Repository) -> None:
    """What a merge request gets to read, with errors of its own and without."""
    repository.run(
        "git add -A && git commit --no-verify -qm 开始 && "
        "git update-ref refs/remotes/origin/main main"
    )
    repository.run("git switch -qc 修改")
    repository.edit("实际完成值: 88(%)", "实际完成值: 80(%)")
    if breaks:
        repository.edit("分值: 20.00", "分值: 10.00")
    repository.run("git commit --no-verify -qam 改")
    script = comparing(repository, name)
    given = (
        "GITHUB_BASE_REF=main GITHUB_STEP_SUMMARY=summary.md GITEE_BRANCH=main "
        "GITEE_SOURCE_BRANCH=修改 GITEE_COMMIT=$(git rev-parse main) "
        "GITEE_SOURCE_COMMIT=$(git rev-parse HEAD) "
        "CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse main)"
    )
    ran = repository.run(f"set -e; export {given}\n{script}")
    is_checked_too = "jixiao check" in script
    assert ran.returncode == (1 if breaks and is_checked_too else 0), ran.stderr
    review = (repository.folder / "review.md").read_text(encoding="utf-8")
    assert "99.23" in review
    assert "数字阅读推广经费" in review


CURL = """\
#!/bin/sh
printf '%s ' "$@" >> curl.log; echo >> curl.log
case "$*" in
  *per_page*) cat comments.json ;;
  *--request*) exit ${REFUSES:-0} ;;
esac
"""


@pytest.mark.parametrize("name", WORKFLOWS[1:3])
@pytest.mark.parametrize(
    ("comments", "refuses", "said"),
    [
        ([{"id": 5, "body": "好"}], 0, ["new"]),
        ([{"id": 7, "body": "### 自评表改动\n\n旧"}, {"id": 5, "body": "好"}], 0, ["old"]),
        ([{"id": 7, "body": "### 自评表改动"}], 22, ["old", "new"]),  # somebody else's
    ],
)
def test_one_comment_is_kept_up_to_date(
    name: str, comments: list[dict[str, Any]], refuses: int, said: list[str], repository: Repository
) -> None:
    verb = "PUT" if name == ".gitlab-ci.yml" else "PATCH"
    repository.run("git add -A && git commit --no-verify -qm 开始")
    repository.run("git remote add origin https://gitee.com/甲/乙.git")
    curl = repository.folder.parent / "bin" / "curl"
    curl.write_text(CURL, encoding="utf-8")
    curl.chmod(0o755)
    (repository.folder / "comments.json").write_text(json.dumps(comments), encoding="utf-8")
    script = comparing(repository, name)
    given = (
        "JIXIAO_TOKEN=secret CI_PROJECT_ID=1 CI_MERGE_REQUEST_IID=2 "
        "GITEE_BRANCH=main GITEE_SOURCE_BRANCH=main GITEE_PULL_ID=3 "
        "GITEE_COMMIT=HEAD GITEE_SOURCE_COMMIT=HEAD "
        f"CI_API_V4_URL=https://x/api CI_MERGE_REQUEST_DIFF_BASE_SHA=HEAD REFUSES={refuses}"
    )
    ran = repository.run(f"set -e; export {given}\n{script}")
    assert ran.returncode == 0, ran.stderr
    asked, *sent = (repository.folder / "curl.log").read_text(encoding="utf-8").splitlines()
    assert "review.md" not in asked
    assert all("body@review.md" in line and "secret" in line for line in sent)
    assert ["old" if f"--request {verb}" in line else "new" for line in sent] == said
    assert all("/7 " in line for line in sent if "--request" in line)


@pytest.mark.parametrize(
    ("name", "schema"),
    [(WORKFLOWS[0], "vendor.github-workflows"), (WORKFLOWS[1], "vendor.gitlab-ci")],
)
def test_workflow_fits_its_schema(name: str, schema: str, repository: Repository) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    subprocess.run([*command, repository.folder / name], check=True, capture_output=True)


@pytest.mark.parametrize("name", WORKFLOWS[2:])
def test_gitee_pipeline_has_what_gitee_asks_for(name: str, repository: Repository) -> None:
    pipeline = YAML(typ="safe", pure=True).load(repository.folder / name)
    assert pipeline["version"] == "1.0"
    assert name == f".workflow/{pipeline['name']}.yml"
    assert pipeline["triggers"].keys() & {"push", "pr"}
    for stage in pipeline["stages"]:
        assert {"name", "displayName", "strategy", "trigger", "steps"} <= stage.keys()
        for step in stage["steps"]:
            assert {"step", "name", "displayName"} <= step.keys()
            assert step["step"] in {"build@python", "publish@general_artifacts"}


def test_every_version_is_pinned_by_hash(repository: Repository) -> None:
    text = (repository.folder / "requirements.txt").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"(?m)^(?=\w)", text) if not entry.startswith("#")]
    pinned = {entry.partition("==")[0]: entry.split()[0] for entry in entries}
    assert {"weasyprint", "pydantic-core", "ruamel-yaml-clib", "watchfiles", "brotli"} <= set(
        pinned
    )
    assert not set(pinned) & {"jixiao", "pytest", "ruff", "mypy", "hatchling", "pluggy"}
    assert all(pinned[name] == f"{name}=={version(name)}" for name in pinned)
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry) for entry in entries)


@pytest.mark.parametrize("name", profiles().by_name)
def test_empty_form_asks_for_values_and_nothing_else(name: str) -> None:
    text = blank(name, is_default=name == "上海市级")
    assert set(examine(text).codes) <= {"S103", "S306", "S307"}  # each tells of a blank


@pytest.mark.parametrize("name", profiles().by_name)
def test_empty_form_is_canonical(name: str) -> None:
    text = blank(name, is_default=name == "上海市级")
    assert canonical(text, "", Report) == text


@pytest.mark.parametrize("name", profiles().by_name)
def test_filled_form_is_a_report(name: str) -> None:
    profile = profiles().by_name[name]
    text = blank(name, is_default=False)
    funds = layout_of(name).funds
    for row in funds.rows if funds.unsummed else ():  # the total is there
        text = re.sub(rf"^  {row}:.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"(预算数|执行数|到位资金数?): ", r"\1: 100", text)
    for label, value in FILLED.items():
        text = re.sub(rf"^([ -]*{label}):.*", rf"\1: {value}", text, flags=re.MULTILINE)
    points = 100 - int(profile.execution.weight or 0)
    count = len(re.findall(r"^ +分值:", text, re.MULTILINE))
    shares = iter(
        [points - points // max(count, 1) * (count - 1)] + [points // max(count, 1)] * count
    )
    text = re.sub(
        r"^( +分值):.*", lambda found: f"{found[1]}: {next(shares)}", text, flags=re.MULTILINE
    )
    # What no rule can give has to be written.
    text = re.sub(r"(分值: (\d+)\n +得分:).*", r"\1 \2", text)
    found = examine(text)
    assert found.document
    assert not [d for d in found.found if d.severity is Severity.ERROR]


def test_new_writes_a_form_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = ["--content", str(tmp_path / "content")]
    assert main(["new", "2025", "某项目", *content, "--profile", "四川"]) == 0
    file = tmp_path / "content" / "2025" / "某项目.yaml"
    assert "评分规则: 四川" in file.read_text(encoding="utf-8")
    assert str(file) in capsys.readouterr().out
    file.write_text("写了一半", encoding="utf-8")
    assert main(["new", "2025", "某项目", *content]) == 2
    assert file.read_text(encoding="utf-8") == "写了一半"


@pytest.mark.parametrize(
    "arguments",
    [["25", "a"], ["2025", "../a"], ["2025", "index"], ["2025", "a b"],
     ["2025", "a", "--profile", "无"]],
)  # fmt: skip
def test_new_refuses(arguments: list[str], tmp_path: Path) -> None:
    assert main(["new", *arguments, "--content", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []


def test_new_keeps_to_the_site(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("评分规则: 湖北\n", encoding="utf-8")
    assert main(["new", "2025", "a", "--content", str(tmp_path)]) == 0
    text = (tmp_path / "2025" / "a.yaml").read_text(encoding="utf-8")
    assert "\n评分规则:" not in text
    for row in layout_of("湖北").funds.rows:
        assert row in text
