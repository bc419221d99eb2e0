"""``python -m bench.smtp_sink``: a quick SMTP server that takes everything, so that clients are what is measured."""

from __future__ import annotations

import socketserver


class Sink(socketserver.StreamRequestHandler):
    """One connection: agree to everything, keep nothing."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        self._say(b"220 sink")
        for line in iter(self.rfile.readline, b""):
            command = line[:4].upper()
            if command == b"EHLO":
                self._say(b"250-sink\r\n250-SIZE 99999999\r\n250 8BITMIME")
            elif command == b"DATA":
                self._say(b"354 go on")
                for content in iter(self.rfile.readline, b""):
                    if content == b".\r\n":
                        break
                self._say(b"250 taken")
            elif command == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 fine")

    def _say(self, reply: bytes) -> None:
        self.wfile.write(reply + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128


if __name__ == "__main__":
    with _Server(("127.0.0.1", 0), Sink) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
