"""One Bot API call: its method and parameters, read from a urlencoded, JSON or multipart body."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web

from sandbox.errors import ApiError, Json, bad_request

UPLOAD_LIMIT = 50 * 1024 * 1024
"""Bytes of one uploaded file, as in Telegram."""
BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
"""Bytes of a whole body: one file of the largest size and the fields around it."""
_REPLY_LIMIT = 1024 * 1024
_CHUNK = 256 * 1024


@dataclass(kw_only=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    mime: str
    content: bytes


@dataclass(kw_only=True, slots=True)
class Call:
    """A method's name and its parameters; the readers below raise ApiError 400 on what they cannot read."""

    method: str
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string, empty when missing."""
        value = self.params.get(name)
        if value is None:
            return ""
        if isinstance(value, (dict, list)):
            raise bad_request(f"can't parse {name}: expected a String")
        return value if isinstance(value, str) else str(value)

    def number(self, name: str) -> int | None:
        """An integer, None when missing."""
        value = self.params.get(name)
        if value is None or value == "":
            return None
        try:
            number = int(value)
        except (TypeError, ValueError, OverflowError):
            raise bad_request(f"invalid {name} specified") from None
        if not -(2**63) <= number < 2**63:
            raise bad_request(f"invalid {name} specified")
        return number

    def flag(self, name: str) -> bool:
        """A Boolean, False when missing."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """A nested object or array, which may come as a JSON string; None when missing."""
        value = self.params.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {name} JSON object") from None

    def object(self, name: str) -> Json | None:
        """A nested object; None when missing."""
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    def upload(self, reference: str, name: str) -> Upload | None:
        """The file a parameter stands for: sent under its own name, or as `attach://part`."""
        if reference.startswith("attach://"):
            return self.files.get(reference.removeprefix("attach://"))
        return self.files.get(name)

    def summary(self) -> Json:
        """The parameters for the log: nested strings decoded, files as name and size."""
        shown: Json = {name: _readable(value) for name, value in self.params.items()}
        for name, upload in self.files.items():
            shown[name] = f"<{upload.name}, {len(upload.content)} bytes>"
        return shown


async def read_call(request: web.Request, method: str) -> Call:
    """Read the query and the body; raises ApiError 413 when it is too large, 400 when it is malformed."""
    params: Json = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return Call(method=method, params=params)
    match request.content_type:
        case "multipart/form-data":
            call = Call(method=method, params=params)
            await _read_parts(await request.multipart(), call)
            return call
        case "application/json":
            params.update(_json_object(await _body(request)))
        case _:
            params.update(_urlencoded(await _body(request)))
    return Call(method=method, params=params)


async def read_reply(response: ClientResponse) -> Call | None:
    """The call a webhook put into its answer, as JSON or multipart; None when there is none."""
    call = Call(method="", params={})
    if response.content_type == "multipart/form-data":
        await _read_parts(MultipartReader(response.headers, response.content), call)
    elif content := await response.content.read(_REPLY_LIMIT):
        call.params.update(_json_object(content))
    call.method = str(call.params.pop("method", ""))
    return call if call.method else None


async def _body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None


def too_large() -> ApiError:
    """413 of a body over the limit."""
    return ApiError(413, "Request Entity Too Large")


def _urlencoded(body: bytes) -> Json:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=1000))
    except ValueError:
        raise bad_request("can't parse the request body") from None


def _json_object(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise bad_request("can't parse the request body: it is not JSON") from None
    if not isinstance(value, dict):
        raise bad_request("can't parse the request body: expected an Object")
    return value


async def _read_parts(parts: MultipartReader, call: Call) -> None:
    room = BODY_LIMIT
    try:
        async for part in parts:
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            content = await _read_part(part, room)
            room -= len(content)
            if part.filename is None:
                call.params[part.name] = content.decode()
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                call.files[part.name] = Upload(name=part.filename, mime=mime, content=content)
    except ValueError:
        raise bad_request("can't parse the request body") from None


async def _read_part(part: BodyPartReader, room: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > min(room, UPLOAD_LIMIT):
            raise too_large()
    return bytes(content)


def _readable(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in "[{" and value:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value
