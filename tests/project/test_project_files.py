"""The documents and settings of the project agree with one another."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERSION: str = PROJECT["project"]["version"]
PACKAGE = ROOT / "src" / "timeline_tui"
DECISIONS = ROOT / "docs" / "decisions"
RECORDS = sorted(DECISIONS.glob("[0-9]*.md"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SETTINGS = sorted(
    [*(ROOT / ".github").rglob("*.yml"), *ROOT.glob(".pre-commit-*.yaml"), ROOT / "CITATION.cff"]
)

pytestmark = pytest.mark.skipif(
    not (ROOT / ".github").is_dir(), reason="a source distribution has no .github"
)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_to_a_file_and_a_heading(path: Path) -> None:
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", read(path), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if target.startswith("https://"):
            continue
        name, _, heading = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", read(file), flags=re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in headings}
            assert heading in anchors, target


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_decision_has_a_number_a_day_and_three_parts_and_is_in_the_index(path: Path) -> None:
    number = int(path.name[:4])
    record = re.fullmatch(
        r"# (\d+)\. ([^\n]+)\n\n(\d{4}-\d\d-\d\d) · (?:in force|replaced by \d+ on \d{4}-\d\d-\d\d)\n\n"
        r"## Context\n\n.+\n\n## Decision\n\n.+\n\n## Consequences\n\n- .+\n",
        read(path),
        re.DOTALL,
    )
    assert record is not None
    assert RECORDS[number - 1] == path
    assert int(record[1]) == number
    assert f"| [{number}. {record[2]}]({path.name}) | {record[3]} |" in read(DECISIONS / "README.md")


def test_the_citation_names_this_version_and_licence() -> None:
    citation = yaml.safe_load(read(ROOT / "CITATION.cff"))
    project = PROJECT["project"]
    assert citation["version"] == VERSION
    assert citation["license"] == project["license"]
    assert citation["keywords"] == project["keywords"]
    assert citation["abstract"] == project["description"]
    assert [author["name"] for author in citation["authors"]] == [who["name"] for who in project["authors"]]


def test_the_changelog_begins_with_what_is_not_released_and_then_this_version() -> None:
    headings = re.findall(
        r"^## \[([^]]+)\](?: - (\d{4}-\d\d-\d\d))?$", read(ROOT / "CHANGELOG.md"), re.MULTILINE
    )
    citation = yaml.safe_load(read(ROOT / "CITATION.cff"))
    assert headings[:2] == [("Unreleased", ""), (VERSION, str(citation["date-released"]))]
    assert [day for _, day in headings[1:]] == sorted((day for _, day in headings[1:]), reverse=True)


def test_the_changelog_has_only_the_kinds_of_changes_that_its_form_knows() -> None:
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", read(ROOT / "CHANGELOG.md"), re.MULTILINE)) <= kinds


def test_a_commit_is_judged_by_the_same_tools_as_a_pull_request() -> None:
    hooks = yaml.safe_load(read(ROOT / ".pre-commit-config.yaml"))["repos"][0]["hooks"]
    rules = re.search(r"^check:.*\n((?:\t.+\n)+)", read(ROOT / "Makefile"), re.MULTILINE)
    assert rules is not None
    asked = {" ".join(line.split()[:2]).replace("$(BIN)", ".venv/bin") for line in rules[1].splitlines()}
    assert asked == {" ".join(hook["entry"].split()[:2]) for hook in hooks}


def test_everything_that_a_source_distribution_names_is_there() -> None:
    for name in PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]:
        assert (ROOT / name).exists(), name


def test_ci_tries_every_python_that_the_package_names_on_linux_and_on_macos() -> None:
    matrix = yaml.safe_load(read(ROOT / ".github" / "workflows" / "ci.yml"))["jobs"]["test"]["strategy"][
        "matrix"
    ]
    named = [
        label.rpartition(" ")[2]
        for label in PROJECT["project"]["classifiers"]
        if re.search(r"Python :: 3\.\d", label)
    ]
    assert matrix["python"] == named
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos"}


@pytest.mark.parametrize("path", SETTINGS, ids=lambda path: path.name)
def test_a_file_of_settings_is_yaml_with_no_key_given_twice(path: Path) -> None:
    def keys_are_unique(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), keys
        for child in node.value if isinstance(node, yaml.CollectionNode) else ():
            for part in child if isinstance(child, tuple) else (child,):
                keys_are_unique(part)

    node = yaml.compose(read(path), Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.CollectionNode)
    keys_are_unique(node)


@pytest.mark.parametrize("path", [ROOT / "CONTRIBUTING.md", *RECORDS], ids=lambda path: path.name)
def test_every_path_that_a_document_names_is_there(path: Path) -> None:
    for name in re.findall(r"`([^`\s]+)`", read(path)):
        if "/" in name or name.endswith((".py", ".md", ".toml", ".yaml", ".cff")):
            assert (ROOT / name).exists() or (PACKAGE / name).exists(), name


def test_the_guide_names_every_room_in_the_order_of_the_layers() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    rows = re.findall(r"(?m)^\| `(\w+)(?:/|\.py)` \|", read(ROOT / "CONTRIBUTING.md"))
    assert ["__main__", *rows] == [name for layer in layers for name in layer.split(" | ")]


def test_the_guide_has_a_reason_for_every_dependency() -> None:
    guide = read(ROOT / "CONTRIBUTING.md").partition("## Dependencies")[2]
    groups = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    for dependency in [name for group in groups for name in group]:
        assert f"`{re.split('[<>=]', dependency)[0]}`" in guide, dependency


@pytest.mark.parametrize("path", [ROOT / "CONTRIBUTING.md", ROOT / "README.md"], ids=lambda path: path.name)
def test_every_make_target_that_a_document_names_is_one(path: Path) -> None:
    targets = re.findall(r"(?m)^([a-z-]+):", read(ROOT / "Makefile"))
    for name in re.findall(r"(?:^ {4}|`|or: )make ([a-z-]+)", read(path), re.MULTILINE):
        assert name in targets
