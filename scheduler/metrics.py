"""What is counted about deliveries; served by the application for Prometheus."""

from prometheus_client import Counter, Gauge

DELIVERIES = Counter(
    "zhunshi_deliveries", "Deliveries that ended, by how: sent, failed, unreachable.", ["state"]
)
RETRIES = Counter(
    "zhunshi_delivery_retries",
    "Deliveries to be sent again, by why: failed, told_to_wait, doubtful, migrated.",
    ["why"],
)
FLOODS = Counter("zhunshi_delivery_floods", "Times when everything paused because Telegram said so.")
COURIER_FAILURES = Counter(
    "zhunshi_courier_failures",
    "Failures of our own in delivering, by where: outbox, settle, sender, told, fanout.",
    ["where"],
)
UNSETTLED = Gauge("zhunshi_deliveries_unsettled", "Outcomes known and not written yet.")
IN_FLIGHT = Gauge("zhunshi_deliveries_in_flight", "Deliveries handed to the network and not heard of yet.")
SENDING_RATE = Gauge("zhunshi_sending_rate", "Messages a second that we allow ourselves now.")
QUEUE_OLDEST = Gauge("zhunshi_queue_oldest_seconds", "How long the oldest due delivery has been waiting.")
REMINDERS = Counter(
    "zhunshi_reminders", "Reminders that ended, by how: sent, late, missed, cancelled, done.", ["state"]
)
