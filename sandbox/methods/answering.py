"""Methods that answer what a person is waiting for: a pressed button, an inline query, a sign of life."""

from sandbox.acts import START_PARAMETER
from sandbox.call import Call
from sandbox.errors import bad_request
from sandbox.inline import read_results
from sandbox.world import World

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def answer_callback_query(world: World, call: Call) -> bool:
    """Do answerCallbackQuery."""
    query_id = call.text("callback_query_id")
    press = world.waiting.open_press(query_id, world.seconds())
    text = call.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.text("url")
    if url and not url.startswith(("https://", "http://", "tg://")):
        raise bad_request("URL_INVALID")
    press.answer = {"text": text, "show_alert": call.flag("show_alert"), "url": url}
    place = {"query_id": query_id, "chat": press.chat, "message": press.message, "person": press.person}
    world.live.tell("callback_answer", place | press.answer)
    return True


def answer_inline_query(world: World, call: Call) -> bool:
    """Do answerInlineQuery."""
    query_id = call.text("inline_query_id")
    ask = world.waiting.open_ask(query_id, world.seconds())
    results = read_results(world, call)
    button = call.object("button")
    if button and "start_parameter" in button:
        parameter = button["start_parameter"]
        if not isinstance(parameter, str) or not START_PARAMETER.fullmatch(parameter):
            raise bad_request("START_PARAM_INVALID")
    ask.results, ask.button = results, button
    world.live.tell("inline_answer", {"query_id": query_id, "results": results, "button": button})
    return True


def send_chat_action(world: World, call: Call) -> bool:
    """Do sendChatAction."""
    chat = world.chat_of(call)
    action = call.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.live.tell("action", {"chat": chat.id, "action": action})
    return True


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "sendChatAction": send_chat_action,
}
