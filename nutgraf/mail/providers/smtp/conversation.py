"""Send many letters over one connection: the body of one together with the addresses of the next, where that is offered."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from nutgraf.mail.providers.base import Answer, Letter, Log, Trouble, Verdict
from nutgraf.mail.wording import BadAddress

LONGEST_LINE = 4096
MOST_LINES = 100
END = b".\r\n"


class Reply(NamedTuple):
    """What a server said: a number, and the words of its last line."""

    code: int
    text: str

    @property
    def is_yes(self) -> bool:
        return 200 <= self.code < 300

    @property
    def answer(self) -> Answer:
        """What this means for a letter that was not taken."""
        verdict = Verdict.DEFERRED if 400 <= self.code < 500 else Verdict.REFUSED
        return Answer(verdict, str(self))

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:200]


class Ready(NamedTuple):
    """A letter whose bytes are made."""

    letter: Letter
    commands: list[bytes]
    content: bytes


class Conversation:
    """What is said to a server after it has let us in."""

    def __init__(
        self, sock: socket.socket, answers: BinaryIO, *, is_pipelining: bool = False, takes_utf8: bool = False
    ) -> None:
        self.sock, self.answers = sock, answers
        self.is_pipelining, self.takes_utf8 = is_pipelining, takes_utf8
        # A transaction that was begun and not ended has to be given up before the next.
        self._is_open = False

    def send(self, letters: Iterator[Letter | None], log: Log) -> None:
        """Send each; see `Connection.send`."""
        ready, is_announced = self._next(letters, log), False
        while ready:
            if not is_announced:
                self._announce(ready)
            refusal = self._read_announced(ready)
            if refusal:
                log.answer(ready.letter, refusal)
                ready, is_announced = self._next(letters, log), False
                continue
            following = self._next(letters, log, is_ahead=True) if self.is_pipelining else None
            log.begin(ready.letter)
            self._write(ready.content + END + (b"".join(following.commands) if following else b""))
            reply = self._read()
            self._is_open = False
            if reply.code == 354 or not 200 <= reply.code < 600:
                raise Trouble(_("The mail server answered “%s”, which makes no sense here.") % str(reply))
            log.answer(ready.letter, Answer(Verdict.ACCEPTED) if reply.is_yes else reply.answer)
            if reply.code == 421:
                raise Trouble(_("The mail server ended the conversation: “%s”.") % str(reply))
            ready, is_announced = following or self._next(letters, log), bool(following)

    def _next(self, letters: Iterator[Letter | None], log: Log, *, is_ahead: bool = False) -> Ready | None:
        for letter in letters:
            if letter is None:
                if is_ahead:
                    return None
                continue
            address = letter.recipient.address
            try:
                content = letter.content
                if not address.isascii() and not self.takes_utf8:
                    raise BadAddress(_("The mail server takes no addresses with letters beyond ASCII."))
            except (BadAddress, KeyError) as error:
                log.answer(letter, Answer(Verdict.REFUSED, str(error)))
                continue
            if not content.endswith(b"\r\n"):
                content += b"\r\n"
            extra = "" if address.isascii() else " SMTPUTF8"
            commands = [
                f"MAIL FROM:<{letter.prepared.envelope(letter.recipient)}>{extra}\r\n".encode(),
                f"RCPT TO:<{address}>\r\n".encode(),
                b"DATA\r\n",
            ]
            return Ready(letter, commands, content)
        return None

    def _announce(self, ready: Ready) -> None:
        """Give up what was left open, and name sender and recipient."""
        if self._is_open:
            self._write(b"RSET\r\n")
            if not (reply := self._read()).is_yes:
                raise Trouble(_("The mail server ended the conversation: “%s”.") % str(reply))
            self._is_open = False
        if self.is_pipelining:
            self._write(b"".join(ready.commands))

    def _read_announced(self, ready: Ready) -> Answer | None:
        """Read what the server says to sender and recipient; return why this letter can't be sent, if it can't."""
        replies: list[Reply] = []
        for command in ready.commands:
            if not self.is_pipelining:
                self._write(command)
            replies.append(self._read())
            if replies[-1].code == 421:
                raise Trouble(_("The mail server ended the conversation: “%s”.") % str(replies[-1]))
            if not self.is_pipelining and not (replies[-1].is_yes or replies[-1].code == 354):
                break
        self._is_open = True
        if not replies[0].is_yes:
            # Whoever sends isn't welcome, and won't be with the next letter either.
            lasting = replies[0].code >= 500
            raise Trouble(_("The mail server refused the sender: “%s”.") % str(replies[0]), is_lasting=lasting)
        if len(replies) == 3 and replies[2].code == 354:
            if replies[1].is_yes:
                return None
            # It waits for a body although nobody is there to get it.
            self._write(END)
            self._read()
            self._is_open = False
        if not (refusals := [reply for reply in replies[1:] if not reply.is_yes]):
            raise Trouble(_("The mail server answered “%s”, which makes no sense here.") % str(replies[-1]))
        return refusals[0].answer

    def _write(self, data: bytes) -> None:
        try:
            self.sock.sendall(data)
        except OSError as error:
            raise Trouble(_("The connection to the mail server broke (%s).") % (error.strerror or error)) from error

    def _read(self) -> Reply:
        """Return the next reply; raises Trouble for silence, a broken line and what is no reply."""
        for _line in range(MOST_LINES):
            line = self._line()
            if (reply := _parsed(line)) is None:
                shown = line[:80].decode("ascii", "replace").rstrip()
                raise Trouble(_("The mail server answered “%s”, which makes no sense here.") % shown)
            if line[3:4] != b"-":
                return reply
        raise Trouble(_("The mail server's answer has no end."))

    def _line(self) -> bytes:
        try:
            line = self.answers.readline(LONGEST_LINE)
        except TimeoutError:
            raise Trouble(_("The mail server did not answer in time.")) from None
        except OSError as error:
            raise Trouble(_("The connection to the mail server broke (%s).") % (error.strerror or error)) from error
        if line.endswith(b"\n"):
            return line
        if len(line) == LONGEST_LINE:
            raise Trouble(_("The mail server's answer has no end."))
        raise Trouble(_("The mail server closed the connection."))


@lru_cache(maxsize=64)
def _parsed(line: bytes) -> Reply | None:
    """Return what a line says, None if it is no reply; most are the same again and again."""
    if not line[:3].isdigit() or line[3:4] not in (b" ", b"-", b"\r", b"\n"):
        return None
    return Reply(int(line[:3]), line[4:].decode("utf-8", "replace").strip())
