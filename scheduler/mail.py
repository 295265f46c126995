"""E-mail: one letter handed over to the relay, and what its answers mean.

By the standard library: apprise's e-mail tells only that it failed, not whether the address is gone, the
letter is refused or the relay is busy.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as FORM
from email.utils import formatdate, make_msgid
from smtplib import SMTP, SMTP_SSL, SMTPDataError, SMTPException, SMTPResponseException

from domain.errors import DeliveryError, Rejected, Retryable, Unreachable
from scheduler.relay import Encryption, Relay

_PATIENCE = 10.0  # seconds for each answer
_SUBJECT = 60  # characters
_NAME = "准时 Zhunshi"


def tell(relay: Relay, to: str, text: str) -> None:
    """Hand one message over, its first line as the subject too; blocks until the relay has answered.

    Raises:
        DeliveryError: the relay did not take it; after a doubtful `Retryable` it may have.
    """
    letter = _letter(relay.sender, to, text).as_bytes()
    try:
        with _connected(relay) as smtp:
            _hand_over(smtp, relay.sender, to, letter)
    except (OSError, SMTPException) as error:
        raise Retryable(f"email: the relay can't be used: {_why(error)}") from error


def _letter(sender: str, to: str, text: str) -> EmailMessage:
    letter = EmailMessage(policy=FORM)
    line = " ".join(text.strip().partition("\n")[0].split())
    letter["Subject"] = line if len(line) <= _SUBJECT else line[: _SUBJECT - 1].rstrip() + "…"
    letter["From"] = Address(_NAME, addr_spec=sender)
    letter["To"] = to
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    letter.set_content(text, cte="base64")
    return letter


@contextmanager
def _connected(relay: Relay) -> Iterator[SMTP]:
    if relay.encryption is Encryption.AT_ONCE:
        context = ssl.create_default_context()
        smtp: SMTP = SMTP_SSL(relay.host, relay.port, timeout=_PATIENCE, context=context)
    else:
        smtp = SMTP(relay.host, relay.port, timeout=_PATIENCE)
    try:
        if relay.encryption is Encryption.ONCE_CONNECTED:
            smtp.starttls(context=ssl.create_default_context())
        if relay.user:
            smtp.login(relay.user, relay.password)
        yield smtp
        with suppress(OSError):
            smtp.putcmd("QUIT")  # whatever is said to that, the letter is taken
    finally:
        smtp.close()


def _hand_over(smtp: SMTP, sender: str, to: str, letter: bytes) -> None:
    """The three steps; until the last one nothing has left."""
    smtp.ehlo_or_helo_if_needed()
    _check("the sender", smtp.mail(sender))
    _check("the address", smtp.rcpt(to))
    answer: tuple[int, bytes | str]
    try:
        answer = smtp.data(letter)
    except SMTPDataError as error:  # not even asked for
        answer = error.smtp_code, error.smtp_error
    except OSError as error:  # smtplib's for a lost connection is one, too
        raise Retryable("email: nobody answered", doubtful=True) from error
    _check("the letter", answer)


def _why(error: OSError | SMTPException) -> str:
    match error:
        case SMTPResponseException(smtp_code=code):
            return f"it says {code}"
        case TimeoutError():
            return "nobody answered"
        case _:
            return error.strerror or type(error).__name__


def _check(what: str, answer: tuple[int, bytes | str]) -> None:
    code, words = answer
    if code >= 300:
        told = words.decode(errors="replace") if isinstance(words, bytes) else words
        raise _refusal(what, code, " ".join(f"email: {what} is refused: {code} {told}".split())[:300])


def _refusal(what: str, code: int, text: str) -> DeliveryError:
    if code < 500:
        return Retryable(text)
    # 5.7.x is a rule of the relay's, and no word about the address.
    return Unreachable(text) if what == "the address" and " 5.7." not in text else Rejected(text)
