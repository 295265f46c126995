"""The tables, in SQLAlchemy Core, with the few column types that SQLite and PostgreSQL must agree on."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TextClause,
    TypeDecorator,
    UniqueConstraint,
    text,
    true,
)


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Turn into UTC, which SQLite keeps as sortable text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """SQLite forgets the zone, which was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _required(name: str, kind: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **options)


# Revisions never change once written, but for the mark of the current one.
policy_revisions = Table(
    "policy_revisions",
    metadata,
    Column("policy_id", String(32), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),  # counts from 1
    _required("is_current", Boolean),
    _required("digest", String(64)),
    _required("saved_at", Instant),
    _required("saved_by", Text),
    _required("document", JSON),  # the whole policy, as the catalogue writes it
)
Index(
    "uq_policy_revisions_current",
    policy_revisions.c.policy_id,
    unique=True,
    sqlite_where=policy_revisions.c.is_current,
    postgresql_where=policy_revisions.c.is_current,
)

# What a revision states, one row a fact, so that SQL can ask for kinds and dates.
facts = Table(
    "facts",
    metadata,
    Column("policy_id", String(32), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("fact_id", String(16), primary_key=True),
    _required("position", Integer),  # order within the policy, from 0
    _required("kind", String(16)),  # a FactKind, or `milestone`
    _required("clause", Text),
    Column("due_day", Date),
    Column("due_precision", String(8)),
    _required("document", JSON),
    ForeignKeyConstraint(
        ["policy_id", "revision"],
        ["policy_revisions.policy_id", "policy_revisions.revision"],
        ondelete="CASCADE",
    ),
    Index("ix_facts_due_day", "due_day"),
)

# Texts that were read and wait for the person who sent them; nobody else sees them.
readings = Table(
    "readings",
    metadata,
    Column("id", String(16), primary_key=True),
    _required("person_id", BigInteger, index=True),
    _required("policy", JSON),  # as the catalogue writes it
    _required("unread", JSON),  # [quotation, reason] each
    _required("name", Text),  # of the file
    _required("text", Text),  # the original characters
    _required("version", Integer),  # counts the changes
    Column("relation", String(16)),  # to the text held, where a person said it
    Column("taken", JSON),  # ids of what is taken over from the shorter of two texts
    _required("created_at", Instant, index=True),
)

# The original characters that a revision was read from; the passages' positions count them.
documents = Table(
    "documents",
    metadata,
    Column("policy_id", String(32), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    _required("name", Text),
    _required("text", Text),
    ForeignKeyConstraint(
        ["policy_id", "revision"],
        ["policy_revisions.policy_id", "policy_revisions.revision"],
        ondelete="CASCADE",
    ),
)

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    _required("kind", String(16)),  # private, group, supergroup, channel
    _required("title", Text),
    Column("language", String(35)),  # None until chosen or known
    _required("active", Boolean),
    _required("broadcasts", Boolean, server_default=true()),  # False: opted out of them
    Column("former_id", BigInteger, index=True),  # the first id of a group that goes on under another
    _required("created_at", Instant),
    _required("updated_at", Instant, index=True),
)

# What a chat follows: a policy, or a fact of it; see `Subject` in domain/events.py.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _required("chat_id", BigInteger),
    _required("thread_id", BigInteger),  # 0 outside of forums: NULL would not count as equal in the key
    _required("policy_id", String(32)),
    _required("kind", String(16)),  # a FactKind; `policy` with an empty fact_id: all of it
    _required("fact_id", String(16)),
    _required("created_by", BigInteger),
    _required("created_at", Instant),
    _required("profile_id", Integer, server_default="0"),  # how it wants its reminders; 0: as is usual
    Column("muted_until", Instant),
    Column("planned", String(16)),  # the plan that its reminders follow; None: it changed since
    UniqueConstraint(
        "chat_id", "thread_id", "policy_id", "kind", "fact_id", name="uq_subscriptions_what_for_whom"
    ),
    Index("ix_subscriptions_what", "policy_id", "kind", "fact_id", "chat_id"),
    sqlite_autoincrement=True,
)

# A group or person without Telegram: reached under `chat_id`, which lies above all of Telegram's ids.
addresses = Table(
    "addresses",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    _required("channel", String(16)),  # wecom, dingtalk, feishu, email
    _required("target", Text),  # encrypted, or `env:NAME`
    _required("created_by", BigInteger),
    _required("created_at", Instant),
)

conversations = Table(
    "conversations",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("state", Text),
    _required("data", Text),  # JSON, encoded where it was put so that a bad value fails there
    _required("updated_at", Instant, index=True),
)

handled_updates = Table(
    "handled_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    _required("handled_at", Instant, index=True),
)

