"""The other channels' way out: a notice in plain words to an address, in threads, as sending blocks."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from domain.channels import Channel, parse_address
from domain.delivery import Delivery, Notice, NoticeKind
from domain.errors import BadSetting, Rejected, Retryable, Unreachable
from domain.languages import Language
from scheduler.plain_words import Remarks, parts, plain_words
from scheduler.relay import Relay
from storage.addresses import Addresses

# Bytes of text in one message; what surrounds it counts with DingTalk and Feishu, whose bound is 20,000.
_LIMITS = {
    Channel.WECOM: 2_048,
    Channel.DINGTALK: 18_000,
    Channel.FEISHU: 18_000,
    Channel.EMAIL: 1_000_000,
}
_REMEMBERED = 1_000


class Channels:
    """Sends to addresses, as the messenger does to Telegram's chats.

    Nothing that was sent can be changed there. A correction is a new message that says so above its text; a
    recall is refused, so that the report tells who still has the message.
    """

    def __init__(  # noqa: PLR0913 - what it works with, and how much at a time
        self,
        addresses: Addresses,
        remarks: Callable[[Language], Remarks],
        *,
        relay: Relay | None,
        threads: int = 8,
        wait_seconds: float = 3.0,
        seconds: float = 12.0,
    ) -> None:
        """Args beyond the obvious.

        remarks: what is said in place of pictures, files and changes, in a language.
        relay: takes the e-mail; None: nobody does.
        threads: messages at once.
        wait_seconds: for a free one: meanwhile a message keeps a courier from sending another.
        seconds: for the answer; together less than the courier's patience.
        """
        self._addresses = addresses
        self._remarks = remarks
        self._relay = relay
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="channels")
        self._free = asyncio.Semaphore(threads)
        self._wait_seconds = wait_seconds
        self._seconds = seconds
        self._told: dict[int, int] = {}  # delivery to how many parts of it have arrived

    def close(self) -> None:
        """Send no more; what is on the network goes on for some seconds."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def send(self, delivery: Delivery, notice: Notice, language: Language) -> int:
        """Send a notice; returns the delivery's own id, as no channel tells one of the message.

        Where it takes several messages, a second try goes on with the first one that did not arrive.

        Raises:
            DeliveryError: it did not arrive; after a doubtful `Retryable` it may have.
        """
        if notice.kind is NoticeKind.RECALL:
            raise Rejected("what was sent to this channel can't be taken back")
        channel, target = await self._address(delivery.chat_id)
        remarks, correction = self._remarks(language), delivery.edits is not None
        text = plain_words(notice, language, remarks, correction=correction)
        told = self._told.pop(delivery.id, 0)
        try:
            for part in parts(text, _LIMITS[channel])[told:]:
                await self._in_a_thread(partial(self._tell, channel, target, part))
                told += 1
        except BaseException:
            self._remember(delivery.id, told)
            raise
        return delivery.id

    async def _address(self, chat_id: int) -> tuple[Channel, str]:
        try:
            target = await self._addresses.target(chat_id)
        except BadSetting as error:
            raise Retryable(str(error)) from error  # an operator can mend it
        if target is None:
            raise Unreachable("this address was removed")
        return parse_address(target)

    def _tell(self, channel: Channel, target: str, text: str) -> None:
        """In a thread. A service without addresses need not pay for the imports."""
        if channel is not Channel.EMAIL:
            from scheduler import webhooks  # noqa: PLC0415 - see above

            webhooks.tell(channel, target, text)
        elif self._relay is None:
            raise Retryable("ZHUNSHI_SMTP_URL: not set, so no e-mail can be sent")
        else:
            from scheduler import mail  # noqa: PLC0415 - see above

            mail.tell(self._relay, target, text)

    async def _in_a_thread(self, tell: Callable[[], None]) -> None:
        """Have it done within the time; a thread that takes longer keeps its place until it ends."""
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._free.acquire()
        except TimeoutError:
            raise Retryable("too many messages to other channels are on their way") from None
        telling = asyncio.get_running_loop().run_in_executor(self._threads, tell)
        telling.add_done_callback(self._ended)
        try:
            async with asyncio.timeout(self._seconds):
                await asyncio.shield(telling)
        except TimeoutError:
            raise Retryable("nobody answered in time", doubtful=True) from None

    def _ended(self, telling: asyncio.Future[None]) -> None:
        self._free.release()
        if not telling.cancelled():
            telling.exception()  # seen, if nobody waits for it any more

    def _remember(self, delivery_id: int, told: int) -> None:
        if told:
            self._told[delivery_id] = told
        if len(self._told) > _REMEMBERED:
            del self._told[next(iter(self._told))]
