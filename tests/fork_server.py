"""A server that runs scamcli commands in forks of a process that has loaded scamcli already.

The stories and the documentation have some 1,500 commands, and starting Python and loading scamcli takes most of their
time: 118 of 160 seconds on two cores. The program ``scamcli`` that `serve` puts into a folder hands its arguments,
environment, folder and streams to the server, and waits for the exit code. The fork calls the entry point, as the real
program does. With ``pytest --new-processes``, the real program runs.
"""

from __future__ import annotations

import ast
import gc
import os
import pkgutil
import select
import signal
import socket
import stat
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

CLIENT = """\
#!{python} -SI
import os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    socket.send_fds(server, [b" "], [0, 1, 2])
    server.sendall(ascii((os.getcwd(), sys.argv[1:], dict(os.environ))).encode() + b"\\n")
    os._exit(int(server.recv(8) or b"70"))
"""

LIBRARIES = ("pydantic", "rich.console", "rich.table", "sqlite_utils", "typer")


def serve(folder: Path) -> None:
    """Write the program ``scamcli`` into a folder, print a line, and answer that program until stdin is closed."""
    _load_everything()
    gc.freeze()  # what forks share is not looked through, and so not copied
    address = str(folder / "socket")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        program = folder / "scamcli"
        program.write_text(CLIENT.format(python=sys.executable, address=address))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            client, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _answer(client)
            client.close()


def _load_everything() -> None:
    import scamcli

    for module in pkgutil.walk_packages(scamcli.__path__, "scamcli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for library in LIBRARIES:
        import_module(library)


def _answer(client: socket.socket) -> None:
    """Run the command of a client in another fork, and send its exit code, as a shell counts it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(client, 1, 3)
    request = b""
    while not request.endswith(b"\n"):
        chunk = client.recv(65536)
        if not chunk:  # the client was killed
            os._exit(1)
        request += chunk
    worker = os.fork()
    if worker == 0:
        client.close()
        _run(streams, *ast.literal_eval(request.decode()))
    for stream in streams:
        os.close(stream)
    threading.Thread(target=_kill_with, args=(client, worker), daemon=True).start()
    exit_code = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    client.sendall(str(exit_code if exit_code >= 0 else 128 - exit_code).encode())
    os._exit(0)


def _kill_with(client: socket.socket, worker: int) -> None:
    """Kill the command when its client is killed."""
    client.recv(1)
    os.kill(worker, signal.SIGKILL)


def _run(streams: list[int], folder: str, arguments: list[str], environment: dict[str, str]) -> None:
    """Call the entry point as a new process would, which ends this one."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["scamcli", *arguments]
    sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    from scamcli.__main__ import run

    run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
