"""What runs on GitHub: least rights, nothing published that failed, labels that exist."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.projects import ROOT

GITHUB = ROOT / ".github"
Workflows = dict[str, dict[str, Any]]


def load() -> Workflows:
    # YAML 1.1 reads the key "on" as true.
    return {
        path.stem: {str(k): v for k, v in yaml.safe_load(path.read_text("utf-8")).items()}
        for path in (GITHUB / "workflows").glob("*.yml")
    }


def runs(job: dict[str, Any]) -> str:
    return "\n".join(step.get("run", "") for step in job.get("steps", ()))


def needed(jobs: dict[str, Any], name: str) -> set[str]:
    """The jobs that have to pass before a job begins."""
    direct = jobs[name].get("needs", [])
    names = {direct} if isinstance(direct, str) else set(direct)
    return names.union(*(needed(jobs, other) for other in names))


def faults(workflows: Workflows) -> Iterator[str]:
    """What is wrong with rights, pins and the order of jobs."""
    yield from faults_of_rights(workflows)
    yield from faults_of_order(workflows)


def faults_of_rights(workflows: Workflows) -> Iterator[str]:
    for name, workflow in workflows.items():
        if workflow["permissions"] != {}:
            yield f"{name}: rights for every job"
        for job_name, job in workflow["jobs"].items():
            if "permissions" not in job:
                yield f"{name}: {job_name} does not say its rights"
            if re.search(r"git push(?!.*\$BRANCH)", runs(job)):
                yield f"{name}: {job_name} pushes to a protected branch"
            yield from (
                f"{name}: {step['uses']} is not pinned"
                for step in job.get("steps", ())
                if "uses" in step and not re.search(r"@[0-9a-f]{40}$", step["uses"])
            )


def faults_of_order(workflows: Workflows) -> Iterator[str]:
    jobs = workflows["check"]["jobs"]
    if set(workflows["pages"]["True"]) != {"workflow_call"}:
        yield "pages: starts without the checks"
    if not {"build", "session"} <= needed(jobs, "publish"):
        yield "check: publishes what has not passed"
    attested = workflows["pages"]["jobs"]["attest"]["steps"]
    if not any("attest-build-provenance" in step.get("uses", "") for step in attested):
        yield "pages: nothing says where the site comes from"
    if not {"build", "attest"} <= needed(workflows["pages"]["jobs"], "deploy"):
        yield "pages: publishes what is not attested"
    if "github.ref == 'refs/heads/main'" not in jobs["publish"]["if"]:
        yield "check: publishes what is not on main"
    for name in ("links", "references"):
        note = runs(workflows[name]["jobs"]["note"])
        steps = [note.find(f"{step} ") for step in ("gh issue create", "git push", "gh pr create")]
        if -1 in steps or steps != sorted(steps):
            yield f"{name}: the issue does not come first"
        if "gh workflow run check.yml" not in note:
            yield f"{name}: nothing checks the pull request"
    if "workflow_dispatch" not in workflows["check"]["True"]:
        yield "check: nobody can ask for it"


def test_workflows_are_sound() -> None:
    assert list(faults(load())) == []


BREAKAGES: dict[str, Callable[[Workflows], object]] = {
    "pages: starts without the checks": lambda w: w["pages"]["True"].update(push={}),
    "check: publishes what has not passed": lambda w: w["check"]["jobs"]["publish"].pop("needs"),
    "check: publishes what is not on main": lambda w: w["check"]["jobs"]["publish"].update(
        {"if": ""}
    ),
    "pages: nothing says where the site comes from": lambda w: w["pages"]["jobs"]["attest"][
        "steps"
    ].pop(),
    "pages: publishes what is not attested": lambda w: w["pages"]["jobs"]["deploy"].update(
        needs="build"
    ),
    "check: rights for every job": lambda w: w["check"].update(permissions={"contents": "write"}),
    "check: build does not say its rights": lambda w: w["check"]["jobs"]["build"].pop(
        "permissions"
    ),
    "check: a/b@v1 is not pinned": lambda w: w["check"]["jobs"]["build"]["steps"].append(
        {"uses": "a/b@v1"}
    ),
    "links: note pushes to a protected branch": lambda w: w["links"]["jobs"]["note"][
        "steps"
    ].append({"run": "git push"}),
    "links: the issue does not come first": lambda w: w["links"]["jobs"]["note"]["steps"].reverse(),
    "references: the issue does not come first": lambda w: w["references"]["jobs"]["note"][
        "steps"
    ].reverse(),
    "references: nothing checks the pull request": lambda w: w["references"]["jobs"]["note"][
        "steps"
    ][-1].update(run=runs(w["references"]["jobs"]["note"]).replace("workflow run", "")),
    "check: nobody can ask for it": lambda w: w["check"]["True"].pop("workflow_dispatch"),
}


@pytest.mark.parametrize("fault", BREAKAGES)
def test_unsound_workflows_are_found(fault: str) -> None:
    workflows = load()
    BREAKAGES[fault](workflows)
    assert list(faults(workflows)) == [fault]


def labels_used() -> set[str]:
    forms = [
        yaml.safe_load(path.read_text("utf-8"))
        for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml")
    ]
    used = {label for form in forms for label in form.get("labels", ())}
    for workflow in load().values():
        for job in workflow["jobs"].values():
            used.update(re.findall(r"--label (\w+)", runs(job)))
    return used


def test_labels_are_those_that_are_used() -> None:
    labels = json.loads((GITHUB / "labels.json").read_text("utf-8"))
    assert {label["name"] for label in labels} == labels_used() != set()


def test_set_up_is_the_line_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    line = "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt"
    assert readme.count(line) == 2
    places = [ROOT / ".ci/run", *(GITHUB / "workflows").glob("*.yml")]
    for path in places:
        text = path.read_text("utf-8")
        assert text.count(line) == text.count("pip install"), path


def test_what_runs_the_tasks_is_pinned_as_locked() -> None:
    """Each with its hash, so pip takes nothing else; the head of the file says how it is made."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    pins = re.findall(r"(?m)^([\w-]+)==(\S+)(?: ; .*)? \\\n    --hash=sha256:[0-9a-f]{64}", text)
    assert len(pins) == len(re.findall(r"(?m)^[\w-]", text)) > 1
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    locked = {each["name"]: each for each in lock["package"]}
    for name, version in pins:
        assert locked[name]["version"] == version, name
        for file in locked[name]["wheels"]:
            assert file["hash"] in text, name
    needed, left = set(), ["nox", "uv"]
    while left:
        needed.add(name := left.pop())
        wanted = (each["name"] for each in locked[name].get("dependencies", ()))
        left += [each for each in wanted if each not in needed]
    assert needed <= {name for name, _ in pins}