# What is said; never changed once written, so that it can be kept in memory.
notices = Table(
    "notices",
    metadata,
    Column("id", String(128), primary_key=True),
    _required("document", JSON),  # as `Notice.to_json` writes it
    _required("created_at", Instant),
)

# The outbox. Whatever claims must find its rows without looking at the settled ones, however many there
# are: so the indexes are partial, and those who ask repeat their conditions to the letter.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _required("key", String(200), unique=True),
    _required("notice_id", String(128)),
    _required("chat_id", BigInteger),
    Column("thread_id", BigInteger),
    Column("edits", BigInteger),  # the message to change, where it is not a new one
    _required("priority", SmallInteger),
    _required("state", String(12)),
    _required("attempts", Integer),
    _required("doubts", Integer),
    _required("due_at", Instant),
    Column("lease_until", Instant),  # these three while it is `sending`
    Column("worker", String(64)),
    Column("handed_at", Instant),
    Column("error", Text),
    Column("message_id", BigInteger),
    Column("settled_at", Instant),
    ForeignKeyConstraint(["notice_id"], ["notices.id"]),
    Index("ix_deliveries_notice_id_state_id", "notice_id", "state", "id"),
    sqlite_autoincrement=True,  # the id of an archived row is never given again
)
PENDING = text("state = 'pending'")
SENDING = text("state = 'sending'")
DEAD = text("state IN ('failed', 'unreachable', 'uncertain')")
HELD = text("state = 'held'")
WAITING_GROUP = text("state IN ('pending', 'held') AND chat_id < 0")  # only a group's id can change
SETTLED = text("settled_at IS NOT NULL")
DOUBTFUL = text("doubts > 0")


def _partial(name: str, condition: TextClause, *columns: str) -> None:
    of = (deliveries.c[column] for column in columns)
    Index(f"ix_deliveries_{name}", *of, sqlite_where=condition, postgresql_where=condition)


_partial("due", PENDING, "priority", "due_at", "id")
_partial("leases", SENDING, "lease_until")
_partial("dead", DEAD, "id")
_partial("groups", WAITING_GROUP, "chat_id")
_partial("settled", SETTLED, "settled_at")
_partial("doubtful", DOUBTFUL, "notice_id")

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", String(16), primary_key=True),  # its notice has the same
    _required("kind", String(12)),
    Column("original", String(16)),
    _required("state", String(12)),
    _required("audience", JSON),
    _required("author_id", BigInteger),
    _required("author", Text),
    _required("created_at", Instant, index=True),
    _required("start_at", Instant),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("checkpoint", BigInteger),
    _required("spread", Boolean),
    _required("recipients", Integer),
    _required("expected", Integer),
    Column("card_chat_id", BigInteger),
    Column("card_message_id", BigInteger),
    ForeignKeyConstraint(["id"], ["notices.id"]),
    ForeignKeyConstraint(["original"], ["broadcasts.id"]),
)
ACTIVE = text("state IN ('scheduled', 'running', 'paused')")
Index("ix_broadcasts_active", broadcasts.c.start_at, sqlite_where=ACTIVE, postgresql_where=ACTIVE)

# Who did what, when, to what; only ever added to.
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _required("at", Instant),
    _required("actor_id", BigInteger),
    _required("action", String(32)),  # broadcast.confirmed, address.added, ...
    _required("subject", String(128)),  # the id of what it was done to
    _required("detail", JSON),
    Index("ix_audit_log_subject", "subject", "id"),
    sqlite_autoincrement=True,
)

# Settled long ago; their keys still count.
archived_deliveries = Table(
    "archived_deliveries",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    _required("key", String(200), unique=True),
    _required("notice_id", String(128)),
    _required("chat_id", BigInteger),
    Column("thread_id", BigInteger),
    _required("priority", SmallInteger),
    _required("state", String(12)),
    _required("attempts", Integer),
    _required("doubts", Integer),
    _required("due_at", Instant),
    Column("error", Text),
    Column("message_id", BigInteger),
    _required("settled_at", Instant),
    ForeignKeyConstraint(["notice_id"], ["notices.id"]),
    Index("ix_archived_deliveries_notice_id_state_id", "notice_id", "state", "id"),
)

# Ways to be reminded that differ, each once, so that a plan is made once for all who share one.
reminder_profiles = Table(
    "reminder_profiles",
    metadata,
    Column("id", Integer, primary_key=True),  # from 1
    _required("settings", Text, unique=True),  # as `ReminderSettings.to_text` writes it
)

# Dates that stand in no policy; administrators add them, three came with the tables.
dates = Table(
    "dates",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("kind", String(16)),  # date, collection
    _required("name", Text),
    Column("name_en", Text),
    _required("policy_id", String(32)),  # "" where it belongs to none
    _required("department_id", String(16)),
    _required("first", Date),  # of the first time
    _required("days", SmallInteger),  # how long each time lasts
    Column("rule", Text),  # an RRULE; None: it comes once, unless lunar
    Column("lunar", String(5)),  # month and day, `08-15`; every year from `first` on
    _required("created_by", BigInteger),
    _required("created_at", Instant),
    _required("updated_at", Instant),
    sqlite_autoincrement=True,  # a reminder of a removed date is never taken for one of another
)

