"""YAML reduced to what a catalogue needs: maps, lists and text; nothing that can grow or run."""

from collections.abc import Iterator
from typing import Any

import yaml

# The format is nine levels deep.
MAX_DEPTH = 20

# The parser written in C is ten times faster; not every build of PyYAML has it.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read(text: str) -> Any:
    """Read one document. Every scalar stays text, so `2025`, `09` and `no` mean what they say.

    Raises:
        yaml.YAMLError: not YAML, a key is there twice, or something stands there that the format leaves out:
            anchors and aliases (a few lines can stand for billions), tags, deep nesting, a second document.
    """
    events = yaml.parse(text, Loader=_Loader)
    for first in events:
        if not isinstance(first, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            break
    node = _node(events, first, MAX_DEPTH)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            raise _wrong(event, "a second document starts here; a file holds one policy")
    return node


def _node(events: Iterator[Any], event: Any, levels: int) -> Any:
    _refuse_the_unusual(event, levels)
    match event:
        case yaml.SequenceStartEvent():
            return [_node(events, item, levels - 1) for item in _until(yaml.SequenceEndEvent, events)]
        case yaml.MappingStartEvent():
            return _map(events, levels)
        case yaml.ScalarEvent():
            return event.value
    return None  # the stream ended: there was nothing in it


def _map(events: Iterator[Any], levels: int) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for event in _until(yaml.MappingEndEvent, events):
        if not isinstance(event, yaml.ScalarEvent):
            raise _wrong(event, "a key is a single word")
        key = _node(events, event, levels - 1)
        if key in entries:
            raise _wrong(event, f"the key {key} is there twice")
        entries[key] = _node(events, next(events), levels - 1)
    return entries


def _refuse_the_unusual(event: Any, levels: int) -> None:
    if getattr(event, "anchor", None):  # an alias has one too
        raise _wrong(event, "anchors and aliases (& and *) are not part of the format")
    if getattr(event, "tag", None):
        raise _wrong(event, f"tags ({event.tag}) are not part of the format")
    if levels == 0:
        raise _wrong(event, f"nested more than {MAX_DEPTH} levels deep")


def _until(end: type, events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, end):
            return
        yield event


def _wrong(event: Any, problem: str) -> yaml.YAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
