"""Robots and a relay on this machine: they answer as they are told to, and keep what they were sent."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_YES = {
    "EHLO": "250-relay\r\n250-STARTTLS\r\n250 AUTH PLAIN",
    "STARTTLS": "220 go on",
    "AUTH": "235 welcome",
    "DATA": "354 go on",
    "QUIT": "221 bye",
}


class Robots:
    """The three services in one; `answers` are used up, then all is well."""

    def __init__(self) -> None:
        # address and body
        self.posts: list[tuple[Any, Any]] = []
        self.answers: list[web.StreamResponse | None] = []  # None: hang up instead
        self.hold = asyncio.Event()  # set: answer
        self.hold.set()
        self.waiting = 0
        self.most_waiting = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Gives their address."""
        app = web.Application()
        app.router.add_post("/{path:.*}", self._answer)
        async with TestServer(app) as server:
            try:
                yield str(server.make_url("")).rstrip("/")
            finally:
                self.hold.set()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.posts.append((request.url, await request.json()))
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        await self.hold.wait()
        self.waiting -= 1
        answer = self.answers.pop(0) if self.answers else web.json_response({"errcode": 0, "errmsg": "ok"})
        if answer is None:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        return answer


@dataclass
class MailServer:
    """A relay that speaks enough of SMTP; `answers` by command replace its yes. None: it hangs up."""

    answers: dict[str, str | None] = field(default_factory=dict)
    certificate: "Certificate | None" = None
    at_once: bool = False  # encrypted from the first byte on
    commands: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[int]:
        """Gives its port."""
        tls = self.certificate.server() if self.certificate and self.at_once else None
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        async with server:
            yield server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._say(writer, "", "220 relay")
        while line := (await reader.readline()).decode().strip():
            self.commands.append(line)
            word = line.split(":")[0].split(" ")[0].upper()
            if not self._say(writer, word, _YES.get(word, "250 yes")):
                return
            if word == "STARTTLS" and self.certificate:
                await writer.start_tls(self.certificate.server())
            if word == "DATA" and "DATA" not in self.answers:
                self.letters.append(await _letter(reader))
                if not self._say(writer, ".", "250 taken"):
                    return

    def _say(self, writer: asyncio.StreamWriter, word: str, usual: str) -> bool:
        answer = self.answers.get(word, usual)
        if answer is not None:
            writer.write(f"{answer}\r\n".encode())
        return answer is not None


class Certificate:
    """A relay's, signed by itself, for the name localhost."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "relay.pem"
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        signed = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(key, SHA256())
        )
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._file.write_bytes(plain + signed.public_bytes(Encoding.PEM))

    def server(self) -> ssl.SSLContext:
        """For the relay."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._file)
        return context

    def trusting(self) -> ssl.SSLContext:
        """For who knows the relay."""
        return ssl.create_default_context(cafile=str(self._file))


async def _letter(reader: asyncio.StreamReader) -> EmailMessage:
    lines = []
    while (line := await reader.readline()) != b".\r\n":
        lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
    letter = message_from_bytes(b"".join(lines), policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter
