"""Settings of the service: environment variables that start with `ZHUNSHI_`, or lines of a `.env` file."""

import difflib
import ipaddress
import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    DirectoryPath,
    Field,
    FilePath,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from domain.errors import BadSetting
from domain.languages import Language
from reading.formats.limits import Limits

PREFIX = "ZHUNSHI_"
ADDRESS_PREFIX = f"{PREFIX}ADDRESS_"
"""Of variables that hold addresses of other channels, which administrators refer to by name."""
ENV_FILE = ".env"
HOME = Path(__file__).resolve().parents[1]
"""Where the packages stand, and the folders of data beside them."""

HEALTH_PATH, METRICS_PATH, FEED_PATH = "/healthz", "/metrics", "/calendar"
_TAKEN = frozenset({"/", HEALTH_PATH, METRICS_PATH, FEED_PATH})
_TOKEN = re.compile(r"\d{1,18}:[A-Za-z0-9_-]{3,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class Mode(StrEnum):
    """How updates come in."""

    POLLING = "polling"
    WEBHOOK = "webhook"
    COURIER = "courier"  # not at all: this process only delivers, beside another one


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("not a bot token; BotFather gives one that looks like 123456789:AAE-x_4…")
    return value


def _secret(value: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("16 to 256 letters, digits, _ or -; `openssl rand -hex 32` makes one")
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)  # its ValueError says what is wrong with the address
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("not an address like https://example.org/path")
    if parts.username or parts.password:
        raise ValueError("an address with a name or password in it is not taken")
    return value.rstrip("/")


def _keys(value: SecretStr) -> SecretStr:
    for key in value.get_secret_value().split(","):
        if not re.fullmatch(r"[A-Za-z0-9_-]{43}=", key.strip()):
            raise ValueError("not 32 bytes in URL-safe base64; docs/settings.md tells how to make them")
    return value


def _relay(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError("not an address like smtps://name:password@mail.example.org:465")
    return value


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    for part in parts:
        if not re.fullmatch(r"[1-9]\d{0,18}", part):
            raise ValueError(f"not the number of a person: {part!r}; several are separated by commas")
    return tuple(int(part) for part in parts)


Port = Annotated[int, Field(ge=0, le=65535)]
Address = Annotated[str, AfterValidator(_address)]


class Settings(BaseSettings):
    """What an operator can set; `docs/settings.md` has the table."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    admins: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()
    default_language: Language = Language.SIMPLIFIED

    database_url: SecretStr | None = None  # it may hold a password
    catalogue: DirectoryPath = HOME / "catalogue"

    mode: Mode = Mode.POLLING
    api_url: Address = "https://api.telegram.org"
    webhook_url: Address | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None

    http_host: str = "127.0.0.1"
    http_port: Port = 8080
    public_url: Address | None = None
    sandbox_host: str = "127.0.0.1"
    sandbox_port: Port = 8081

    throttle_burst: Annotated[float, Field(ge=1, le=1_000, allow_inf_nan=False)] = 5
    throttle_per_second: Annotated[float, Field(gt=0, le=1_000, allow_inf_nan=False)] = 1

    send_per_second: Annotated[float, Field(ge=0.1, le=10_000, allow_inf_nan=False)] = 30.0
    couriers: Annotated[int, Field(ge=1, le=16)] = 1
    full_sync: bool = False
    queue_late_seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 900.0
    keep_deliveries_days: Annotated[int, Field(ge=1, le=36_500)] = 90

    read_max_bytes: Annotated[int, Field(ge=1, le=20 * 2**20)] = 20 * 2**20
    read_max_characters: Annotated[int, Field(ge=1, le=10_000_000)] = 2_000_000
    read_seconds: Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)] = 60.0

    font_file: FilePath | None = None

    secret_key: Annotated[SecretStr, AfterValidator(_keys)] | None = None
    smtp_url: Annotated[SecretStr, AfterValidator(_relay)] | None = None
    smtp_from: str | None = None

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.mode is Mode.WEBHOOK:
            if self.webhook_url is None:
                raise ValueError(f"{PREFIX}WEBHOOK_URL: required with {PREFIX}MODE=webhook")
            if self.webhook_secret is None:
                raise ValueError(f"{PREFIX}WEBHOOK_SECRET: required with {PREFIX}MODE=webhook")
            if self.webhook_path in _TAKEN or self.webhook_path.startswith(f"{FEED_PATH}/"):
                raise ValueError(f"{PREFIX}WEBHOOK_URL: needs a path of its own, like /telegram")
            if not self.webhook_url.startswith("https://") and not _is_local(self.webhook_url):
                raise ValueError(f"{PREFIX}WEBHOOK_URL: Telegram delivers to https:// only")
            if self.bot_token is None and not _is_local(self.webhook_url):
                raise ValueError(
                    f"{PREFIX}BOT_TOKEN: required, for the sandbox delivers to this machine only"
                )
        return self

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        if self.smtp_url is not None and self.smtp_from is None:
            raise ValueError(f"{PREFIX}SMTP_FROM: required with {PREFIX}SMTP_URL")
        return self

    @property
    def webhook_path(self) -> str:
        """The path that Telegram delivers to."""
        return urlsplit(self.webhook_url or "").path or "/"

    def secrets(self) -> tuple[str, ...]:
        """What must never be shown."""
        held = (self.bot_token, self.webhook_secret, self.secret_key, self.smtp_url)
        whole = [secret.get_secret_value() for secret in held if secret]
        keys = self.secret_key.get_secret_value().split(",") if self.secret_key else []
        password = urlsplit(self.smtp_url.get_secret_value()).password if self.smtp_url else None
        parts = [*(key.strip() for key in keys), *([password] if password else []), *addresses().values()]
        return tuple(dict.fromkeys([*whole, *parts]))


def addresses() -> dict[str, str]:
    """The addresses of other channels that stand in the environment, by the name of their variable."""
    given = {**dotenv_values(ENV_FILE), **os.environ}
    return {name: value for name, value in given.items() if name.startswith(ADDRESS_PREFIX) and value}


def load_settings() -> Settings:
    """Read the settings from the environment, then from the file `.env` in the working folder.

    Raises:
        BadSetting: one is malformed; the text names the variable and shows no value.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise BadSetting(_told(error)) from None  # the cause would show the value
    except SettingsError as error:
        raise BadSetting(str(error)) from error
    except (UnicodeDecodeError, OSError) as error:
        raise BadSetting(f"{ENV_FILE}: can't be read: {error}") from error


def read_limits(settings: Settings) -> Limits:
    """How much a text that is read may ask of the machine."""
    return Limits(
        file_bytes=settings.read_max_bytes,
        characters=settings.read_max_characters,
        seconds=settings.read_seconds,
    )


def unknown_settings() -> tuple[str, ...]:
    """A line for each variable with our prefix that is no setting, with the nearest that is one."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    given = {name.upper() for name in (*os.environ, *dotenv_values(ENV_FILE))}
    ours = {name for name in given if name.startswith(PREFIX) and not name.startswith(ADDRESS_PREFIX)}
    strange = sorted(ours.difference(known))
    return tuple(f"{name}: no such setting{_nearest(name, known)}" for name in strange)


def _told(error: ValidationError) -> str:
    first, *others = error.errors(include_url=False, include_input=False, include_context=False)
    words = first["msg"].removeprefix("Value error, ")
    name = f"{PREFIX}{str(first['loc'][0]).upper()}: " if first["loc"] else ""
    more = f" (and {len(others)} more)" if others else ""
    return f"{name}{words}{more}"


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _is_local(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
