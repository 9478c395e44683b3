"""Partners for tests: HTTP transports that answer as told, and a real server that behaves badly."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

Answer = Callable[[httpx.Request], httpx.Response]


class Partner(httpx.MockTransport):
    """Answers each request alike and remembers the requests."""

    def __init__(self, answer: Answer | httpx.Response | Exception) -> None:
        self.requests: list[httpx.Request] = []
        self.answer = answer
        super().__init__(self.respond)

    def respond(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer(request) if callable(self.answer) else self.answer


def says(status: int, body: Any = None, **headers: str) -> httpx.Response:
    """An answer with a JSON body."""
    text = body if isinstance(body, str) else json.dumps(body)
    return httpx.Response(status, text=text, headers=headers)


@contextmanager
def server(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """A real TCP server whose connections are handled by `behave`; gives its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)

        def serve() -> None:
            with listener.accept()[0] as connection:
                connection.settimeout(5)
                behave(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join(5)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
