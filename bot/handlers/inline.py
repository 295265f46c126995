"""Inline mode: `@us question` in any chat offers the answer as an article to send."""

from aiogram import Router
from aiogram.methods import AnswerInlineQuery
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from answering.answer import Answer, Status
from answering.library import Library
from bot.answers import Desk
from bot.caller import language_of
from bot.metrics import ANSWERS
from bot.texts import Markup, gettext, render, render_parts
from domain.languages import Language
from storage.chats import Chats

CACHE_SECONDS = 30
_MAX_TITLE = 100


def router() -> Router:
    """Inline queries."""
    here = Router(name="inline")
    here.inline_query.register(inline)
    return here


async def inline(inline_query: InlineQuery, desk: Desk, chats: Chats) -> None:
    """Offer what answers the query: one article, or one for each thing it may mean."""
    language = language_of(inline_query.from_user.id, inline_query.from_user, chats)
    answers, library = _answers(inline_query.query, desk, language)
    button = InlineQueryResultsButton(
        text=gettext(language).say("Ask in a private chat"), start_parameter="inline"
    )
    await desk.replies.offer(
        AnswerInlineQuery(
            inline_query_id=inline_query.id,
            results=[_article(str(n), answer, library) for n, answer in enumerate(answers)],
            cache_time=CACHE_SECONDS,
            is_personal=True,
            button=button,
        )
    )


def _answers(query: str, desk: Desk, language: Language) -> tuple[list[Answer], Library]:
    library = desk.library
    if not query.strip():
        return [], library
    answer = desk.answer(query, language)
    ANSWERS.labels(answer.status).inc()
    if answer.status is not Status.ANSWERED:
        # What is near can be sent on; that something is missing is of no use to another chat.
        return [desk.look_up(choice, answer.language) for choice in answer.choices], library
    return [answer], library


def _article(number: str, answer: Answer, library: Library) -> InlineQueryResultArticle:
    first, _, rest = render(answer, library, markup=Markup.PLAIN).strip().partition("\n")
    return InlineQueryResultArticle(
        id=number,
        title=first[:_MAX_TITLE],
        description=rest.strip().partition("\n")[0] or None,
        input_message_content=InputTextMessageContent(
            message_text=render_parts(answer, library)[0],
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )
