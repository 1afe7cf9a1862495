"""The guide's commands, files and nginx lines fit the program they speak of."""

from __future__ import annotations

import re
from pathlib import Path

from sprint_live.cli import _parser, commands

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "assets" / "guides" / "serving.md").read_text("utf-8")


def test_files_and_tests_it_names_are_there():
    named = set(re.findall(r"\((tests/[\w/]+\.py)", GUIDE)) | set(re.findall(r"\]\((\.\./[\w/.-]+)\)", GUIDE))
    assert len(named) >= 6
    for name in named:
        assert (
            (ROOT / "assets" / "guides" / name).resolve().is_file()
            if name.startswith("..")
            else (ROOT / name).is_file()
        ), name


def test_options_it_names_exist():
    parser = _parser(commands())
    subparsers = next(action for action in parser._actions if action.choices and "serve" in action.choices)
    known = {
        option
        for name in ("serve", "cluster")
        for action in subparsers.choices[name]._actions
        for option in action.option_strings
    }
    assert set(re.findall(r"`?(--[a-z][a-z-]+)", GUIDE)) - {"--profile", "--head", "--address", "--build-arg"} <= known


def test_nginx_says_what_the_server_needs():
    [nginx] = re.findall(r"```nginx\n(.*?)```", GUIDE, flags=re.DOTALL)
    assert nginx.count("{") == nginx.count("}")
    for line in nginx.splitlines():
        code = line.partition("#")[0].strip()
        assert not code or code[-1] in "{};", line
    for needed in (
        "hash $seat consistent",
        "proxy_set_header Upgrade",
        "proxy_http_version 1.1",
        "proxy_buffering off",
        "X-Forwarded-For",
    ):
        assert needed in nginx
    timeout_s = int(re.search(r"proxy_read_timeout (\d+)s", nginx)[1])
    assert timeout_s > 30  # the server's keep-alive; its pings come every 20 s
    from sprint_live.live.canvas.image_decoding import MAX_PHOTO_BYTES

    assert int(re.search(r"client_max_body_size (\d+)m", nginx)[1]) * 10**6 > MAX_PHOTO_BYTES
    page = (ROOT / "sprint_live" / "web" / "link" / "link.js").read_text("utf-8")
    assert "?seat=${randomSeat()}" in page


def test_the_check_in_it_is_a_check():
    [example] = re.findall(r"```python\n(.*?)```", GUIDE, flags=re.DOTALL)
    module: dict = {}
    exec(example, module)  # the guide's own example
    judge = module["load"]("folder")
    assert judge.prompt("a cat") == "" and judge.picture(b"") == "" and module["TITLE"]
