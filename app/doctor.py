"""`zhunshi doctor`: looks whether all is in place, a line each, and says what to do where it is not."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO
from urllib.parse import unquote, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from app.clock import now
from app.pictures import chosen_font
from app.settings import PREFIX, Settings, load_settings, unknown_settings
from app.store import DEFAULT_DATABASE, opened
from bot.pictures.fonts import REMEDY
from bot.words.translations import DOMAIN, LOCALE_NAMES, LOCALES
from domain.delivery import DeliveryState
from domain.errors import BadInput
from domain.policy import Policy
from storage.catalogue import load_folder
from storage.database import Database
from storage.outbox import Outbox

_DEAD = (DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN)
_PATIENCE = ClientTimeout(total=5)


class Mark(StrEnum):
    """How a thing was found."""

    OK = "ok"
    WARN = "warn"  # works, but somebody should look
    FAIL = "fail"  # the service will not work like this


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `advice` says what to do."""

    mark: Mark
    what: str
    found: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f"; {self.advice}" if self.advice else ""
        return f"{self.mark:<4}  {self.what:<12}  {self.found}{advice}"


async def examine(out: TextIO) -> int:
    """Write the report; 1 if anything fails, else 0.

    Raises:
        BadSetting: a setting is malformed, so there is nothing to examine with.
    """
    settings = load_settings()
    worst = 0
    for check in CHECKS:
        async for finding in check(settings):
            out.write(f"{finding}\n")
            out.flush()
            worst = max(worst, finding.mark is Mark.FAIL)
    return int(worst)


Check = Callable[[Settings], AsyncIterator[Finding]]


async def _settings(settings: Settings) -> AsyncIterator[Finding]:
    given = sorted(name for name in settings.model_fields_set if getattr(settings, name) is not None)
    yield Finding(Mark.OK, "settings", f"{len(given)} set: {', '.join(given) or 'none, all as by default'}")
    for line in unknown_settings():
        yield Finding(Mark.WARN, "settings", line)


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    url = settings.database_url.get_secret_value() if settings.database_url else DEFAULT_DATABASE
    file = _file_of(url)
    if file is not None and not file.exists():
        yield Finding(Mark.WARN, "database", f"{file} is not there yet", "`zhunshi run` makes it")
        return
    try:
        async with opened(url) as database:
            yield Finding(Mark.OK, "database", f"{database} answers")
            yield await _schema(database)
    except BadInput as error:
        yield Finding(Mark.FAIL, "database", str(error), "correct the address or start the database")


async def _schema(database: Database) -> Finding:
    held, ours = await database.versions()
    if held == ours:
        return Finding(Mark.OK, "schema", f"version {held}")
    if held is not None and held > ours:
        return Finding(
            Mark.FAIL, "schema", f"version {held}, made by a newer release", "install that release"
        )
    return Finding(
        Mark.WARN,
        "schema",
        f"version {held or 'none'}, current is {ours}",
        "`zhunshi run` brings it up to date",
    )


async def _queue(settings: Settings) -> AsyncIterator[Finding]:
    url = settings.database_url.get_secret_value() if settings.database_url else DEFAULT_DATABASE
    file = _file_of(url)
    if file is not None and not file.exists():
        return
    try:
        async with opened(url) as database:
            held, ours = await database.versions()
            if held != ours:
                return  # said above; what is in it can't be read
            outbox = Outbox(database)
            oldest, counts = await outbox.oldest_due(now()), await outbox.counts()
    except BadInput:
        return  # said above
    waited = (now() - oldest).total_seconds() if oldest else 0.0
    found = f"{counts.open} open, the oldest due for {waited:.0f} s"
    if waited > settings.queue_late_seconds:
        advice = "is the service running, and does Telegram answer? its log says what fails"
        yield Finding(Mark.FAIL, "queue", found, advice)
    else:
        yield Finding(Mark.OK, "queue", found)
    if dead := {state: counts.by_state[state] for state in _DEAD if counts.by_state[state]}:
        told = ", ".join(f"{number} {state}" for state, number in dead.items())
        yield Finding(Mark.WARN, "queue", told, "/broadcasts shows why, and sends again")


