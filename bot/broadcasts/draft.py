"""The draft of a broadcast: what was given so far, kept as plain values between one step and the next."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from domain.broadcasts import Audience, BroadcastKind
from domain.delivery import Button, Notice, NoticeKind, Words
from domain.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A broadcast that is being composed; it gets its id when it begins, so that it can't become two."""

    id: str
    kind: BroadcastKind = BroadcastKind.SEND
    original: str | None = None  # the broadcast that is corrected
    form: NoticeKind | None = None  # None until the message was sent
    media: str | None = None
    text: Words = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    audience: Audience | None = None
    start_at: datetime | None = None  # None: at once
    source: int = 0  # the administrator's message that brought it; edited, it is taken anew
    version: int = 0  # counts the changes, so that only what was previewed is confirmed
    policy: str = ""  # whose departments are being chosen
    page: int = 0  # of the choices
    album: str = ""  # the album that was refused; its other pictures need no word
    filled: int = 0  # when (Unix seconds) a text came that fills its message: it may be one of several pieces

    def changed(self, **changes: Any) -> Self:
        """Another version of it."""
        return replace(self, version=self.version + 1, **changes)

    @property
    def complete(self) -> bool:
        """Whether its message was given; that of a correction is always words."""
        return self.form is not None and bool(self.text or (self.media and not self.original))

    @property
    def languages(self) -> tuple[Language, ...]:
        """Those in which there is a text."""
        return tuple(language for language in Language if language in self.text)

    def notice(self) -> Notice:
        """What is sent.

        Raises:
            ValueError: no message was given yet.
        """
        if self.form is None:
            raise ValueError("the draft has no message")
        spoken = next(iter(self.text), Language.SIMPLIFIED)
        return Notice(
            id=self.id,
            kind=self.form,
            text=dict(self.text),
            media=self.media,
            buttons=tuple((Button(label={spoken: link.label}, url=link.url),) for link in self.links),
        )

    def to_json(self) -> dict[str, Any]:
        """As plain values that `from_json` reads."""
        plain = asdict(self)
        plain["start_at"] = self.start_at.isoformat() if self.start_at else None
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            **{
                **plain,
                "kind": BroadcastKind(plain["kind"]),
                "form": NoticeKind(plain["form"]) if plain["form"] else None,
                "text": {Language(tag): text for tag, text in plain["text"].items()},
                "links": tuple(Link(**link) for link in plain["links"]),
                "audience": Audience.from_json(plain["audience"]) if plain["audience"] else None,
                "start_at": datetime.fromisoformat(plain["start_at"]) if plain["start_at"] else None,
            }
        )


def correcting(draft_id: str, original: Notice, audience: Audience, broadcast_id: str) -> Draft:
    """The draft of other words for a broadcast's messages; their buttons stay unless told otherwise."""
    return Draft(
        id=draft_id,
        kind=BroadcastKind.CORRECTION,
        original=broadcast_id,
        form=original.kind,
        media=original.media,
        links=tuple(
            Link(label=next(iter(one.label.values())), url=one.url)
            for row in original.buttons
            for one in row
            if one.url is not None
        ),
        audience=audience,
    )