# Each time an event comes, as it was last planned. Reminders and what chats said about it point here.
occurrences = Table(
    "occurrences",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _required("event_key", String(96)),
    _required("occurrence", String(16)),
    _required("day", Date),
    _required("last", Date),
    _required("document", JSON),  # as `Occurrence.facts` gives it
    _required("sequence", Integer),  # how often it was changed
    _required("changed_at", Instant),
    UniqueConstraint("event_key", "occurrence", name="uq_occurrences_what"),
    sqlite_autoincrement=True,
)

# The plan: what is told of when, for each profile; and who is told, by what they follow. Rewritten whole.
plan_moments = Table(
    "plan_moments",
    metadata,
    Column("profile_id", Integer, primary_key=True, autoincrement=False),
    Column("occurrence_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lead", SmallInteger, primary_key=True, autoincrement=False),
    _required("planned_for", Instant),
    _required("day", Date),
    _required("provisional", Boolean),  # the year's make-up days are not known yet
)
plan_subjects = Table(
    "plan_subjects",
    metadata,
    Column("policy_id", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("fact_id", String(16), primary_key=True),
    Column("occurrence_id", BigInteger, primary_key=True, autoincrement=False),
)
plan_state = Table(
    "plan_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row: 1
    _required("fingerprint", String(16)),
    _required("made_at", Instant),
)

# The key is what a reminder is about, not when: so planning anew moves it and never makes a second one.
reminders = Table(
    "reminders",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _required("subscription_id", BigInteger),
    _required("occurrence_id", BigInteger),
    _required("lead", SmallInteger),
    _required("repetition", SmallInteger),  # 0: by the plan
    _required("planned_for", Instant),
    _required("day", Date),  # of the event, as it was planned
    _required("provisional", Boolean),
    _required("planned_at", Instant),
    _required("due_at", Instant),
    _required("state", String(12)),
    Column("reason", String(12)),
    Column("ended_at", Instant),
    Column("notice_id", String(128)),  # the message it was told in
    UniqueConstraint(
        "subscription_id", "occurrence_id", "lead", "repetition", name="uq_reminders_what_for_whom"
    ),
    sqlite_autoincrement=True,
)
PLANNED = text("state = 'planned'")
MISSED = text("state = 'missed'")
Index(
    "ix_reminders_due",
    reminders.c.due_at,
    reminders.c.subscription_id,
    sqlite_where=PLANNED,
    postgresql_where=PLANNED,
)
Index("ix_reminders_missed", reminders.c.ended_at, sqlite_where=MISSED, postgresql_where=MISSED)

# What a place was told about an event, and what it said to that.
standings = Table(
    "standings",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),  # 0 outside of forums
    Column("occurrence_id", BigInteger, primary_key=True, autoincrement=False),
    Column("told_day", Date),  # the day of the event that it was told of
    Column("told_lead", SmallInteger),  # the shortest lead it was told that day with
    Column("told_at", Instant),
    Column("acknowledged_at", Instant),
    Column("acknowledged_by", BigInteger),
    Column("acknowledged_name", Text),  # as they called themselves then: we may never have met them alone
    Column("done_at", Instant),
    Column("done_by", BigInteger),
    Column("done_name", Text),
)

# Events that a place wants to hear of no more, whenever they come.
silenced = Table(
    "silenced",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),  # 0 outside of forums
    Column("event_key", String(96), primary_key=True),
    _required("silenced_by", BigInteger),
    _required("silenced_at", Instant),
)

# Leave for a chat to follow something, given by an administrator; only its holder knows the code itself.
invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("digest", String(64), unique=True),  # SHA-256 of the code
    _required("policy_id", String(32)),
    _required("kind", String(16)),
    _required("fact_id", String(16)),
    _required("created_by", BigInteger),
    _required("created_at", Instant),
    _required("expires_at", Instant),
    Column("used_at", Instant),
    Column("used_by", BigInteger),
    Column("used_chat_id", BigInteger),
    Column("used_thread_id", BigInteger),
    Column("revoked_at", Instant),
    sqlite_autoincrement=True,
)

# Calendar addresses: who has one reads what the place follows, until it is given a new key.
feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("chat_id", BigInteger),
    _required("thread_id", BigInteger),  # 0 outside of forums
    _required("key", String(64)),  # what the address is signed with
    _required("created_by", BigInteger),
    _required("created_at", Instant),
    UniqueConstraint("chat_id", "thread_id", name="uq_feeds_place"),
    sqlite_autoincrement=True,
)
