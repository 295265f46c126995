"""The catalogue format: one YAML file a policy, read with every value checked, and written back the same."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from domain.errors import BadCatalogue
from domain.policy import Policy
from storage.catalogue_entries import PolicyEntry

# A catalogue file is some 30 kB; a thousand times that is a mistake, not a policy.
MAX_BYTES = 4_000_000


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
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCatalogue(f"{file.name}: can't be read: {_first_line(error)}") from error
    return loads(text, name=file.name)


def loads(text: str, *, name: str) -> Policy:
    """Read one policy from YAML text; `name` stands in error messages.

    Raises:
        BadCatalogue: as `load_file`.
    """
    try:
        raw = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - builds strings, lists and maps only
    except (yaml.YAMLError, RecursionError) as error:
        raise BadCatalogue(f"{name}: not YAML: {_first_line(error)}") from error
    if not isinstance(raw, dict):
        raise BadCatalogue(f"{name}: a policy is a map of fields")
    try:
        policy: Policy = PolicyEntry.model_validate(raw).to_domain()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadCatalogue(
            f"{name}: {_place(raw, first['loc'])}{first['msg'].removeprefix('Value error, ')}"
        ) from error
    return policy


def dumps(policy: Policy) -> str:
    """Write one policy as YAML that `loads` reads back equal."""
    tree = PolicyEntry.tree_of(policy)
    return yaml.dump(
        tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120
    )


class _PlainLoader(yaml.BaseLoader):
    """Every scalar stays text (so `2025`, `09` and `no` mean what they say); a repeated key is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key {key.value} is there twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


class _Dumper(yaml.SafeDumper):
    """Writes figures bare and small maps on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow, False)  # noqa: FBT003 - PyYAML's signature


def _figure(dumper: _Dumper, value: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:float" if "." in f"{value:f}" else "tag:yaml.org,2002:int", f"{value:f}"
    )


_Dumper.add_representer(Decimal, _figure)


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


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
