"""The bot put together: which router sees an update first, and what each passes before."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from aiogram import Bot, Dispatcher

from bot.access import Access
from bot.addresses.book import AddressBook
from bot.ahead.room import Ahead
from bot.ahead.timelines import Timelines
from bot.answers import Desk
from bot.broadcast_cards import BroadcastCards
from bot.broadcasts.drafts import Drafts
from bot.broadcasts.steering import Steering
from bot.broadcasts.studio import Studio
from bot.broadcasts.taking import Taking
from bot.dates.book import DateBook
from bot.door import Door
from bot.express import Express
from bot.handlers import (
    addresses,
    ahead,
    broadcasting,
    browsing,
    dates,
    errors,
    feeds,
    following,
    inline,
    inviting,
    leftovers,
    membership,
    mine,
    presses,
    questions,
    reminding,
    reviewing,
    start,
)
from bot.inviting.invitations import Inviting
from bot.middlewares import Once, Reception
from bot.mine.dialog import Dialog
from bot.mine.follows import Follows
from bot.mine.manner import Manner
from bot.mine.room import Mine
from bot.pictures.studio import Pictures
from bot.reminding.overdue import Overdue
from bot.reminding.responder import Responder
from bot.replies import Pace, Replies
from bot.reviewing.reader import Reader
from bot.reviewing.review import Review
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
    sender = Sender(bot)
    replies = Replies(sender, chats, clock, pace=pace, sleep=sleep)
    desk = Desk(
        bot=bot,
        shelf=shelf,
        conversations=conversations,
        replies=replies,
        clock=clock,
        access=access,
        subscriptions=services.get("subscriptions"),
    )
    door = Door(seen=seen_updates, chats=chats, replies=replies, throttle=throttle, clock=clock)
    # aiogram's middleware for states costs a tenth of an answer; our dialogs keep theirs by themselves.
    dispatcher = Dispatcher(
        disable_fsm=True,
        desk=desk,
        chats=chats,
        access=access,
        express=Express(door, desk, chats, conversations),
        **services,
    )
    delivers = "broadcasts" in services
    if delivers:
        cards = BroadcastCards(
            sender=sender,
            shelf=shelf,
            broadcasts=services["broadcasts"],
            outbox=services["outbox"],
            chats=chats,
            clock=clock,
        )
        dispatcher.workflow_data |= _broadcasting(bot, desk, conversations, cards, services)
    dispatcher.update.outer_middleware(Once(door))
    reception = Reception(door, chats)
    # What a dialog waits for is no question, and what is no question of ours a polite word at the end.
    received = [broadcasting.router] if delivers else []
    if "standings" in services:
        dispatcher["follows"] = follows = _follows(desk, services)
        dispatcher["mine"] = _mine(desk, follows, conversations, access, services)
        received = [mine.router, *received, following.router]
        dispatcher["responder"] = _responder(bot, desk, services)
        dispatcher["overdue"] = Overdue(desk, services["reminders"], chats)
        received.append(reminding.router)
    if "events_now" in services:
        dispatcher["ahead"] = _ahead(bot, desk, services)
        received.append(ahead.router)
    if "feeds" in services:
        received.append(feeds.router)
    if "invitations" in services:
        dispatcher["inviting"] = _inviting(bot, desk, chats, services)
        received.append(inviting.router)
    if "addresses" in services:
        dispatcher["book"] = _book(bot, desk, chats, conversations, services)
        received.insert(0, addresses.router)
    if "dates" in services:
        dispatcher["date_book"] = DateBook(
            desk=desk,
            dates=services["dates"],
            conversations=conversations,
            workdays=services["workdays"],
            replan=services["replan"],
        )
        received.insert(0, dates.router)
    if "readings" in services:
        dispatcher["review"] = _review(bot, sender, desk, conversations, services)
        received = [reviewing.router, *received, reviewing.files]
    received += [one.router for one in (questions, presses, inline, start, browsing, leftovers)]
    for router in (make() for make in received):
        for observer in (router.message, router.edited_message, router.callback_query, router.inline_query):
            observer.middleware(reception)
        dispatcher.include_router(router)
    dispatcher.include_routers(membership.router(), errors.router())
    return dispatcher


def _broadcasting(
    bot: Bot, desk: Desk, conversations: Conversations, cards: BroadcastCards, services: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the handlers of broadcasts ask for by name."""
    broadcasts, wake = services["broadcasts"], services["fanout_wake"]
    studio = Studio(
        desk=desk,
        drafts=Drafts(conversations, desk.clock),
        broadcasts=broadcasts,
        cards=cards,
        previews=services["messenger"],
        wake=wake,
    )
    steering = Steering(bot=bot, desk=desk, broadcasts=broadcasts, cards=cards, studio=studio, wake=wake)
    taking = Taking(bot=bot, desk=desk, studio=studio)
    return {"studio": studio, "taking": taking, "steering": steering, "broadcast_cards": cards}


