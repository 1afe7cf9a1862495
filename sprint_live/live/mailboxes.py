"""Every connection of this process that is no socket, by an id of 128 random bits made here.

A wrong id and one that is gone are answered alike, so nobody can find out that a connection is there.

Knows: mailboxes, room for clients.  Must not know: requests, Gradio.
"""

from __future__ import annotations

from collections.abc import Callable

from sprint_live.live.hub import Hub
from sprint_live.live.limits import NoPlace, Places
from sprint_live.live.mailbox import Mailbox
from sprint_live.live.parcels import NEW_CONNECTION
from sprint_live.live.protocol import MAX_FRAME_BYTES

__all__ = ["MAX_PARCEL_BYTES", "MailboxUnknown", "Mailboxes"]

MAX_PARCEL_BYTES = MAX_FRAME_BYTES + 4096


class MailboxUnknown(LookupError):
    """No connection has this id: never had, or not any more."""


class Mailboxes:
    """places: the room that these connections share with the sockets."""

    def __init__(self, hub: Hub, places: Places) -> None:
        self._hub, self._places = hub, places
        self._open: dict[bytes, Mailbox] = {}

    def find_or_open(self, connection_id: bytes, client: str, admits: Callable[[str], bool]) -> Mailbox:
        """The connection of this id; zeros open a new one for this client.

        Raises: MailboxUnknown for an id that is not there; NoPlace if this client, or everybody, holds too many.
        """
        if connection_id != NEW_CONNECTION:
            try:
                return self._open[connection_id]
            except KeyError:
                raise MailboxUnknown("no connection has this id; fix: connect again") from None
        try:
            self._places.take(client)
        except NoPlace as full:
            self._hub.metrics.refused(full.status)
            raise

        def left() -> None:
            self._places.give_back(client)
            del self._open[mailbox.connection_id]

        mailbox = Mailbox(self._hub, admits, left)
        self._open[mailbox.connection_id] = mailbox
        return mailbox
