"""Where to listen: a name or an address; anything else is refused in one line."""

from __future__ import annotations

import socket

import pytest

from sprint_live.cli import main
from sprint_live.errors import ArgumentError
from sprint_live.live.server.server import LiveServer, listening_host
from support.standin import StandInEngine


@pytest.mark.parametrize(
    "host",
    [
        "http://127.0.0.1",
        "https://draw.example.org/",
        "127.0.0.1:7860",
        "no-such-name.invalid",
        "a" * 300,
        "a..b",
        "127.0.0.1/24",
        "me@here",
        "two words",
        "\0",
        "[::1]:80",
        "999.1.1.1",
    ],
)
def test_what_names_no_address_is_refused(host, monkeypatch, capsys):
    real = socket.getaddrinfo

    def without_a_network(name, *args, **options):
        if name == "no-such-name.invalid":
            raise socket.gaierror(-2, "Name or service not known")
        return real(name, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", without_a_network)
    with pytest.raises(ArgumentError, match="got --host .*accepted: .*fix: "):
        listening_host(host)
    assert main(["serve", "--no-open", "--host", host]) == 2
    said = capsys.readouterr().err
    assert said.startswith("sprint-live serve: got --host") and said.count("\n") == 1


def test_names_and_addresses_are_taken():
    assert [listening_host(host) for host in ("127.0.0.1", "localhost", "::1", "[::1]", "0.0.0.0")] == [
        *("127.0.0.1", "localhost", "::1", "::1", "0.0.0.0")
    ]
    server = LiveServer(StandInEngine, host="localhost", port=0)
    server._socket.close()
    assert "localhost" in server.url
