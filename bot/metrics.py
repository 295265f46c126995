"""What is counted about the chat; served by the application for Prometheus."""

from prometheus_client import Counter, Histogram

UPDATES = Counter(
    "zhunshi_updates",
    "Updates from Telegram, by kind and by how they ended: handled, ignored, repeated, failed, malformed.",
    ["kind", "outcome"],
)
UPDATE_SECONDS = Histogram(
    "zhunshi_update_seconds",
    "Seconds from an update's arrival to the end of its handling, replies included.",
    ["kind"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
ANSWERS = Counter("zhunshi_answers", "Answers given, by status.", ["status"])
THROTTLED = Counter("zhunshi_throttled", "Messages and presses refused because they came too fast.")
SEND_FAILURES = Counter(
    "zhunshi_send_failures",
    "Failed calls to Telegram, each attempt, by kind: retryable, unreachable, rejected, migrated.",
    ["kind"],
)
REPLIES_LOST = Counter("zhunshi_replies_lost", "Replies given up after the last attempt.")
SIDE_FAILURES = Counter(
    "zhunshi_side_failures", "Failures beside an answer that was given all the same (a chat not noted, ...)."
)