def _book(
    bot: Bot, desk: Desk, chats: Chats, conversations: Conversations, services: Mapping[str, Any]
) -> AddressBook:
    """What the handlers of addresses ask for."""
    return AddressBook(
        bot=bot,
        desk=desk,
        addresses=services["addresses"],
        follows=_follows(desk, services),
        chats=chats,
        conversations=conversations,
        wake=services["courier_wake"],
    )


def _follows(desk: Desk, services: Mapping[str, Any]) -> Follows:
    """What whoever lets a place follow something asks for."""
    return Follows(
        subscriptions=services["subscriptions"],
        events_now=services["events_now"],
        workdays=services["workdays"],
        replan=services["replan"],
        reminders=services["reminders"],
        clock=desk.clock,
    )


def _mine(
    desk: Desk, follows: Follows, conversations: Conversations, access: Access, services: Mapping[str, Any]
) -> Mine:
    """What the handlers of /mine ask for."""
    dialog = Dialog(conversations, desk.clock)
    return Mine(
        desk=desk,
        follows=follows,
        manner=Manner(follows=follows, dialog=dialog, access=access, addresses=services.get("addresses")),
        dialog=dialog,
        standings=services["standings"],
        dates=services["dates"],
    )


def _responder(bot: Bot, desk: Desk, services: Mapping[str, Any]) -> Responder:
    """What the buttons of reminders ask for."""
    return Responder(
        bot=bot,
        desk=desk,
        standings=services["standings"],
        subscriptions=services["subscriptions"],
        dates=services["dates"],
        workdays=services["workdays"],
        events_now=services["events_now"],
    )


def _ahead(bot: Bot, desk: Desk, services: Mapping[str, Any]) -> Ahead:
    """What the handlers of looking ahead ask for."""
    events_now = services["events_now"]
    pictures = services.get("pictures") or Pictures()
    return Ahead(
        desk=desk,
        timelines=Timelines(bot=bot, desk=desk, pictures=pictures, events_now=events_now),
        subscriptions=services["subscriptions"],
        workdays=services["workdays"],
        events_now=events_now,
    )


def _inviting(bot: Bot, desk: Desk, chats: Chats, services: Mapping[str, Any]) -> Inviting:
    """What the handlers of invitations ask for."""
    return Inviting(
        bot=bot,
        desk=desk,
        invitations=services["invitations"],
        subscriptions=services["subscriptions"],
        chats=chats,
        events_now=services["events_now"],
        workdays=services["workdays"],
        replan=services["replan"],
    )


def _review(
    bot: Bot, sender: Sender, desk: Desk, conversations: Conversations, services: Mapping[str, Any]
) -> Review:
    """What the handlers of policy texts ask for."""
    return Review(
        desk=desk,
        sender=sender,
        reader=Reader(bot, services["read_limits"]),
        readings=services["readings"],
        conversations=conversations,
        restock=services["restock"],
    )
