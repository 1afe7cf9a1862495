"""The container files, without an engine to build them: what they copy exists, nothing runs as root,
the health check works.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
PAINTERS = ("sprint-live", "sprint-live-gpu")


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def values_of(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def environment() -> dict[str, str]:
    return dict(word.split("=", 1) for line in values_of("ENV") for word in shlex.split(line))


def test_what_is_copied_exists_and_is_not_ignored():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ignored[0] == "*" and not values_of("ADD")
    sources = [source for line in values_of("COPY") for source in line.split()[:-1]]
    assert {"sprint_live", "controlnet", "app.py", "assets/sprint-tiny"} <= set(sources)
    for source in sources:
        assert (ROOT / source).exists() and f"!{source}" in ignored
    assert not any(
        fnmatch(name, pattern[1:]) for name in (".git", "runs", ".venv") for pattern in ignored if pattern[0] == "!"
    )


def test_it_does_not_run_as_root_and_its_base_is_named():
    names = [name for name, _ in instructions()]
    assert re.fullmatch(r"python:3\.11-slim-\w+", values_of("FROM")[0])
    user = values_of("USER")[-1]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert not {"RUN", "COPY"} & set(names[names.index("USER") :])  # what is installed, that user cannot change
    assert f"chown {user} /cache" in values_of("RUN")[-1] and values_of("VOLUME") == ["/cache"]
    assert not re.search(r"(?i)(token|secret|password|key)\s*=\s*\S", " ".join(values_of("ENV") + values_of("ARG")))


def test_everything_that_is_written_goes_where_writing_is_allowed():
    for name, value in environment().items():
        if value.startswith("/"):
            assert value.startswith(("/cache", "/tmp/")), name
    for name in PAINTERS:
        service = COMPOSE["services"][name]
        assert service["read_only"] and service["tmpfs"] == ["/tmp"] and service["volumes"] == ["cache:/cache"]


def test_what_is_installed_is_what_is_tested():
    [install] = [line for line in values_of("RUN") if "pip install" in line]
    assert {"-r", "requirements.txt", "-c", "constraints.txt", "--extra-index-url"} <= set(shlex.split(install))
    indices = [
        values_of("ARG")[0].partition("=")[2],
        COMPOSE["services"]["sprint-live-gpu"]["build"]["args"]["TORCH_INDEX"],
    ]
    assert [index.rpartition("/")[2] for index in indices] == ["cpu", "cu130"]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {re.match(r"[\w-]+", line)[0].lower().replace("_", "-") for line in wanted} <= pinned


def test_it_starts_what_exists_with_options_that_exist():
    sys.path.insert(0, str(ROOT))
    try:
        from app import arguments
    finally:
        sys.path.pop(0)
    from sprint_live.cli import _parser, commands

    assert json.loads(values_of("ENTRYPOINT")[0]) == ["python", "app.py"]
    args = _parser(commands()).parse_args(arguments(environment()))
    assert (args.host, str(args.port)) == ("0.0.0.0", values_of("EXPOSE")[0]) and args.log_json and args.token is None
    set_outside = COMPOSE["services"]["sprint-live"]["environment"]
    assert (
        "SPRINT_LIVE_TOKEN" in set_outside and ":?" in set_outside["SPRINT_LIVE_TOKEN"]
    )  # without one it does not start


def test_only_the_proxy_is_reachable_and_no_service_has_more_rights_than_it_needs():
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "--to painter:7860" in services["proxy"]["command"] and COMPOSE["networks"]["inside"]["internal"]
    for name, service in services.items():
        assert (
            service["cap_drop"] == ["ALL"]
            and service["security_opt"] == ["no-new-privileges:true"]
            and service["read_only"]
        )
        assert "privileged" not in service and "inside" in service["networks"]
        if name in PAINTERS:
            assert service["networks"]["inside"]["aliases"] == ["painter"] and "cap_add" not in service
            assert int(service["stop_grace_period"].rstrip("s")) > 8 + 2 + 1  # drain, close, the engine's end


@pytest.mark.parametrize("alive", [True, False])
def test_the_health_check_tells_a_live_server_from_a_dead_one(alive):
    command = json.loads(re.search(r"CMD (\[.+\])", values_of("HEALTHCHECK")[0])[1])
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        port.listen()
        number = port.getsockname()[1]
        here = [sys.executable, *(word.replace("7860", str(number)) for word in command[1:])]
        if not alive:
            port.close()
            assert subprocess.run(here, capture_output=True, timeout=30).returncode != 0
            return
        check = subprocess.Popen(here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        asked, _ = port.accept()
        assert asked.recv(999).startswith(b"GET /healthz ")
        asked.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        asked.close()
        assert check.wait(30) == 0


@pytest.mark.parametrize("index", ["cpu", "cu130"])
def test_both_variants_are_the_same_file_with_another_index(index):
    """The only thing that differs is where torch comes from;
    the build argument is used in the step that installs it, and nowhere else.
    """
    assert values_of("ARG")[0].startswith("TORCH_INDEX=https://download.pytorch.org/whl/")
    uses = [(name, rest) for name, rest in instructions() if "TORCH_INDEX" in rest and name != "ARG"]
    assert [name for name, _ in uses] == ["RUN"] and '--extra-index-url "$TORCH_INDEX"' in uses[0][1]
    written = [argument for argument in (DOCKERFILE, (ROOT / "compose.yaml").read_text()) if f"whl/{index}" in argument]
    assert written and (index == "cpu" or "driver: nvidia" in (ROOT / "compose.yaml").read_text())


def test_its_steps_work_in_a_plain_shell_and_the_health_check_says_yes_to_the_server_it_starts(
    tmp_path, tiny_model_folder
):
    """What the Dockerfile copies, byte-compiled as it says, started by its entry point with its environment in an empty
    folder.
    """
    for line in values_of("COPY"):
        *sources, target = line.split()
        for source in sources:
            there = tmp_path / "app" / (target if target not in ("./", ".") else Path(source).name)
            there.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_file():
                shutil.copy2(ROOT / source, there)
            else:
                shutil.copytree(ROOT / source, there, ignore=shutil.ignore_patterns("__pycache__"))
    compiled = next(part for part in values_of("RUN")[-1].split(" && ") if "compileall" in part)
    subprocess.run([sys.executable, *shlex.split(compiled)[1:]], cwd=tmp_path / "app", check=True, timeout=120)
    here = {
        name: value.replace("/cache", str(tmp_path / "cache")).replace("/tmp/", f"{tmp_path}/tmp/")
        for name, value in environment().items()
    }
    inside = {
        "PATH": os.environ["PATH"],
        **here,
        "SPRINT_LIVE_PORT": "0",
        "SPRINT_LIVE_TOKEN": "sesam",
        "SPRINT_LIVE_MODEL": str(tiny_model_folder),
    }
    server = subprocess.Popen(
        [sys.executable, *json.loads(values_of("ENTRYPOINT")[0])[1:]],
        cwd=tmp_path / "app",
        env=inside,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = server.stdout.readline()
        port = re.search(r":(\d+)/\?token=sesam", address)[1]
        command = json.loads(re.search(r"CMD (\[.+\])", values_of("HEALTHCHECK")[0])[1])
        check = [sys.executable, *(word.replace("7860", port) for word in command[1:])]
        end_s = time.monotonic() + 120
        while subprocess.run(check, capture_output=True, timeout=30, check=False).returncode:
            assert server.poll() is None and time.monotonic() < end_s
            time.sleep(0.5)
        server.terminate()
        assert server.wait(30) == 0
    finally:
        server.kill()