async def _channels(settings: Settings) -> AsyncIterator[Finding]:
    if settings.secret_key is None:
        advice = f"{PREFIX}SECRET_KEY=… for departments without Telegram"
        yield Finding(Mark.WARN, "channels", "none besides Telegram", advice)
    else:
        mail = "with e-mail" if settings.smtp_url else "without e-mail"
        yield Finding(Mark.OK, "channels", f"WeCom, DingTalk, Feishu, {mail}")


async def _catalogue(settings: Settings) -> AsyncIterator[Finding]:
    try:
        policies = load_folder(settings.catalogue)
    except BadInput as error:
        advice = f"correct the file, or {PREFIX}CATALOGUE"
        yield Finding(Mark.FAIL, "catalogue", str(error), advice)
    else:
        yield Finding(Mark.OK, "catalogue", f"{len(policies)} policies, {_facts(policies)} facts")


async def _translations(_: Settings) -> AsyncIterator[Finding]:
    for name in LOCALE_NAMES.values():
        source = LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.po"
        compiled = source.with_suffix(".mo")
        if compiled.exists() and (not source.exists() or _age(compiled) >= _age(source)):
            yield Finding(Mark.OK, "translations", name)
        elif source.exists():
            found = f"{name} is {'older than its source' if compiled.exists() else 'not compiled'}"
            yield Finding(Mark.WARN, "translations", found, f"pybabel compile -d {LOCALES.name} -D {DOMAIN}")
        else:
            yield Finding(Mark.FAIL, "translations", f"{name} is not there", "install the service anew")


async def _token(settings: Settings) -> AsyncIterator[Finding]:
    if settings.bot_token is None:
        yield Finding(Mark.WARN, "token", "none, so the sandbox starts", f"{PREFIX}BOT_TOKEN=… to go live")
        return
    yield Finding(Mark.OK, "token", "has the right form")
    url = f"{settings.api_url}/bot{settings.bot_token.get_secret_value()}/getMe"
    try:
        async with ClientSession(timeout=_PATIENCE) as session, session.get(url) as answer:
            body = await answer.json(content_type=None)
    except (ClientError, OSError, TimeoutError, ValueError) as error:
        # Not its text: that holds the address, and so the token.
        found = f"{settings.api_url} can't be reached ({type(error).__name__})"
        yield Finding(Mark.FAIL, "telegram", found, f"look at the network, or at {PREFIX}API_URL")
        return
    if isinstance(body, dict) and body.get("ok"):
        yield Finding(Mark.OK, "telegram", f"the bot is @{body['result'].get('username')}")
    else:
        said = body.get("description") if isinstance(body, dict) else None
        yield Finding(
            Mark.FAIL, "telegram", f"refuses the token ({said})", "take the token from @BotFather anew"
        )


async def _fonts(settings: Settings) -> AsyncIterator[Finding]:
    try:
        font = chosen_font(settings)
    except BadInput as error:
        yield Finding(Mark.FAIL, "fonts", str(error), "name a ttf, otf or ttc file, or leave it out")
        return
    if font:
        yield Finding(Mark.OK, "fonts", f"{font.family(settings.default_language)}, {font.files[0]}")
    else:
        advice = f"for timelines as pictures: {REMEDY}, or {PREFIX}FONT_FILE=…"
        yield Finding(Mark.WARN, "fonts", "none with Chinese characters in the usual places", advice)


CHECKS: tuple[Check, ...] = (
    _settings,
    _database,
    _queue,
    _channels,
    _catalogue,
    _translations,
    _token,
    _fonts,
)


def _file_of(url: str) -> Path | None:
    parts = urlsplit(url)
    if not parts.scheme.startswith("sqlite") or len(parts.path) < 2:
        return None
    return Path(unquote(parts.path[1:]))


def _facts(policies: tuple[Policy, ...]) -> int:
    return sum(1 for policy in policies for _ in policy.facts())


def _age(file: Path) -> float:
    return file.stat().st_mtime
