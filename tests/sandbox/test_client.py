"""aiogram's own client understands every result."""

import struct
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.methods import SendMessage
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    MenuButtonCommands,
    Message,
    ReplyParameters,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.sandbox.conftest import ALEX, CHEN, GROUP, LIN, Api, until

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 64, 48) + bytes(9)
KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="按", callback_data="a")]])


@pytest.fixture
async def bot(api: Api) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.url))
    yield Bot(api.world.token, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    if session._session is not None:  # close() of the client itself sleeps for a quarter of a second
        await session._session.close()


async def test_messages_are_sent_edited_copied_forwarded_pinned_and_deleted(bot: Bot) -> None:
    sent = await bot.send_message(
        CHEN, "<b>甲</b> 乙", reply_markup=KEYS, reply_parameters=ReplyParameters(message_id=1)
    )
    assert sent.html_text == "<b>甲</b> 乙"
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    edited = await bot.edit_message_text("丙", chat_id=CHEN, message_id=sent.message_id)
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup) == ("丙", None)
    again = await bot.edit_message_reply_markup(chat_id=CHEN, message_id=sent.message_id, reply_markup=KEYS)
    assert not isinstance(again, bool)
    assert again.reply_markup is not None
    assert again.reply_markup.inline_keyboard[0][0].callback_data == "a"
    copy = await bot.copy_message(CHEN, CHEN, sent.message_id)
    assert copy.message_id == sent.message_id + 1
    forwarded = await bot.forward_message(CHEN, CHEN, sent.message_id)
    assert forwarded.forward_origin is not None
    assert await bot.pin_chat_message(CHEN, sent.message_id)
    pinned = (await bot.get_chat(CHEN)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    assert await bot.delete_message(CHEN, sent.message_id)
    assert await bot.send_chat_action(CHEN, "typing")


async def test_files_go_up_and_come_down(bot: Bot) -> None:
    photo = await bot.send_photo(CHEN, BufferedInputFile(PNG, "图.png"), caption="<i>图</i>")
    assert photo.photo is not None
    assert photo.html_text == "<i>图</i>"
    document = await bot.send_document(CHEN, BufferedInputFile("报告".encode(), "报告.txt"))
    assert document.document is not None
    assert document.document.file_name == "报告.txt"
    again = await bot.send_document(CHEN, document.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == document.document.file_unique_id
    file = await bot.get_file(document.document.file_id)
    assert file.file_path is not None
    content = await bot.download_file(file.file_path)
    assert content is not None
    assert content.read().decode() == "报告"
    album = await bot.send_media_group(
        CHEN,
        [
            InputMediaPhoto(media=BufferedInputFile(PNG, "1.png"), caption="一"),
            InputMediaPhoto(media=photo.photo[0].file_id),
        ],
    )
    assert len({message.media_group_id for message in album}) == 1
    replaced = await bot.edit_message_media(
        InputMediaDocument(media=BufferedInputFile(b"x", "x.txt"), caption="换"),
        chat_id=CHEN,
        message_id=photo.message_id,
    )
    assert not isinstance(replaced, bool)
    assert (replaced.photo, replaced.caption) == (None, "换")
    renamed = await bot.edit_message_caption(chat_id=CHEN, message_id=photo.message_id, caption="再换")
    assert not isinstance(renamed, bool)
    assert renamed.caption == "再换"


async def test_chats_members_and_the_bots_own_words_are_understood(bot: Bot, api: Api) -> None:
    assert (await bot.me()).username == "zhunshi_bot"
    chat = await bot.get_chat(GROUP)
    assert (chat.type, chat.title) == ("group", "标准化工作群")
    assert [member.status for member in await bot.get_chat_administrators(GROUP)] == ["creator"]
    assert (await bot.get_chat_member(GROUP, LIN)).status == "member"
    await api.act("presence", person=CHEN, chat=GROUP, presence="administrator")
    assert (await bot.get_chat_member(GROUP, bot.id)).status == "administrator"
    commands = [BotCommand(command="help", description="帮助")]
    assert await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code="zh")
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats(), language_code="zh") == [
        commands[0].as_(bot)
    ]
    assert await bot.delete_my_commands(scope=BotCommandScopeAllPrivateChats(), language_code="zh")
    await bot.set_my_name("准时")
    await bot.set_my_description("问标准化政策")
    await bot.set_my_short_description("Policies", language_code="en")
    assert (await bot.get_my_name()).name == "准时"
    assert (await bot.get_my_description(language_code="en")).description == "问标准化政策"
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Policies"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    assert await bot.leave_chat(GROUP)
    assert await bot.log_out()


async def test_every_kind_of_update_is_understood(bot: Bot, api: Api) -> None:
    message = await bot.send_message(CHEN, "x", reply_markup=KEYS)
    [said] = await api.act(
        "say", person=CHEN, chat=CHEN, text="你好 @zhunshi_bot", reply_to=message.message_id
    )
    await api.act("edit", person=CHEN, chat=CHEN, message=said["message_id"], text="您好")
    await api.act("press", person=CHEN, chat=CHEN, message=message.message_id, row=0, column=0)
    await api.act("inline", person=ALEX, chat=GROUP, text="国际标准")
    await api.act("block", person=CHEN)
    await api.act("presence", person=CHEN, chat=GROUP, presence="left")
    updates = await bot.get_updates()
    assert [update.event_type for update in updates] == [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "my_chat_member",
        "my_chat_member",
        "message",
    ]
    assert updates[2].callback_query is not None
    assert updates[2].callback_query.data == "a"
    query = updates[3].inline_query
    assert query is not None
    article = InlineQueryResultArticle(
        id="1",
        title="指标",
        input_message_content=InputTextMessageContent(message_text="<b>30</b>"),
        reply_markup=KEYS,
    )
    assert await bot.answer_inline_query(query.id, [article], cache_time=0)
    await api.act("options", inline_feedback=True)
    await api.act("presence", person=CHEN, chat=GROUP, presence="member")
    await api.act("choose", query=query.id, result="1", chat=GROUP)
    chosen = [u.chosen_inline_result for u in await bot.get_updates(offset=updates[-1].update_id + 1)][-1]
    assert chosen is not None
    assert chosen.inline_message_id is not None
    assert await bot.edit_message_text("40", inline_message_id=chosen.inline_message_id) is True


async def test_refusals_become_aiograms_typed_errors(bot: Bot, api: Api) -> None:
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(CHEN, "<b>")
    with pytest.raises(TelegramForbiddenError, match="initiate"):
        await bot.send_message(ALEX, "x")
    await api.act("faults", kind="too_many", seconds=7, next=1)
    with pytest.raises(TelegramRetryAfter) as slow:
        await bot.send_message(CHEN, "x")
    assert slow.value.retry_after == 7
    await api.act("faults", kind="migrate", next=1)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(GROUP, "x")
    assert (await bot.send_message(moved.value.migrate_to_chat_id, "x")).chat.type == "supergroup"
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert info.url == "http://127.0.0.1:9/hook"
    assert await bot.delete_webhook(drop_pending_updates=True)


async def test_aiograms_webhook_gets_updates_and_its_answer_is_done(bot: Bot, api: Api) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> SendMessage:
        return message.answer(f"<b>{message.text}</b>")

    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s3cret")  # noqa: S106 - the test's own
    handler.register(app, path="/hook")
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")  # noqa: S106 - the same
    await api.act("say", person=CHEN, chat=CHEN, text="在吗")
    await until(lambda: len(api.world.chats[CHEN].messages) == 3)
    assert (await api.look("messages", chat=CHEN))[-1]["entities"][0]["type"] == "bold"
    await bot.delete_webhook()
    await runner.cleanup()
