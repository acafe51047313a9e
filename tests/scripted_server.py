"""A server on the loopback address that answers what a test wrote down, to the letter of HTTP."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Request:
    """What arrived."""

    path: str
    headers: dict
    body: dict
    raw: bytes


@dataclass
class Answer:
    """What is answered: status, headers, the pieces of the body; a piece may be a function that waits or raises."""

    status: int = 200
    headers: dict = field(default_factory=lambda: {"Content-Type": "text/event-stream"})
    pieces: list = field(default_factory=list)
    ends: bool = True


class Dropped(Exception):
    """Raised by a piece: the connection is cut there."""


def event(delta=None, finish=None, **more):
    choice = {"index": 0, "delta": delta or {}, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(chunk | more, ensure_ascii=False)}\n\n".encode()


def usage(read=11, written=7):
    counted = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    return event(usage=counted, choices=[])


DONE = b"data: [DONE]\n\n"


def streamed(text, finish="stop", size=4, **options):
    """Return the answer of a server that says a text in pieces."""
    pieces = [event({"content": text[start : start + size]}) for start in range(0, len(text), size)]
    ends = [event(finish=finish), usage(), DONE] if finish else []
    return Answer(pieces=[event({"role": "assistant", "content": ""}), *pieces, *ends], **options)


def refused(status, message="no", code=None, **headers):
    """Return an error as OpenAI writes them."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": code}}).encode()
    headers = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return Answer(status, {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}, [body])


class ScriptedServer:
    """Answers chat completions one after the other, or every one by a function; keeps what it was asked.

    `gets` answers GET requests by path. `gone` is set when a client went away before the end.
    """

    def __init__(self, *answers, gets=None, posts=None):
        self.requests: list[Request] = []
        self.answers = list(answers)
        self.gets = gets or {}
        self.posts = posts or {}
        self.gone = threading.Event()
        self._stop = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(self):
                found = owner.gets.get(self.path)
                self._json(404 if found is None else 200, {} if found is None else found)

            def do_POST(self):
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                request = Request(
                    self.path, {name.lower(): value for name, value in self.headers.items()}, json.loads(raw), raw
                )
                if not self.path.endswith("/chat/completions"):
                    found = owner.posts.get(self.path)
                    self._json(404 if found is None else 200, {} if found is None else found(request.body))
                    return
                owner.requests.append(request)
                self._say(owner.next_answer(request))

            def _json(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _say(self, answer):
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in answer.headers:
                    self.send_header("Connection", "close")
                self.end_headers()
                try:
                    for piece in answer.pieces:
                        self.wfile.write(piece(owner._stop) if callable(piece) else piece)
                        self.wfile.flush()
                except Dropped:
                    self.close_connection = True
                    self.connection.shutdown(2)
                except OSError:
                    owner.gone.set()
                    self.close_connection = True
                if "Content-Length" not in answer.headers:
                    self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def next_answer(self, request: Request) -> Answer:
        first = self.answers[0]
        if isinstance(first, Callable):
            return first(request)
        return self.answers.pop(0) if len(self.answers) > 1 else first

    @property
    def root(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def settings(self):
        return {"model": "openai:scripted", "model_url": f"{self.root}/v1", "model_key": "secret-key"}

    def close(self):
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()
