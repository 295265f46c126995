"""Group robots of WeCom, DingTalk and Feishu by apprise: what is posted to them, and what they answer.

Apprise knows where they live and how DingTalk signs. The posting is ours: apprise takes every 200 for a
success, and these three say with a 200 that they refuse.

Imported only when there is something to send: that takes a tenth of a second and some 10 MB.
"""

# mypy: disable-error-code="no-untyped-call"
# Apprise is typed in part only.

import logging
from collections.abc import Mapping
from typing import Any, Protocol

import requests
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot
from requests.exceptions import ProxyError, SSLError
from urllib3.exceptions import MaxRetryError, NewConnectionError

from domain.channels import Channel, key_of
from domain.errors import DeliveryError, Rejected, Retryable, Unreachable

_PATIENCE = (5.0, 10.0)  # seconds to connect, and for each piece of the answer
_PAUSE, _LONGEST_PAUSE = 60.0, 3_600.0  # seconds; all three count by the minute

# These tell at DEBUG where they post to, and the secret is a part of that.
for _talkative in ("urllib3", "apprise"):
    logging.getLogger(_talkative).setLevel(logging.INFO)

# Codes of the robots' answers. Not listed: this message is refused (its words, its length, its links).
_LATER: dict[Channel, dict[int, float | None]] = {
    Channel.WECOM: {-1: None, 45009: _PAUSE},  # busy; too many a minute
    Channel.DINGTALK: {-1: None, 90018: _PAUSE, 130101: _PAUSE, 410100: _PAUSE},
    Channel.FEISHU: {11232: _PAUSE, 11233: _PAUSE, 11247: _PAUSE, 99991400: _PAUSE},
}
_GONE: dict[Channel, set[int]] = {
    Channel.WECOM: {93000, 93004, 93008},  # no such robot or removed; disabled; no more in the group
    Channel.DINGTALK: {300001, 310000, 400013, 400101, 400102, 400106},  # 310000: signature or sender's IP
    Channel.FEISHU: {19001, 19021, 19022},  # no such robot; signature; sender's IP
}
_KEYWORD = "keyword"  # DingTalk's 310000 for a message without the word that the robot insists on


class Robot(Protocol):
    """What a group robot needs to be told something."""

    def letter(self, text: str) -> tuple[str, Mapping[str, Any]]:
        """Where to post, and what."""


class WeCom(NotifyWeComBot):
    """A group robot of WeCom 企业微信."""

    def letter(self, text: str) -> tuple[str, Mapping[str, Any]]:
        """As `Robot`."""
        return self.notify_url.format(key=self.key), {"msgtype": "text", "text": {"content": text}}


class DingTalk(NotifyDingTalk):
    """A group robot of DingTalk 钉钉."""

    def letter(self, text: str) -> tuple[str, Mapping[str, Any]]:
        """As `Robot`; signed where there is a secret."""
        url = self.notify_url.format(token=self.token)
        if self.secret:
            timestamp, signature = self.get_signature()
            url += f"&timestamp={timestamp}&sign={signature}"  # it is percent-encoded already
        return url, {"msgtype": "text", "text": {"content": text}}


class Feishu(NotifyFeishu):
    """A group robot of Feishu 飞书."""

    def letter(self, text: str) -> tuple[str, Mapping[str, Any]]:
        """As `Robot`."""
        url = self.notify_url.format(token=self.token).rstrip("/")
        return url, {"msg_type": "text", "content": {"text": text}}


def tell(channel: Channel, target: str, text: str) -> None:
    """Post one message, short enough for the channel; blocks until it is answered.

    Raises:
        DeliveryError: it did not arrive; after a doubtful `Retryable` it may have. Nothing secret is in it.
    """
    key, secret = key_of(target)
    url, body = _robot(channel, key, secret).letter(text)
    error = _post(channel, url, body, hide=(key, secret))
    if error is not None:
        raise error


def _robot(channel: Channel, key: str, secret: str | None) -> Robot:
    match channel:
        case Channel.WECOM:
            return WeCom(key=key)
        case Channel.DINGTALK:
            return DingTalk(token=key, secret=secret)
        case _:
            return Feishu(token=key)


def _post(
    channel: Channel, url: str, body: Mapping[str, Any], *, hide: tuple[str | None, ...]
) -> DeliveryError | None:
    try:
        answer = requests.post(url, json=body, timeout=_PATIENCE, allow_redirects=False)
    except requests.RequestException as error:  # its text shows the address, so it is not told
        never_left = _never_left(error)
        return Retryable(
            f"{channel}: {'no connection' if never_left else 'nobody answered'}", doubtful=not never_left
        )
    try:
        told = answer.json()
        code = next(int(told[name]) for name in ("errcode", "code", "StatusCode") if name in told)
    except (ValueError, TypeError, OverflowError, StopIteration):
        return _by_status(channel, answer)
    words = f"{told.get('errmsg') or told.get('msg') or told.get('StatusMessage') or ''}"
    for secret in filter(None, hide):
        words = words.replace(secret, "***")
    return _by_code(channel, code, words) if code else None


def _never_left(error: requests.RequestException) -> bool:
    """Whether no connection came about."""
    if isinstance(error, requests.ConnectTimeout | SSLError | ProxyError):
        return True
    reason = error.args[0] if error.args else None
    return isinstance(reason, MaxRetryError) and isinstance(reason.reason, NewConnectionError)


def _by_status(channel: Channel, answer: requests.Response) -> DeliveryError:
    """What a gateway on the way said, or a robot out of its mind."""
    text = f"{channel}: HTTP {answer.status_code}"
    if answer.status_code != requests.codes.too_many_requests:
        return Retryable(text)
    wait = answer.headers.get("Retry-After", "")
    return Retryable(text, after=min(float(wait), _LONGEST_PAUSE) if wait.isdecimal() else _PAUSE)


def _by_code(channel: Channel, code: int, words: str) -> DeliveryError:
    text = " ".join(f"{channel}: {code} {words}".split())[:300]
    if code in _LATER[channel]:
        return Retryable(text, after=_LATER[channel][code])
    if code in _GONE[channel] and _KEYWORD not in words.lower():
        return Unreachable(text)
    return Rejected(text)
