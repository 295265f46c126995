"""The calendar address of a place: shown to those who may decide for it, and given anew."""

import ipaddress
from enum import StrEnum
from urllib.parse import urlsplit

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.answers import Desk
from bot.buttons import Act, Button, Room
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.rooms import may_decide, pressed_in
from bot.texts import Markup, Translator, escape, gettext
from bot.views import View
from bot.words.marks import bold, finish
from storage.feeds import Feed, Feeds
from storage.subscriptions import Subscriptions


class Verb(StrEnum):
    """What a press does."""

    SHOW = "show"
    RENEW = "renew"  # asks first
    RENEWED = "renewed"


def router() -> Router:
    """The address of the calendar."""
    here = Router(name="feeds")
    here.message.register(asked, Command("calendar_link"))
    here.callback_query.register(pressed, pressed_in(Room.FEED))
    return here


async def asked(  # noqa: PLR0913, PLR0917 - what a handler is given
    message: Message,
    caller: Caller,
    desk: Desk,
    bot: Bot,
    feeds: Feeds,
    subscriptions: Subscriptions,
    feed_url: str,
) -> None:
    """Show it; in a group to its administrators only, and then to all who read there."""
    del message
    if await may_decide(caller, bot):
        feed = await feeds.of(caller.seat.chat_id, caller.seat.topic, caller.seat.person_id, desk.clock())
        shown = await _address(feed, feed_url, caller, subscriptions)
    else:
        shown = View(parts=[_only_administrators(gettext(caller.language))], rows=())
    await desk.replies.send(caller.place, shown.parts, keyboard=keyboard(shown.rows))


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery,
    act: Act,
    caller: Caller,
    desk: Desk,
    bot: Bot,
    feeds: Feeds,
    subscriptions: Subscriptions,
    feed_url: str,
) -> None:
    """Show it, or give another one in its place."""
    t, seat = gettext(caller.language), caller.seat
    hint: str | None = None
    shown: View | None = None
    match act.verb:
        case Verb.SHOW | Verb.RENEW | Verb.RENEWED if not await may_decide(caller, bot):
            hint = _only_administrators(t)
        case Verb.SHOW:
            feed = await feeds.of(seat.chat_id, seat.topic, seat.person_id, desk.clock())
            shown = await _address(feed, feed_url, caller, subscriptions)
        case Verb.RENEW:
            shown = _sure(t)
        case Verb.RENEWED:
            feed = await feeds.renew(seat.chat_id, seat.topic, seat.person_id, desk.clock())
            shown = await _address(feed, feed_url, caller, subscriptions)
            hint = t.say("This is the new address; the old one shows nothing any more.")
        case _:
            hint = t.say("This button is from an older version. Send /policies to go on.")
    if shown:
        message_id = press.message.message_id if press.message else None
        await desk.replies.turn(caller.place, message_id, shown.parts, keyboard=keyboard(shown.rows))
    await desk.replies.settle(press.id, hint)


async def _address(feed: Feed, feed_url: str, caller: Caller, subscriptions: Subscriptions) -> View:
    t = gettext(caller.language)
    head = [
        bold("📅 " + t.say("Calendar address")),
        t.say("Add it to your calendar program once: the dates that are followed here stand there then."),
        "",
    ]
    ways = [
        "",
        t.say("Outlook: Add calendar, then Subscribe from web."),
        t.say(
            "Apple: on a Mac File, then New Calendar Subscription; on an iPhone, add a subscribed calendar."
        ),
        t.say("Google, Feishu, WPS and others: add a calendar by URL."),
        t.say("Changed dates follow by themselves, within hours: your program decides how often it looks."),
        "",
        t.say("Whoever has the address can read the calendar. If it got into wrong hands, take a new one."),
    ]
    if not await subscriptions.of(feed.chat_id, feed.thread_id):
        ways += ["", t.say("Nothing is followed here yet, so it is empty. /policies shows what there is.")]
    if _is_local(feed_url):
        ways += ["", t.say("Only this machine can open it, until the operator sets ZHUNSHI_PUBLIC_URL.")]
    # In such a frame a tap copies it.
    framed = f"<code>{escape(f'{feed_url}/{feed.name}')}</code>"
    text = "\n".join([finish("\n".join(head), Markup.HTML), framed, finish("\n".join(ways), Markup.HTML)])
    mine = Button(label="↩ " + t.say("What is followed here"), press=Act(room=Room.MINE, verb="here"))
    return View(parts=[text], rows=((_button("🔑 " + t.say("New address"), Verb.RENEW),), (mine,)))


def _sure(t: Translator) -> View:
    asked = t.say("Take a new address? Programs that know the old one will get nothing from it any more.")
    yes = _button("🔑 " + t.say("New address"), Verb.RENEWED)
    no = _button("↩ " + t.say("Keep it"), Verb.SHOW)
    return View(parts=[finish(asked, Markup.HTML)], rows=((yes, no),))


def _only_administrators(t: Translator) -> str:
    return t.say("In a group only its administrators can change that.")


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _button(label: str, verb: Verb) -> Button:
    return Button(label=label, press=Act(room=Room.FEED, verb=verb.value))
