"""The error tree, by what the caller can do about it.

ZhunshiError
├── BadInput                  what came in is wrong; the message says what, and where
│   ├── BadAddress            an address of another channel, with its flaw (in `channels.py`)
│   ├── BadCatalogue          a catalogue file, with its entry and field
│   ├── BadSetting            a setting of the service
│   └── UnreadableDocument    a document, with the reason
└── DeliveryError       an outgoing message did not arrive
    ├── Retryable       try again, not before `after` seconds
    ├── Unreachable     this chat can't be written to any more
    ├── Rejected        this message will never be accepted
    └── Migrated        the chat goes on under `chat_id`
"""

from enum import StrEnum


class ZhunshiError(Exception):
    """Every error of ours; its text is one line fit to be shown."""


class BadInput(ZhunshiError):
    """What came in is wrong; nothing was changed by it."""


class BadCatalogue(BadInput):
    """A catalogue file does not follow the format; names file, entry and field."""


class BadSetting(BadInput):
    """A setting of the service can't be used; names the variable."""


class Unreadable(StrEnum):
    """Why a document can't be read."""

    EMPTY = "empty"  # nothing in it
    NO_TEXT = "no_text"  # pictures only, as a scanned pdf
    BINARY = "binary"  # neither text nor a kind of file that is known
    UNKNOWN_FORMAT = "unknown_format"  # a known kind that is not read: doc, wps, ofd, xlsx, pictures
    ENCRYPTED = "encrypted"  # a password is needed
    BROKEN = "broken"  # damaged, or cut off
    TOO_LARGE = "too_large"  # more bytes than allowed
    TOO_LONG = "too_long"  # more characters, paragraphs or pages than allowed
    OVERBLOWN = "overblown"  # unpacks to far more than it seems: a zip bomb
    TOO_SLOW = "too_slow"  # not done within the time allowed
    TOO_HEAVY = "too_heavy"  # more memory is needed than allowed


class UnreadableDocument(BadInput):
    """A document can't be read.

    Attributes:
        reason: why, for those who say it in another language.
    """

    def __init__(self, text: str, *, reason: Unreadable) -> None:
        super().__init__(text)
        self.reason = reason


class DeliveryError(ZhunshiError):
    """An outgoing message did not arrive."""


class Retryable(DeliveryError):
    """May succeed later.

    Attributes:
        after: seconds to wait before the next attempt; None where the other side named none.
        doubtful: nobody answered though the message was handed to the network, so it may have arrived.
    """

    def __init__(self, text: str, *, after: float | None = None, doubtful: bool = False) -> None:
        super().__init__(text)
        self.after = after
        self.doubtful = doubtful


class Unreachable(DeliveryError):
    """The chat can't be written to: blocked, kicked, gone."""


class Rejected(DeliveryError):
    """The message itself is refused; sending it again would not help."""


class Migrated(DeliveryError):
    """The group became a supergroup and goes on under another id.

    Attributes:
        chat_id: the id to write to from now on.
    """

    def __init__(self, text: str, *, chat_id: int) -> None:
        super().__init__(text)
        self.chat_id = chat_id