def test_the_step_for_other_projects_installs_what_is_locked(tmp_path: Path) -> None:
    """Its commands are those of pip and uv, which take nothing without a hash, as they are here."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    install = next(step["run"] for step in action["runs"]["steps"] if "sync" in step.get("run", ""))
    installs = [line for line in install.splitlines() if re.search("pip.? install|uv.? sync", line)]
    (tools, own, given) = installs
    assert '--require-hashes -r "$GITHUB_ACTION_PATH/requirements.txt"' in tools
    assert " --locked " in own
    assert "$REQUIREMENTS" in given  # what the other project names itself
    (tmp_path / "bin").mkdir()
    for name in ("uv", "python"):
        found = shutil.which(name, path=str(Path(sys.executable).parent))
        assert found
        (tmp_path / "bin" / name).symlink_to(found)
    run = subprocess.run(
        ["bash", "-ec", f'tools="{tmp_path}/bin"; {own} --dry-run --offline --no-cache'],  # noqa: S607  # as GitHub finds it
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"GITHUB_ACTION_PATH": str(ROOT), "UV_PROJECT_ENVIRONMENT": str(tmp_path / "new"),
             "PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert not (tmp_path / "new").exists()


def tools_of(config: str) -> list[str]:
    """The commands of pre-commit's hooks, without what runs them."""
    hooks = yaml.safe_load(config)["repos"][0]["hooks"]
    return [hook["entry"] for hook in hooks]


