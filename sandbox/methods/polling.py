"""Methods that fetch updates or say where to deliver them."""

import ipaddress
import re
from urllib.parse import urlsplit

from sandbox.call import Call
from sandbox.errors import Json, bad_request, conflict
from sandbox.updates import Hook
from sandbox.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(world: World, call: Call) -> list[Json]:
    """Do getUpdates."""
    if world.hook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first"
        )
    limit = min(max(call.number("limit") or 100, 1), 100)
    seconds = min(max(call.number("timeout") or 0, 0), 50)
    world.updates.allow(call.json("allowed_updates"))
    return await world.updates.poll(call.number("offset") or 0, limit, seconds)


def set_webhook(world: World, call: Call) -> bool:
    """Do setWebhook: only to this machine, over plain HTTP."""
    url, secret = call.text("url"), call.text("secret_token")
    if url and not _is_loopback(url):
        raise bad_request("bad webhook: the sandbox delivers only to http:// addresses of this machine")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = min(max(call.number("max_connections") or 40, 1), 100)
    world.updates.allow(call.json("allowed_updates"))
    _set(world, call, Hook(url=url, secret=secret, connections=connections))
    return True


def delete_webhook(world: World, call: Call) -> bool:
    """Do deleteWebhook."""
    _set(world, call, Hook())
    return True


def get_webhook_info(world: World, _: Call) -> Json:
    """Do getWebhookInfo."""
    hook = world.hook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending) + world.updates.in_delivery,
    }
    if hook.url:
        info["max_connections"] = hook.connections
    if hook.error:
        info |= {"last_error_date": hook.error_date, "last_error_message": hook.error}
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


def _set(world: World, call: Call, hook: Hook) -> None:
    world.hook = hook
    if hook.url:
        world.updates.end_poll("terminated by setWebhook request")
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.hook_changed.set()


def _is_loopback(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme == "http" and (host == "localhost" or ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
