"""Nothing in the program needs a system that it does not run on: a walk over the syntax of every file.

A name that Linux, macOS or Windows lacks may stand only in a function that asks for it (`hasattr`) or for the system
(`sys.platform`, `os.name`); a path that only some systems have, only in machine.py.
"""

from __future__ import annotations

import ast
import re
import socket
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from sprint_live import machine
from support.paths import ROOT

FILES = [ROOT / "app.py", *sorted((ROOT / "sprint_live").rglob("*.py")), *sorted((ROOT / "controlnet").rglob("*.py"))]


def words(text: str) -> set[str]:
    return set(text.split())


MACHINE = ROOT / "sprint_live" / "machine.py"  # looks whether such a path is there

WINDOWS_LACKS_MODULES = words(
    "curses crypt fcntl grp nis posix pty pwd readline resource spwd syslog termios tty uvloop"
)
OTHERS_LACK_MODULES = words("_winapi msvcrt winreg winsound")
LACKING = {
    "os": words(
        # Windows
        "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK chown chroot confstr ctermid fchown fdatasync fork forkpty "
        "fpathconf getegid geteuid getgid getgroups getloadavg getpgid getpgrp getpriority getresuid getsid getuid "
        "initgroups killpg lchown lockf mkfifo mknod nice openpty pathconf posix_spawn pread preadv pwrite pwritev "
        "sendfile setegid seteuid setgid setgroups setpgid setpriority setsid setuid statvfs symlink sync sysconf "
        "tcgetpgrp ttyname uname wait wait3 wait4 waitid "
        # macOS, too
        "copy_file_range eventfd getrandom getxattr listxattr memfd_create pidfd_open posix_fadvise posix_fallocate "
        "removexattr sched_getaffinity sched_setaffinity setns setxattr splice unshare "
        # POSIX
        "startfile"
    ),
    "socket": words(
        "AF_NETLINK AF_PACKET AF_UNIX MSG_DONTWAIT MSG_NOSIGNAL SO_EXCLUSIVEADDRUSE SO_PEERCRED "
        "SO_REUSEADDR SO_REUSEPORT TCP_USER_TIMEOUT recvmsg sendmsg"
    ),
    "select": {"epoll", "kqueue", "poll"},
    "time": {"clock_gettime", "clock_settime", "pthread_getcpuclockid", "tzset"},
    "cv2": {"imread", "imwrite", "imreadmulti"},  # on Windows they open no path beyond the system's code page
    "signal": {
        "alarm",
        "getitimer",
        "pause",
        "pthread_kill",
        "pthread_sigmask",
        "setitimer",
        "siginterrupt",
        "sigwait",
    },
}
EVERYWHERE_SIGNALS = {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM", "SIG_DFL", "SIG_IGN"}
LACKING_METHODS = words(
    "add_reader add_signal_handler add_writer connect_read_pipe connect_write_pipe create_unix_server "
    "cpu_affinity num_fds num_handles open_unix_connection peak_wset start_unix_server symlink_to"
)
LACKING_OPTIONS = {"pass_fds", "preexec_fn", "process_group", "start_new_session"}
SYSTEM_PATH = re.compile(r"/(proc|sys|dev|tmp|etc|var|usr|opt|root|home)(/|$)")
TEXT_FILES = {"read_text": 0, "write_text": 1}  # method -> where its encoding stands


def asked(scope: ast.AST) -> set[str]:
    """The names a function asks for by `hasattr`; "everything" where it asks for the system itself."""
    names: set[str] = set()
    for node in ast.walk(scope):
        match node:
            case (
                ast.Attribute(value=ast.Name(id="sys"), attr="platform")
                | ast.Attribute(value=ast.Name(id="os"), attr="name")
            ):
                names.add("everything")
            case ast.Call(func=ast.Name(id="hasattr"), args=[_, ast.Constant(value=str(name))]):
                names.add(name)
    return names


def faults(source: str, *, reads_paths: bool = False) -> list[str]:
    """What a file uses that one of the three systems lacks, with its line."""
    tree = ast.parse(source)
    texts = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # documentation
    found: list[str] = []

    def visit(node: ast.AST, excused: set[str]) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.IfExp | ast.If):
            excused = excused | asked(node)
        for name, what in lacking(node):
            is_text = name == "path" and (id(node) in texts or reads_paths)
            if not (is_text or name in excused or (name != "encoding" and "everything" in excused)):
                found.append(f"{node.lineno}: {what}")
        for child in ast.iter_child_nodes(node):
            visit(child, excused)

    visit(tree, set())
    return found


