"""What the Bot API answers when it refuses: one error type, and Telegram's own words for each refusal."""

from typing import Any

Json = dict[str, Any]
"""A JSON object as Telegram sends it."""


class ApiError(Exception):
    """A refusal: the HTTP status, Telegram's description and, for 429 and migration, its parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The answer's JSON object."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(reason: str) -> ApiError:
    """400: the call can never succeed as it is."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403: this chat does not want the bot."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409: somebody else is fetching the updates."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """429: try again after this many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(new_chat_id: int) -> ApiError:
    """400 of a group that became a supergroup, with its new id."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, migrate_to_chat_id=new_chat_id)


def not_modified() -> ApiError:
    """400 of an edit that changes nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )


def query_too_old() -> ApiError:
    """400 of a button press or inline query answered late, twice or never asked."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")
