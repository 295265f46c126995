"""`zhunshi ask`: one question, or a batch of them as JSON Lines."""

import gc
import json
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, BinaryIO

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictInt, StrictStr, ValidationError

from answering.answer import Answer
from answering.library import Library
from app.clock import today
from app.settings import Settings, load_settings
from app.store import open_store_to_read
from bot.texts import Markup, render
from domain.errors import BadInput
from domain.languages import Language
from storage.policies import load_policies


def _tag(value: object) -> object:
    return value.replace("_", "-") if isinstance(value, str) else value


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("not a date like 2025-06-30")  # noqa: TRY004 - pydantic words only ValueError
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("not a date like 2025-06-30") from None


class Asked(BaseModel):
    """One line of a batch; keys of no meaning here are passed over."""

    model_config = ConfigDict(frozen=True)

    id: StrictStr | StrictInt
    question: StrictStr
    lang: Annotated[Language, BeforeValidator(_tag)] | None = None
    today: Annotated[date, BeforeValidator(_day)] | None = None
    context: tuple[StrictStr, ...] = ()


class Asker:
    """Answers from a library, with what holds for every question unless its line says otherwise."""

    def __init__(self, library: Library, settings: Settings, *, lang: Language | None, day: date) -> None:
        self._library = library
        self._default_language = settings.default_language
        self._lang = lang
        self._day = day

    def answer(self, asked: Asked) -> tuple[Answer, str]:
        """The answer and its text; the earlier questions are asked first, as in a conversation."""
        context: Mapping[str, Any] = {}
        for earlier in asked.context:
            context = self._ask(earlier, asked, context).context
        answer = self._ask(asked.question, asked, context)
        return answer, render(answer, self._library, markup=Markup.PLAIN)

    def line(self, asked: Asked) -> str:
        """The answer as one line of JSON."""
        start = time.perf_counter()
        answer, text = self.answer(asked)
        took = (time.perf_counter() - start) * 1000
        facts = [
            {"policy": one.policy.id, "kind": one.kind, "id": one.id, "clause": one.clause}
            for one in answer.citations()
        ]
        reply = {"id": asked.id, "status": answer.status, "text": text, "facts": facts, "ms": round(took, 2)}
        return json.dumps(reply, ensure_ascii=False)

    def _ask(self, text: str, asked: Asked, context: Mapping[str, Any]) -> Answer:
        return self._library.ask(
            text,
            today=asked.today or self._day,
            default_language=self._default_language,
            language=asked.lang or self._lang,
            context=context,
        )


async def ask(options: Namespace, stdin: BinaryIO) -> Iterator[str]:
    """The lines to print for the options of `zhunshi ask`.

    Raises:
        BadInput: a setting, the store, or (while iterating) a line of the batch is wrong.
    """
    settings = load_settings()
    with _keeping_everything():
        async with open_store_to_read(settings) as database:
            library = Library(await load_policies(database))
    asker = Asker(library, settings, lang=options.lang, day=options.today or today())
    if options.batch:
        return (asker.line(asked) for asked in read_batch(stdin))
    asked = Asked(id="1", question=options.question)
    return iter([asker.line(asked) if options.json else asker.answer(asked)[1]])


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """What is there afterwards stays to the end: looking through it for garbage costs a quarter of an answer.

    Most of that on the way out, when Python looks once more through all that is not frozen.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def read_batch(lines: Iterable[bytes]) -> Iterator[Asked]:
    """Read a batch as it comes; empty lines are passed over.

    Raises:
        BadInput: a line can't be used; names its number and what is wrong.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield Asked.model_validate(json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8")))
            except UnicodeDecodeError as error:
                raise BadInput(f"line {number}: not UTF-8 (byte {error.start + 1})") from error
            except (ValueError, RecursionError) as error:
                raise BadInput(f"line {number}: {_told(error)}") from error


def _told(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        if not first["loc"]:
            return 'not an object like {"id": "1", "question": "浙江有哪些指标"}'
        return f"{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    return "not JSON: nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"
