"""The bot put together: which router sees an update first, and what each passes before."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from aiogram import Bot, Dispatcher

from bot.access import Access
from bot.answers import Desk
from bot.door import Door
from bot.express import Express
from bot.fsm import ConversationStorage
from bot.handlers import browsing, errors, inline, leftovers, membership, presses, questions, start
from bot.middlewares import Once, Reception
from bot.replies import Pace, Replies
from bot.sender import Sender
from bot.shelf import Shelf
from bot.throttle import Throttle
from storage.chats import Chats
from storage.conversations import Conversations
from storage.updates import SeenUpdates

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]


def build_dispatcher(  # noqa: PLR0913 - the bot's whole outside, by name
    *,
    bot: Bot,
    shelf: Shelf,
    chats: Chats,
    conversations: Conversations,
    seen_updates: SeenUpdates,
    access: Access,
    throttle: Throttle,
    clock: Callable[[], datetime],
    services: Mapping[str, Any] = MappingProxyType({}),
    pace: Pace | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Dispatcher:
    """The dispatcher for one bot.

    Args beyond the obvious:
        clock: gives aware instants.
        services: what handlers ask for by name besides: broadcasts, subscriptions, ...
        pace: is told of each message.
        sleep: passes the time between attempts.
    """
    replies = Replies(Sender(bot), chats, clock, pace=pace, sleep=sleep)
    desk = Desk(bot=bot, shelf=shelf, conversations=conversations, replies=replies, clock=clock)
    door = Door(seen=seen_updates, chats=chats, replies=replies, throttle=throttle, clock=clock)
    # No handler keeps a state yet, and aiogram's middleware for it costs a tenth of an answer. A dialog's
    # router brings it along: `FSMContextMiddleware(storage=dispatcher.storage)`.
    dispatcher = Dispatcher(
        storage=ConversationStorage(conversations, clock),
        disable_fsm=True,
        desk=desk,
        chats=chats,
        access=access,
        express=Express(door, desk, chats),
        **services,
    )
    dispatcher.update.outer_middleware(Once(door))
    reception = Reception(door, chats)
    # Questions first: they are the most, and each router before them would cost them time.
    received = (questions, presses, inline, start, browsing, leftovers)
    for router in (module.router() for module in received):
        for observer in (router.message, router.edited_message, router.callback_query, router.inline_query):
            observer.middleware(reception)
        dispatcher.include_router(router)
    dispatcher.include_routers(membership.router(), errors.router())
    return dispatcher
