"""The catalogue format: one YAML file a policy, read with every value checked, and written back the same."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from domain.errors import BadCatalogue
from domain.policy import Policy
from storage import plain_yaml
from storage.catalogue_entries import PolicyEntry

# A catalogue file is some 30 kB; thirty times that is a mistake, not a policy.
MAX_BYTES = 1_000_000
_LONGEST_LINE = 300


def load_folder(folder: Path) -> tuple[Policy, ...]:
    """Read every `*.yaml` of a folder, in the order of the files' names.

    Raises:
        BadCatalogue: a file is wrong or two hold the same policy; nothing is returned then.
    """
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise BadCatalogue(f"{folder.name}: no *.yaml file in this folder")
    policies = [load_file(file) for file in files]
    seen: dict[str, str] = {}
    for file, policy in zip(files, policies, strict=True):
        if policy.id in seen:
            raise BadCatalogue(f"{file.name}: id: {policy.id} is already in {seen[policy.id]}")
        seen[policy.id] = file.name
    return tuple(policies)


def load_file(file: Path) -> Policy:
    """Read one catalogue file.

    Raises:
        BadCatalogue: it can't be read or breaks the format; the text names file, entry and field.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise BadCatalogue(f"{file.name}: larger than {MAX_BYTES} bytes")
        text = file.read_text(encoding="utf-8-sig")  # Windows editors start a file with a mark
    except OSError as error:
        raise BadCatalogue(f"{file.name}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadCatalogue(f"{file.name}: not UTF-8 at byte {error.start}") from error
    return loads(text, name=file.name)


def loads(text: str, *, name: str) -> Policy:
    """Read one policy from YAML text; `name` stands in error messages.

    Raises:
        BadCatalogue: as `load_file`.
    """
    if len(text) > MAX_BYTES:
        raise BadCatalogue(f"{name}: longer than {MAX_BYTES} characters")
    try:
        tree = plain_yaml.read(text)
    except yaml.YAMLError as error:
        raise BadCatalogue(f"{name}: {_yaml_reason(error)}") from error
    return from_tree(tree, name=name)


def from_tree(tree: Any, *, name: str) -> Policy:
    """Check the maps and lists of one policy, as `PolicyEntry.tree_of` makes them, and build it.

    Raises:
        BadCatalogue: as `load_file`.
    """
    if not isinstance(tree, dict):
        raise BadCatalogue(f"{name}: a policy is a map of fields")
    try:
        policy: Policy = PolicyEntry.model_validate(tree).to_domain()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        reason = first["msg"].removeprefix("Value error, ")
        raise BadCatalogue(_one_line(f"{name}: {_place(tree, first['loc'])}{reason}")) from error
    return policy


def dumps(policy: Policy) -> str:
    """Write one policy as YAML that `loads` reads back equal."""
    tree = PolicyEntry.tree_of(policy)
    return yaml.dump(
        tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120
    )


class _Dumper(yaml.SafeDumper):
    """Writes figures bare and small maps on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow, False)  # noqa: FBT003 - PyYAML's signature

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Write a value in full wherever it stands; two facts may share one."""
        return True


def _figure(dumper: _Dumper, value: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:float" if "." in f"{value:f}" else "tag:yaml.org,2002:int", f"{value:f}"
    )


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    # YAML takes these for line ends: PyYAML would write them bare, and they would read back as space.
    odd = any(character in value for character in "\x85\u2028\u2029")
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if odd else None)


_Dumper.add_representer(Decimal, _figure)
_Dumper.add_representer(str, _text)


def _place(raw: Any, location: Iterable[int | str]) -> str:
    """`measures[M5].title.zh: ` out of pydantic's path, an entry named by its id where it has one."""
    words: list[str] = []
    node = raw
    for step in location:
        node = _child(node, step)
        if isinstance(step, int):
            label = node["id"] if isinstance(node, dict) and isinstance(node.get("id"), str) else step
            words[-1:] = [f"{words[-1] if words else ''}[{label}]"]
        else:
            words.append(step)
    return ".".join(words) + ": " if words else ""


def _child(node: Any, step: int | str) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None


def _yaml_reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return _one_line(f"line {mark.line + 1}: {problem}" if mark else problem)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…"
