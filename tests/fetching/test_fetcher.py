"""Fetching from a server on loopback: reached only where the policy is told to call loopback public, and then bounded."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic

import pytest

from convert.errors import InputError
from convert.fetching import Fetcher, addresses

CERTIFICATE = Path(__file__).with_name("pictures.example.pem")
"""A key and a certificate signed by itself, made for these tests with openssl; good for a hundred years."""

LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")


class Handler(BaseHTTPRequestHandler):
    """Answers by path; a slow answer ends when the server does."""

    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers))
        if self.path.startswith("/to?"):
            self._answer(302, b"", Location=self.path.removeprefix("/to?"))
        elif self.path.startswith("/again"):
            self._answer(302, b"", Location=f"/again{len(self.server.asked)}")
        elif self.path == "/drip":
            self._drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 4000)
        elif self.path == "/drip-body":
            self._drip(b"x" * 90, b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n")
        elif self.path == "/endless":
            self._drip(b"x" * 10_000_000, b"HTTP/1.1 200 OK\r\n\r\n", step=65_536, pause=0)
        elif self.path == "/short":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")
        elif self.path == "/chunks":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        elif self.path == "/broken-chunks":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc")
        elif self.path == "/packed":
            self._answer(200, b"x", **{"Content-Encoding": "gzip"})
        elif self.path == "/noise":
            self.wfile.write(b"\0\1\2 no HTTP\r\n\r\n")
        elif self.path == "/gone":
            self._answer(404, b"gone")
        else:
            self._answer(200, b"a picture")

    def _answer(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _drip(self, data: bytes, head: bytes = b"", step: int = 1, pause: float = 0.05) -> None:
        try:
            self.wfile.write(head)
            for at in range(0, len(data), step):
                if self.server.ending.wait(pause):
                    return
                self.wfile.write(data[at : at + step])
        except OSError:
            pass  # whoever asked has gone


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, object]] = []
        self.ending = threading.Event()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.ending.set()
    made.shutdown()
    made.server_close()
    thread.join(5)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Names of the tests' own world; any other name is nobody's."""
    known: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def look_up(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        if host in known:
            return [(None, None, None, "", (address, port)) for address in known[host]]
        if host.replace(".", "").isdigit() or ":" in host:
            return real(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)  # type: ignore[return-value]
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback's 127.0.0.1 counts as public; every other rule holds."""
    real: Callable[..., bool] = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.1" or real(address))


def fails(url: str, port: int, most: int = 100, seconds: float = 5) -> str:
    with pytest.raises(InputError) as caught:
        Fetcher((80, 443, port))(url, most, seconds)
    return caught.value.code


@pytest.mark.parametrize("address", LOOPBACK)
def test_a_name_for_loopback_reaches_nothing(server: Server, names: dict[str, list[str]], address: str) -> None:
    port = server.server_port
    names["inside.example"] = [address]
    names["both.example"] = ["127.0.0.1", "8.8.8.8"]
    for host in ("inside.example", "both.example", "inside.example.", "INSIDE.example"):
        assert fails(f"http://{host}:{port}/p.png", port) == "fetch.refused"
    assert server.asked == []


@pytest.mark.parametrize("host", [
    "127.0.0.1", "2130706433", "017700000001", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.1", "127.0.0.1.", "0.0.0.0", "0",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[::127.0.0.1]", "[::]",
    "１２７.0.0.1", "127。0。0。1", "localhost",
])  # fmt: skip
def test_no_way_to_write_loopback_reaches_it(server: Server, names: dict[str, list[str]], host: str) -> None:
    names["localhost"] = ["127.0.0.1"]
    assert fails(f"http://{host}:{server.server_port}/p.png", server.server_port) == "fetch.refused"
    assert server.asked == []


@pytest.mark.parametrize("inner", [
    "http://127.0.0.2:{port}/secret", "http://[::1]:{port}/secret", "http://2130706434:{port}/secret",
    "http://017700000002:{port}/secret", "http://[::ffff:127.0.0.1]:{port}/secret", "http://inside.example:{port}/secret",
    "//inside.example:{port}/secret", "file:///etc/passwd", "ftp://pictures.example/x", "http://u:p@pictures.example:{port}/",
    "http://pictures.example:22/", "http://169.254.169.254:{port}/latest/meta-data",
])  # fmt: skip
@pytest.mark.usefixtures("trusting")
def test_a_redirect_is_checked_again(server: Server, names: dict[str, list[str]], inner: str) -> None:
    port = server.server_port
    names.update({"pictures.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]})
    assert fails(f"http://pictures.example:{port}/to?{inner.format(port=port)}", port) == "fetch.refused"
    assert len(server.asked) == 1


@pytest.mark.usefixtures("trusting")
def test_a_name_is_asked_once_and_the_answer_kept(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and private when it is connected to reaches only what was checked."""
    answers = iter(["127.0.0.1"])  # a second question would fail

    def look_up(_: str, port: int, **__: object) -> list[tuple[object, ...]]:
        return [(None, None, None, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    port = server.server_port
    assert Fetcher((port,))(f"http://pictures.example:{port}/p.png", 100, 5) == b"a picture"
    ((path, headers),) = server.asked
    assert (path, headers["Host"]) == ("/p.png", f"pictures.example:{port}")  # type: ignore[index]


@pytest.mark.usefixtures("trusting")
def test_what_is_asked_for_says_nothing_of_us(
    server: Server, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:9")
    names["pictures.example"] = ["127.0.0.1"]
    port = server.server_port
    assert Fetcher((port,))(f"http://pictures.example:{port}/to?/p.png?x=%20y#z", 100, 5) == b"a picture"
    assert [path for path, _ in server.asked] == ["/to?/p.png?x=%20y", "/p.png?x=%20y"]
    assert {name.lower() for name in server.asked[0][1]} == {  # type: ignore[attr-defined]
        "host", "accept", "accept-encoding", "connection", "user-agent",
    }  # fmt: skip


@pytest.mark.parametrize(("path", "code"), [
    ("/drip", "fetch.slow"), ("/drip-body", "fetch.slow"), ("/endless", "fetch.large"), ("/short", "fetch.failed"),
    ("/broken-chunks", "fetch.failed"), ("/packed", "fetch.failed"), ("/noise", "fetch.failed"), ("/gone", "fetch.failed"),
    ("/again", "fetch.redirects"), ("/to?http://[", "fetch.refused"), ("/to?http://nobody.example/", "fetch.failed"),
])  # fmt: skip
@pytest.mark.usefixtures("trusting")
def test_what_a_bad_server_gets(server: Server, path: str, code: str) -> None:
    start = monotonic()
    assert fails(f"http://127.0.0.1:{server.server_port}{path}", server.server_port, seconds=1) == code
    assert monotonic() - start < 4


@pytest.mark.usefixtures("trusting")
def test_bytes_are_bounded(server: Server) -> None:
    port = server.server_port
    assert Fetcher((port,))(f"http://127.0.0.1:{port}/chunks", 5, 5) == b"abcde"
    assert fails(f"http://127.0.0.1:{port}/chunks", port, most=4) == "fetch.large"
    assert Fetcher((port,))(f"http://127.0.0.1:{port}/p", 9, 5) == b"a picture"
    assert fails(f"http://127.0.0.1:{port}/p", port, most=8) == "fetch.large"


@pytest.mark.usefixtures("trusting")
def test_a_server_that_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        for scheme in ("http", "https"):
            start = monotonic()
            assert fails(f"{scheme}://127.0.0.1:{port}/", port, seconds=0.3) == "fetch.slow"
            assert monotonic() - start < 3


@pytest.mark.usefixtures("trusting")
def test_tls_to_a_server_that_speaks_none(server: Server) -> None:
    assert fails(f"https://127.0.0.1:{server.server_port}/", server.server_port) in ("fetch.failed", "fetch.slow")


@pytest.mark.usefixtures("trusting")
def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert fails(f"http://127.0.0.1:{port}/", port, seconds=2) == "fetch.failed"


@pytest.fixture
def secure(server: Server) -> Server:
    """The server behind TLS, with a certificate for pictures.example that nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda _, name, __: server.asked.append((f"sni {name}", None))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


@pytest.fixture
def vouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system trusts the certificate."""
    real = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: real(cafile=str(CERTIFICATE)))


@pytest.mark.usefixtures("trusting", "vouched")
def test_a_certificate_is_asked_for_by_name_at_the_address_that_was_checked(
    secure: Server, names: dict[str, list[str]]
) -> None:
    names["pictures.example"] = ["127.0.0.1"]
    port = secure.server_port
    assert Fetcher((port,))(f"https://pictures.example:{port}/p.png", 100, 5) == b"a picture"
    assert [path for path, _ in secure.asked] == ["sni pictures.example", "/p.png"]


@pytest.mark.usefixtures("trusting", "vouched")
def test_a_certificate_for_another_name_is_refused(secure: Server, names: dict[str, list[str]]) -> None:
    names["other.example"] = ["127.0.0.1"]
    assert fails(f"https://other.example:{secure.server_port}/p.png", secure.server_port) == "fetch.failed"
    assert [path for path, _ in secure.asked] == ["sni other.example"]


@pytest.mark.usefixtures("trusting")
def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Server, names: dict[str, list[str]]) -> None:
    names["pictures.example"] = ["127.0.0.1"]
    assert fails(f"https://pictures.example:{secure.server_port}/p.png", secure.server_port) == "fetch.failed"
