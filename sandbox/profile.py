"""What the bot says about itself: names, descriptions and command menus by scope and language."""

import json
import re
from dataclasses import dataclass, field

from sandbox.errors import Json, bad_request

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
LIMITS = {"name": 64, "description": 512, "short_description": 120}
"""Characters of each text."""


@dataclass(kw_only=True, slots=True)
class Profile:
    """Texts and commands; `name` is the bot's name where no language has its own."""

    name: str
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """By (name, description or short_description; language)."""
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    """By (scope, language)."""
    menu: Json = field(default_factory=lambda: {"type": "commands"})

    def set_text(self, field_name: str, language: str, value: str) -> None:
        """Set one text for a language (empty: for all the others); an empty value removes it."""
        if len(value) > LIMITS[field_name]:
            raise bad_request(f"bot {field_name.replace('_', ' ')} is too long")
        if value:
            self.texts[field_name, language] = value
        else:
            self.texts.pop((field_name, language), None)
        if field_name == "name" and not language and value:
            self.name = value

    def text(self, field_name: str, language: str) -> str:
        """One text in a language, or the one for all the others."""
        default = self.name if field_name == "name" else ""
        return self.texts.get((field_name, language)) or self.texts.get((field_name, ""), default)

    def descriptions(self) -> dict[str, str]:
        """The description in each language; the empty one is for all the others."""
        return {language: text for (name, language), text in self.texts.items() if name == "description"}

    def menu_for(self, chat: int, *, private: bool, language: str) -> list[Json]:
        """The commands a person sees in a chat: the narrowest scope first, in each the language first."""
        kind = "all_private_chats" if private else "all_group_chats"
        for scope in (scope_key({"type": "chat", "chat_id": chat}), kind, "default"):
            for wanted in (language[:2], ""):
                if found := self.commands.get((scope, wanted)):
                    return found
        return []


def scope_key(scope: Json | None) -> str:
    """One word for a BotCommandScope; raises ApiError 400 for an unknown one."""
    kind = str((scope or {}).get("type", "default"))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if not kind.startswith("chat"):
        return kind
    return json.dumps([kind, str((scope or {}).get("chat_id")), str((scope or {}).get("user_id", ""))])


def language_key(code: str) -> str:
    """A two-letter language code or nothing; raises ApiError 400 for anything else, as Telegram does."""
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def check_commands(commands: object) -> list[Json]:
    """A command list Telegram would take; raises ApiError 400."""
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(command) for command in commands]


def _command(command: object) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
