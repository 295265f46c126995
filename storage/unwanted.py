"""What places want to hear of no more: events they silenced, and what they reported as done."""

from dataclasses import dataclass

from sqlalchemy import select

from storage.database import Database
from storage.schema import occurrences, silenced, standings

_said, _what, _silent = standings.c, occurrences.c, silenced.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwanted:
    """All of it; a place is a chat and, in forums, a topic (else 0)."""

    silenced: frozenset[tuple[int, int, str]] = frozenset()  # place and event
    done: frozenset[tuple[int, int, str, str]] = frozenset()  # place, event, and which time of it

    def holds(self, chat_id: int, thread_id: int | None, event: str, occurrence: str) -> bool:
        """Whether a place wants to hear of that time of an event no more."""
        place = chat_id, thread_id or 0
        return (*place, event) in self.silenced or (*place, event, occurrence) in self.done


async def unwanted(db: Database) -> Unwanted:
    """What every place wants to hear of no more."""
    done = select(_said.chat_id, _said.thread_id, _what.event_key, _what.occurrence)
    done = done.join(occurrences, _what.id == _said.occurrence_id).where(_said.done_at.is_not(None))
    async with db.read() as connection:
        silent = await connection.execute(select(_silent.chat_id, _silent.thread_id, _silent.event_key))
        return Unwanted(
            silenced=frozenset((row.chat_id, row.thread_id, row.event_key) for row in silent),
            done=frozenset(
                (row.chat_id, row.thread_id, row.event_key, row.occurrence)
                for row in await connection.execute(done)
            ),
        )