def test_pre_commit_runs_the_locked_tools() -> None:
    entries = tools_of((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert len(entries) == 5
    for entry in entries:
        assert entry.startswith(".venv/bin/uv run --isolated --locked ")


def test_pre_commit_checks_no_faulty_example() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    (bib,) = (hook for hook in config["repos"][0]["hooks"] if hook["id"] == "bib")
    tracked = [path.relative_to(ROOT).as_posix() for path in Path(ROOT, "tests").rglob("*.bib")]
    assert len(tracked) > 2
    assert [name for name in [*tracked, "references.bib"] if re.search(bib["files"], name)] == [
        "references.bib"
    ]


def owner(name: str) -> str:
    """Who is asked about a file: the last line of CODEOWNERS that fits has the word."""
    asked = ""
    for line in (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines():
        pattern, *owners = line.split()
        if pattern in {"*", f"/{name}"} or (
            pattern.endswith("/") and f"/{name}".startswith(pattern)
        ):
            asked = " ".join(owners)
    return asked


def test_code_asks_for_a_second_look_and_data_does_not() -> None:
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607  # the git that has the project
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    data = {"references.bib", "references.lock.json", "links.lock.json"} | {
        name for name in listed if re.match(r"docs/(?!_(?!images/))", name)
    }
    assert data >= {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert all(owner(name) for name in [*listed, "new.py", "new/x.py"] if name not in data)
    assert not any(owner(name) for name in [*data, "docs/new.md"])


NO_IDENTIFIER = "This is no DOI, PMID, PMCID, arXiv number or ISBN.\n"
# What stands below the first heading of an issue, and what the program is given of it.
SUGGESTED = {
    "10.5555/a": "10.5555/a", "https://doi.org/10.5555/a\r": "https://doi.org/10.5555/a",
    "PMID: 7": "PMID: 7", "PMC7": "PMC7", "ISBN 978-0-306-40615-7": "ISBN 978-0-306-40615-7",
    "arXiv:2101.00001v2": "arXiv:2101.00001v2", "arXiv:math.GT/0309136": "arXiv:math.GT/0309136",
    "10.5555/a\n\n### Identifier\n\n10.5555/b": "10.5555/a",
    "10.5555/$(touch${IFS}ran)": "10.5555/$(touch${IFS}ran)",
    "10.5555/`touch${IFS}ran`'\"": "10.5555/`touch${IFS}ran`'\"",
    "$(touch ran)": "", "10.5555/a; touch ran": "", "--into=ran": "", "_No response_": "", "": "",
    "https://sample.test/page": "", "http://169.254.169.254/latest": "",
}  # fmt: skip


@pytest.mark.parametrize("given", SUGGESTED)
def test_a_suggested_source_is_words(given: str, tmp_path: Path) -> None:
    """The step runs with a body of anybody's, and programs that note what they are given."""
    jobs = load()["source"]["jobs"]
    (step,) = [one["run"] for one in jobs["ask"]["steps"] if "BODY" in one.get("env", {})]
    for name in ("bin", ".venv/bin", "temp"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("bin/python3", ".venv/bin/pip", ".venv/bin/nox"):
        program = tmp_path / name
        program.write_text('#!/bin/sh\nfor one; do echo "[$one]"; done\n', "utf-8")
        program.chmod(0o755)
    for name in ("references.bib", "references.lock.json"):
        (tmp_path / name).touch()
    subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step],  # noqa: S607  # as on GitHub
        cwd=tmp_path, check=True, capture_output=True,
        env={"BODY": f"### Identifier\n\n{given}\n\n### Why\n\n$(touch ran) `touch ran`\n",
             "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
             "RUNNER_TEMP": str(tmp_path / "temp")},
    )  # fmt: skip
    said = (tmp_path / "temp/said.txt").read_text("utf-8")
    wanted = SUGGESTED[given]
    assert said.endswith(f"[--]\n[{wanted}]\n" if wanted else NO_IDENTIFIER)
    assert not (tmp_path / "ran").exists()
