"""Methods about the bot itself: who it is, its texts, commands and menu button."""

from collections.abc import Callable

from sandbox.call import Call
from sandbox.errors import Json, bad_request
from sandbox.profile import check_commands, language_key, scope_key
from sandbox.world import World


def get_me(world: World, _: Call) -> Json:
    """Do getMe."""
    return world.bot() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, call: Call) -> bool:
    """Do setMyCommands."""
    commands = check_commands(call.json("commands"))
    world.profile.commands[_menu_key(call)] = commands
    world.live.tell("state", None)
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    """Do getMyCommands."""
    return world.profile.commands.get(_menu_key(call), [])


def delete_my_commands(world: World, call: Call) -> bool:
    """Do deleteMyCommands."""
    world.profile.commands.pop(_menu_key(call), None)
    world.live.tell("state", None)
    return True


def set_chat_menu_button(world: World, call: Call) -> bool:
    """Do setChatMenuButton."""
    button = call.object("menu_button") or {"type": "default"}
    if str(button.get("type")) not in {"commands", "web_app", "default"}:
        raise bad_request("can't parse MenuButton: unsupported type specified")
    if call.number("chat_id") is None:
        world.profile.menu = button
    else:
        world.chat_of(call).menu = button
    return True


def get_chat_menu_button(world: World, call: Call) -> Json:
    """Do getChatMenuButton."""
    if call.number("chat_id") is None:
        return world.profile.menu
    return world.chat_of(call).menu or world.profile.menu


def log_out(_: World, __: Call) -> bool:
    """Do logOut: accepted; the sandbox is the only server there is."""
    return True


def close(_: World, __: Call) -> bool:
    """Do close: accepted, with no effect."""
    return True


def _menu_key(call: Call) -> tuple[str, str]:
    return scope_key(call.object("scope")), language_key(call.text("language_code"))


def _setter(field: str) -> Callable[[World, Call], bool]:
    def set_text(world: World, call: Call) -> bool:
        world.profile.set_text(field, language_key(call.text("language_code")), call.text(field))
        world.live.tell("state", None)
        return True

    return set_text


def _getter(field: str) -> Callable[[World, Call], Json]:
    def get_text(world: World, call: Call) -> Json:
        return {field: world.profile.text(field, language_key(call.text("language_code")))}

    return get_text


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "logOut": log_out,
    "close": close,
}
