"""Delivering updates to the bot's webhook: in order within a chat, again and again until it answers 2xx."""

import asyncio
import contextlib
from collections import deque

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from sandbox.call import read_reply
from sandbox.errors import ApiError, Json
from sandbox.ledger import encode
from sandbox.methods import known, perform
from sandbox.updates import Pending
from sandbox.world import World

_LONGEST_PAUSE = 60.0
_TIMEOUT = ClientTimeout(total=60)


class Courier:
    """Delivers for as long as `run` runs and a webhook is set."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lanes: dict[int, deque[Pending]] = {}
        """Updates taken from the queue, by whose they are; one task works on each lane."""
        self.tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver while a webhook is set; give back what is left when it is taken away."""
        async with ClientSession(timeout=_TIMEOUT) as session:
            while True:
                self.world.hook_changed.clear()
                if self.world.hook.url:
                    await self._serve(session)
                else:
                    await self.world.hook_changed.wait()

    async def _serve(self, session: ClientSession) -> None:
        """Deliver to the webhook as it is set now, until it changes."""
        free = asyncio.Semaphore(self.world.hook.connections)
        dispatching = asyncio.create_task(self._dispatch(session, free))
        try:
            await self.world.hook_changed.wait()
        finally:
            running = [dispatching, *self.tasks]
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            self._give_back()

    async def _dispatch(self, session: ClientSession, free: asyncio.Semaphore) -> None:
        updates = self.world.updates
        while True:
            updates.arrived.clear()
            while updates.pending:
                item = updates.pending.popleft()
                updates.in_delivery += 1
                lane = self.lanes.setdefault(item.key, deque())
                lane.append(item)
                if len(lane) == 1:
                    task = asyncio.create_task(self._work(item.key, session, free))
                    self.tasks.add(task)
                    task.add_done_callback(self.tasks.discard)
            await updates.arrived.wait()

    async def _work(self, key: int, session: ClientSession, free: asyncio.Semaphore) -> None:
        """Empty one lane, one update after the other."""
        lane, pause = self.lanes[key], self.world.webhook_pause
        while lane:
            async with free:
                delivered = await self._deliver(session, lane[0].update)
            if delivered:
                lane.popleft()
                self.world.updates.in_delivery -= 1
                pause = self.world.webhook_pause
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
        del self.lanes[key]

    async def _deliver(self, session: ClientSession, update: Json) -> bool:
        """Hand over one update; True when the webhook took it."""
        hook = self.world.hook
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        body = encode(update).encode("utf-8", "replace")
        try:
            async with session.post(hook.url, data=body, headers=headers, allow_redirects=False) as answer:
                if 200 <= answer.status < 300:
                    await self._execute(answer)
                    return True
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except (ClientError, TimeoutError, OSError) as error:
            self._failed(str(error) or type(error).__name__)
        return False

    def _failed(self, reason: str) -> None:
        self.world.hook.error = reason
        self.world.hook.error_date = int(self.world.clock())

    async def _execute(self, answer: ClientResponse) -> None:
        """Do the call a webhook may put into its answer; its result only goes to the log, as in Telegram."""
        with contextlib.suppress(ApiError):
            call = await read_reply(answer)
            if call is not None:
                call.method = known(call.method)
                if call.method != "getUpdates":
                    await perform(self.world, call)

    def _give_back(self) -> None:
        left = sorted((item for lane in self.lanes.values() for item in lane), key=_number)
        self.world.updates.pending.extendleft(reversed(left))
        self.world.updates.in_delivery = 0
        self.lanes.clear()


def _number(item: Pending) -> int:
    return int(item.update["update_id"])
