"""The ways to a department besides Telegram: how their chats are told apart, and what an address may be."""

import re
from collections.abc import Callable
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, urlsplit

from domain.errors import BadInput

FIRST_ADDRESS = 2**60
"""Telegram's ids have at most 52 significant bits; so a chat with an id from here on is an address."""


def is_address(chat_id: int) -> bool:
    """Whether a chat is reached by another channel."""
    return chat_id >= FIRST_ADDRESS


class Channel(StrEnum):
    """What a chat that is an address is reached by; its `kind` among the chats."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    EMAIL = "email"


class Flaw(StrEnum):
    """Why a text is no address."""

    UNKNOWN = "unknown"  # neither the address of a robot nor of e-mail
    HOST = "host"  # a web address, but of none of the three services
    PATH = "path"  # of the service, but not of a group robot; or with other things in it
    KEY = "key"  # its key is missing or can't be right
    SECRET = "secret"  # noqa: S105 - DingTalk's signing secret: it can't be right, or stands elsewhere
    EMAIL = "email"  # meant as e-mail, but can't be right
    REFERENCE = "reference"  # names a variable that must not be read, or is not set
    TAKEN = "taken"  # it is registered already


class BadAddress(BadInput):
    """What was given can't be written to; the text never shows it.

    Attributes:
        flaw: why, for those who say it in another language.
    """

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(f"no address that can be used: {flaw}")
        self.flaw = flaw


def parse_address(text: str) -> tuple[Channel, str]:
    """What a person pasted: the channel, and the address in its one right form, which parses to itself.

    Only the robots' own hosts are taken, and nothing of the text but its key: so no address reaches inside.

    Args:
        text: a robot's web address as WeCom, DingTalk or Feishu show it (after DingTalk's, where the robot
            signs, its secret); or an e-mail address.

    Raises:
        BadAddress: with the flaw.
    """
    words = text.split()
    if not words:
        raise BadAddress(Flaw.UNKNOWN)
    if "://" not in words[0]:
        return Channel.EMAIL, _email(text.strip().removeprefix("mailto:"))
    try:
        url = urlsplit(words[0].strip("<>"))
        place = url.scheme, url.netloc.lower().removesuffix(":443")
    except ValueError as error:
        raise BadAddress(Flaw.UNKNOWN) from error
    if place not in _ROBOTS:
        raise BadAddress(Flaw.HOST)
    return _ROBOTS[place](url, words[1:])


def key_of(target: str) -> tuple[str, str | None]:
    """The secret part of a robot's address as `parse_address` gives it, and DingTalk's signing secret."""
    url = urlsplit(target)
    query = parse_qs(url.query)
    key = _only(query, "key") or _only(query, "access_token") or url.path.rpartition("/")[2]
    return key, _only(query, "secret")


def _wecom(url: SplitResult, rest: list[str]) -> tuple[Channel, str]:
    key = _checked(_only(parse_qs(url.query), "key"), rest, url.path == "/cgi-bin/webhook/send")
    return Channel.WECOM, f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={key}"


def _dingtalk(url: SplitResult, rest: list[str]) -> tuple[Channel, str]:
    query = parse_qs(url.query)
    secrets = [*query.get("secret", ()), *rest]
    key = _checked(_only(query, "access_token"), secrets[1:], url.path == "/robot/send")
    if "-" in key:
        raise BadAddress(Flaw.KEY)
    target = f"https://oapi.dingtalk.com/robot/send?access_token={key}"
    if not secrets:
        return Channel.DINGTALK, target
    if not re.fullmatch(r"SEC[0-9A-Za-z]{16,128}", secrets[0]):
        raise BadAddress(Flaw.SECRET)
    return Channel.DINGTALK, f"{target}&secret={secrets[0]}"


def _feishu(url: SplitResult, rest: list[str]) -> tuple[Channel, str]:
    base, _, key = url.path.rstrip("/").rpartition("/")
    key = _checked(key, rest, base == "/open-apis/bot/v2/hook")
    return Channel.FEISHU, f"https://open.feishu.cn/open-apis/bot/v2/hook/{key}"


_ROBOTS: dict[tuple[str, str], Callable[[SplitResult, list[str]], tuple[Channel, str]]] = {
    ("https", "qyapi.weixin.qq.com"): _wecom,
    ("https", "oapi.dingtalk.com"): _dingtalk,
    ("https", "open.feishu.cn"): _feishu,
}
_KEY = re.compile(r"[A-Za-z0-9-]{8,128}", re.ASCII)
_EMAIL = re.compile(
    r"[a-z0-9](?:[a-z0-9._%+'-]{0,62}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}",
    re.ASCII | re.IGNORECASE,
)


def _checked(key: str | None, rest: list[str], fits: bool) -> str:  # noqa: FBT001 - what was compared already
    if not fits:
        raise BadAddress(Flaw.PATH)
    if rest:
        raise BadAddress(Flaw.SECRET)
    if key is None or not _KEY.fullmatch(key):
        raise BadAddress(Flaw.KEY)
    return key


def _email(text: str) -> str:
    if "@" not in text:
        raise BadAddress(Flaw.UNKNOWN)
    if len(text) > 254 or ".." in text or not _EMAIL.fullmatch(text):
        raise BadAddress(Flaw.EMAIL)
    name, _, host = text.rpartition("@")
    return f"{name}@{host.lower()}"


def _only(query: dict[str, list[str]], name: str) -> str | None:
    values = query.get(name, [])
    return values[0] if len(values) == 1 else None
