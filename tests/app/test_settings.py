"""Settings: each malformed one is a line that names it, and none shows its value."""

from pathlib import Path

import pytest

from app.settings import Mode, load_settings, unknown_settings
from domain.errors import BadSetting
from domain.languages import Language

TOKEN = "123456789:AAE-x_4567890123456789012345678901"  # noqa: S105 - made up
WEBHOOK = {
    "ZHUNSHI_MODE": "webhook",
    "ZHUNSHI_BOT_TOKEN": TOKEN,
    "ZHUNSHI_WEBHOOK_URL": "https://example.org/telegram",
    "ZHUNSHI_WEBHOOK_SECRET": "a-secret-of-20-letters",
}


def set_all(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_with_nothing_set_the_sandbox_answers_on_this_machine_only() -> None:
    settings = load_settings()
    assert settings.bot_token is None
    assert settings.mode is Mode.POLLING
    assert settings.default_language is Language.SIMPLIFIED
    assert {settings.http_host, settings.sandbox_host} == {"127.0.0.1"}
    assert list(settings.catalogue.glob("*.yaml"))


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("BOT_TOKEN", "hello", "not a bot token"),
        ("BOT_TOKEN", f"{TOKEN} ", "not a bot token"),
        ("ADMINS", "12,anna", "'anna'"),
        ("ADMINS", "-5", "not the number of a person"),
        ("DEFAULT_LANGUAGE", "de", "zh-Hans"),
        ("MODE", "push", "polling"),
        ("API_URL", "api.telegram.org", "not an address"),
        ("API_URL", "https://user:pass@example.org", "password"),
        ("API_URL", "http://[::1", "IPv6"),
        ("WEBHOOK_URL", "ftp://example.org", "not an address"),
        ("WEBHOOK_SECRET", "short", "16 to 256"),
        ("WEBHOOK_SECRET", "with spaces in between", "16 to 256"),
        ("HTTP_PORT", "eighty", "integer"),
        ("HTTP_PORT", "70000", "65535"),
        ("SANDBOX_PORT", "-1", "0"),
        ("THROTTLE_BURST", "0", "1"),
        ("THROTTLE_PER_SECOND", "nan", "finite"),
        ("SEND_PER_SECOND", "0", "0.1"),
        ("COURIERS", "none", "integer"),
        ("QUEUE_LATE_SECONDS", "inf", "finite"),
        ("KEEP_DELIVERIES_DAYS", "0", "1"),
        ("SECRET_KEY", "open sesame", "32 bytes"),
        ("SMTP_URL", "mail.example.org", "smtps://"),
        ("LOG_LEVEL", "loud", "debug"),
        ("LOG_FORMAT", "xml", "json"),
    ],
)
def test_a_malformed_setting_is_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str
) -> None:
    monkeypatch.setenv(f"ZHUNSHI_{name}", value)
    with pytest.raises(BadSetting) as caught:
        load_settings()
    text = str(caught.value)
    assert text.startswith(f"ZHUNSHI_{name}: ")
    assert why in text
    assert "\n" not in text


@pytest.mark.parametrize("name", ["BOT_TOKEN", "WEBHOOK_SECRET", "SECRET_KEY", "SMTP_URL"])
def test_a_malformed_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"ZHUNSHI_{name}", "hush!hush")
    with pytest.raises(BadSetting) as caught:
        load_settings()
    assert "hush" not in f"{caught.value}{caught.value!r}{caught.value.__cause__}"


def test_secrets_are_not_part_of_what_settings_print(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, WEBHOOK | {"ZHUNSHI_DATABASE_URL": "postgresql://me:sesame@host/db"})
    settings = load_settings()
    for secret in (TOKEN, WEBHOOK["ZHUNSHI_WEBHOOK_SECRET"], "sesame"):
        assert secret not in f"{settings!r} {settings}"
    assert set(settings.secrets()) == {TOKEN, WEBHOOK["ZHUNSHI_WEBHOOK_SECRET"]}


def test_a_whole_webhook_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, WEBHOOK)
    settings = load_settings()
    assert settings.webhook_path == "/telegram"


@pytest.mark.parametrize("name", ["WEBHOOK_URL", "WEBHOOK_SECRET", "BOT_TOKEN"])
def test_a_webhook_misses_nothing_silently(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    set_all(monkeypatch, WEBHOOK)
    monkeypatch.setenv(f"ZHUNSHI_{name}", "")
    with pytest.raises(BadSetting, match=f"^ZHUNSHI_{name}: required"):
        load_settings()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/telegram",
        "https://example.org",
        "https://example.org/healthz",
        "https://example.org/calendar",
        "https://example.org/calendar/telegram",
    ],
)
def test_a_webhook_needs_https_and_a_path_of_its_own(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    set_all(monkeypatch, WEBHOOK | {"ZHUNSHI_WEBHOOK_URL": url})
    with pytest.raises(BadSetting, match=r"^ZHUNSHI_WEBHOOK_URL: "):
        load_settings()


def test_a_relay_for_mail_needs_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUNSHI_SMTP_URL", "smtps://me:sesame@mail.example.org:465")
    with pytest.raises(BadSetting, match=r"^ZHUNSHI_SMTP_FROM: required"):
        load_settings()
    monkeypatch.setenv("ZHUNSHI_SMTP_FROM", "zhunshi@example.org")
    assert "sesame" in load_settings().secrets(), "the password alone, too"


def test_several_keys_are_taken_while_one_replaces_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ",".join(f"{letter * 43}=" for letter in "ab")
    monkeypatch.setenv("ZHUNSHI_SECRET_KEY", keys)
    assert {f"{'a' * 43}=", f"{'b' * 43}="} <= set(load_settings().secrets())


def test_an_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, {"ZHUNSHI_BOT_TOKEN": "", "ZHUNSHI_HTTP_PORT": ""})
    assert load_settings() == load_settings().model_copy(update={"bot_token": None, "http_port": 8080})


def test_the_env_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("ZHUNSHI_ADMINS=11, 22\nZHUNSHI_LOG_LEVEL=debug\nOTHER=1\n")
    monkeypatch.setenv("ZHUNSHI_LOG_LEVEL", "error")
    settings = load_settings()
    assert settings.admins == (11, 22)
    assert settings.log_level == "error"


def test_an_env_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"ZHUNSHI_ADMINS=\xff\xfe")
    with pytest.raises(BadSetting, match=r"^\.env: "):
        load_settings()


def test_a_misspelled_setting_is_pointed_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHUNSHI_BOTTOKEN", "x")
    (tmp_path / ".env").write_text("ZHUNSHI_LOGLEVEL=info\n")
    assert unknown_settings() == (
        "ZHUNSHI_BOTTOKEN: no such setting; did you mean ZHUNSHI_BOT_TOKEN?",
        "ZHUNSHI_LOGLEVEL: no such setting; did you mean ZHUNSHI_LOG_LEVEL?",
    )


def test_addresses_in_the_environment_are_no_settings_and_are_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = "https://open.feishu.cn/open-apis/bot/v2/hook/hush"
    monkeypatch.setenv("ZHUNSHI_ADDRESS_WATER_OFFICE", hook)
    assert unknown_settings() == ()
    assert hook in load_settings().secrets()
