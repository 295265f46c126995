"""The relay that takes our e-mail, as the settings describe it."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from domain.channels import BadAddress, Channel, parse_address
from domain.errors import BadSetting


class Encryption(StrEnum):
    """From when on what is said to the relay is encrypted."""

    AT_ONCE = "at_once"
    ONCE_CONNECTED = "once_connected"  # STARTTLS, insisted on
    NEVER = "never"


_PORTS = {Encryption.AT_ONCE: 465, Encryption.ONCE_CONNECTED: 587, Encryption.NEVER: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Where mail is handed over, how, and as whose."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str


def parse_relay(url: str, sender: str) -> Relay:
    """The relay of the settings.

    Args:
        url: `smtps://user:password@host` encrypts at once (port 465 unless given),
            `smtp://user:password@host` once connected (587), and `smtp://host` not at all (25): that is for
            a relay in the house, which is told no password.
        sender: the address that mail comes from.

    Raises:
        BadSetting: one of them can't be used; its value is not shown.
    """
    try:
        parts = urlsplit(url)
        later = Encryption.ONCE_CONNECTED if parts.username else Encryption.NEVER
        encryption = {"smtps": Encryption.AT_ONCE, "smtp": later}[parts.scheme]
        port = parts.port or _PORTS[encryption]
    except (ValueError, KeyError):
        raise BadSetting("ZHUNSHI_SMTP_URL: not an address like smtps://user:password@host:465") from None
    if not parts.hostname:
        raise BadSetting("ZHUNSHI_SMTP_URL: names no host")
    return Relay(
        host=parts.hostname,
        port=port,
        encryption=encryption,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=_email(sender),
    )


def _email(text: str) -> str:
    try:
        channel, address = parse_address(text)
    except BadAddress:
        channel = None
    if channel is not Channel.EMAIL:
        raise BadSetting("ZHUNSHI_SMTP_FROM: not an e-mail address")
    return address