def lacking(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(the name to ask for, what to say) of everything in this node itself that one of the systems lacks."""
    match node:
        case ast.Import(names=names):
            yield from ((name.name, name.name) for name in names if lacking_module(name.name))
        case ast.ImportFrom(module=str(module), names=names):
            if lacking_module(module):
                yield module, module
            yield from ((name.name, f"{module}.{name.name}") for name in names if lacking_name(module, name.name))
        case ast.Attribute(value=ast.Name(id=module), attr=attribute) if lacking_name(module, attribute):
            yield attribute, f"{module}.{attribute}"
        case ast.Attribute(attr=attribute) if attribute in LACKING_METHODS:
            yield attribute, f".{attribute}"
        case ast.Constant(value=str(text)) if SYSTEM_PATH.match(text):
            yield "path", f"the path {text}"
        case ast.Call():
            yield from lacking_call(node)


def lacking_call(call: ast.Call) -> Iterator[tuple[str, str]]:
    options = {keyword.arg for keyword in call.keywords}
    yield from sorted((option, f"{option}=") for option in options & LACKING_OPTIONS)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    constants = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    if name == "get_context" and constants[:1] != ["spawn"]:
        yield "get_context", "get_context of another kind than spawn"
    reads_text = name in TEXT_FILES and len(call.args) <= TEXT_FILES[name]
    if isinstance(call.func, ast.Name) and name == "open":
        modes = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
        reads_text = not any("b" in ast.unparse(mode) for mode in modes)
    if reads_text and "encoding" not in options:
        yield "encoding", f"{name} without an encoding: Windows has another than Linux"


def lacking_module(module: str) -> bool:
    return module.partition(".")[0] in WINDOWS_LACKS_MODULES | OTHERS_LACK_MODULES


def lacking_name(module: str, name: str) -> bool:
    if module == "signal" and name.startswith(("SIG", "CTRL_")) and name.isupper():
        return name not in EVERYWHERE_SIGNALS
    return name in LACKING.get(module, set())


def test_every_use_has_a_portable_way() -> None:
    found = {
        str(file.relative_to(ROOT)): faults(file.read_text("utf-8"), reads_paths=file == MACHINE) for file in FILES
    }
    assert len(found) > 300
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "import resource",
        "import fcntl",
        "from pwd import getpwnam",
        "import msvcrt",
        "def f():\n    import resource",
        "import os\nos.fork()",
        "from os import sched_getaffinity",
        "import os\ncores = len(os.sched_getaffinity(0))",
        "import os\nos.sysconf('SC_PAGE_SIZE')",
        "import signal\nsignal.signal(signal.SIGUSR1, print)",
        "import signal\nsignal.signal(signal.SIGALRM, print)",
        "import signal\nsignal.alarm(3)",
        "from signal import SIGKILL",
        "import socket\nsocket.socket(socket.AF_UNIX)",
        "import socket\nprobe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)",
        "loop.add_signal_handler(2, print)",
        "process.num_fds()",
        "import subprocess\nsubprocess.Popen(['a'], start_new_session=True)",
        "import multiprocessing\nmultiprocessing.get_context('fork')",
        "text = open('/proc/self/statm', 'rb')",
        "folder = f'/tmp/{name}'",
        "import cv2\ncv2.imread(str(path))",
        "text = path.read_text()",
        "path.write_text(text)",
        "with open(path) as file: pass",
        "with open(path, 'w') as file: pass",
        "import os\ndef f():\n    return os.fork() if hasattr(os, 'getuid') else None",
        "import sys\ndef f():\n    return path.read_text() if sys.platform == 'win32' else None",
    ],
)
def test_a_use_that_one_system_lacks_is_found(planted) -> None:
    assert faults(planted)


@pytest.mark.parametrize(
    "allowed",
    [
        '"""Reads /proc/cpuinfo."""',
        "import os\ndef f():\n    return os.getuid() if hasattr(os, 'getuid') else None",
        "import os, sys\ndef f():\n    if sys.platform == 'win32':\n        return 1\n    return os.getloadavg()",
        "import signal\nsignal.signal(signal.SIGTERM, print)",
        "text = path.read_text('utf-8')",
        "path.write_text(text, encoding='utf-8')",
        "with open(path, 'rb') as file: pass",
    ],
)
def test_what_all_have_or_what_is_asked_for_is_not(allowed) -> None:
    assert not faults(allowed)


def test_the_machine_is_read_here() -> None:
    name, _ = machine.processor_facts()
    assert name and machine.num_cores() >= 1 and machine.load_average() >= 0
    assert 2**24 < machine.resident_bytes() <= machine.peak_resident_bytes() * 1.01 < machine.memory_bytes()
    assert 0 < machine.available_memory_bytes() < machine.memory_bytes()
    before = machine.num_open_files()
    with socket.socket(), socket.socket():
        assert machine.num_open_files() == before + 2


def test_a_peak_of_memory_is_forgotten() -> None:
    """In a process of its own: other tests' threads take and give back memory as they like."""
    program = """
from sprint_live import machine
if machine.restart_peak_resident():
    held, high = bytearray(2**26), machine.resident_bytes()
    assert machine.peak_resident_since() >= high - 2**20
    del held
    assert machine.peak_resident_since() >= high - 2**20
    assert machine.restart_peak_resident() and machine.peak_resident_since() < high - 2**25
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


def test_the_machine_is_read_without_what_windows_lacks(monkeypatch, tmp_path) -> None:
    """Windows as Python shows it: no /proc, no affinity, no resource, handles, a peak working set, exclusive ports."""

    class Memory:
        peak_wset = 5 << 20

    class Process:
        def memory_info(self):
            return Memory()

        def num_handles(self):
            return 77

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    monkeypatch.setattr(psutil, "Process", Process)
    monkeypatch.setattr(machine, "CPUINFO", tmp_path / "none")
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", -5, raising=False)
    assert machine.peak_resident_bytes() == 5 << 20 and machine.num_open_files() == 77
    assert machine.num_cores() >= 1 and machine.processor_facts()[1] == frozenset()
    asked = []
    machine.take_port_alone(type("Bound", (), {"setsockopt": lambda self, *option: asked.append(option)})())
    assert asked == [(socket.SOL_SOCKET, -5, 1)]
