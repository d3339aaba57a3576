"""Serves the built site as a host does: below a path, and with its own page for what is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

# Not the root: many projects are published below a path, and only there wrong links show.
PREFIX = "/paper/"


class Handler(SimpleHTTPRequestHandler):
    """Files below ``PREFIX``; ``404.html`` for every other address."""

    def translate_path(self, path: str) -> str:
        """The file for an address; an address outside the site has none."""
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "no such file")
        return super().translate_path(path.removeprefix(PREFIX.rstrip("/")))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing file with the site's page."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Keep the report of the tests readable."""


@contextmanager
def serve(directory: Path) -> Iterator[str]:
    """Serve a folder while the block runs; gives the address of its start page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(directory))) as http:
        thread = Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}{PREFIX}"
        http.shutdown()
        thread.join()
