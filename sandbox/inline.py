"""Inline mode: a person asks `@bot ...` in any chat, the bot offers results, the person sends one of them."""

from sandbox.acts import RefusedError, bot_sees, new_id, speaker
from sandbox.call import Call
from sandbox.errors import Json, bad_request
from sandbox.files import document, photo
from sandbox.keyboards import check_markup
from sandbox.text import read_text, require_caption, require_text
from sandbox.waiting import Ask
from sandbox.world import World

RESULTS = 50
"""Results of one answer."""


def ask(world: World, person_id: int, chat_id: int, query: str) -> str:
    """Type an inline query; returns its id."""
    person, chat = speaker_anywhere(world, person_id, chat_id)
    waiting = Ask(person=person_id, query=query[:256], deadline=world.seconds() + world.answer_seconds)
    query_id = world.waiting.add_ask(waiting)
    kind = "sender" if chat == person_id else world.chats[chat].kind
    shown: Json = {"id": query_id, "from": person, "query": waiting.query, "offset": "", "chat_type": kind}
    if world.updates.add("inline_query", shown, person_id) is None:
        raise RefusedError("the bot does not ask for inline queries")
    return query_id


def choose(world: World, query_id: str, result_id: str, chat_id: int) -> Json:
    """Send one of the results into a chat."""
    asked = world.waiting.asks.get(query_id)
    result = next((r for r in (asked.results if asked else None) or [] if r["id"] == result_id), None)
    if asked is None or result is None:
        raise RefusedError("no such inline result")
    person, chat = speaker(world, asked.person, chat_id)
    content = result["content"] | {"via_bot": world.bot()}
    message = world.post(chat, person.user(), content)
    chosen: Json = {"result_id": result_id, "from": person.user(), "query": asked.query}
    if "reply_markup" in message:
        chosen["inline_message_id"] = new_id("AAIn")
        world.inline_messages[chosen["inline_message_id"]] = (chat.id, message["message_id"])
    if bot_sees(world, chat, message):
        world.updates.add("message", message, chat.id)
    if world.inline_feedback:
        world.updates.add("chosen_inline_result", chosen, asked.person)
    return message


def read_results(world: World, call: Call) -> list[Json]:
    """The results of answerInlineQuery, checked; each with the `content` of the message it would become."""
    results = call.json("results")
    if not isinstance(results, list):
        raise bad_request("can't parse results: expected an Array of InlineQueryResult")
    if len(results) > RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    read = [_read_result(world, result) for result in results]
    if len({result["id"] for result in read}) < len(read):
        raise bad_request("RESULT_ID_DUPLICATE")
    return read


def speaker_anywhere(world: World, person_id: int, chat_id: int) -> tuple[Json, int]:
    """The person's User object and the chat they type in; typing alone does not start the bot."""
    person, chat = world.people.get(person_id), world.chats.get(chat_id)
    if person is None or chat is None or (person_id != chat.id and person_id not in chat.members):
        raise RefusedError("this person is not in this chat")
    return person.user(), chat.id


def _read_result(world: World, result: object) -> Json:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    result_id = result.get("id")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode("utf-8", "replace")) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") == "article" and not result.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    content = _content(world, result)
    if markup := check_markup(result.get("reply_markup")):
        content["reply_markup"] = markup
    shown = ("id", "type", "title", "description", "url", "thumbnail_url")
    return {key: result[key] for key in shown if key in result} | {"content": content}


def _content(world: World, result: Json) -> Json:
    given = result.get("input_message_content")
    if isinstance(given, dict):
        call = Call(method="answerInlineQuery", params=given)
        text, entities = read_text(call, "message_text", "entities")
        require_text(text)
        return {"text": text, "entities": entities} if entities else {"text": text}
    call = Call(method="answerInlineQuery", params=result)
    caption, entities = read_text(call, "caption", "caption_entities")
    require_caption(caption)
    content: Json = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    if file_id := call.text("photo_file_id"):
        return content | {"photo": photo(world.files.get(file_id))}
    if file_id := call.text("document_file_id"):
        return content | {"document": document(world.files.get(file_id))}
    raise bad_request("can't parse inline query result: the sandbox needs input_message_content or a file_id")
