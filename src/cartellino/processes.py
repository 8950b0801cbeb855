"""A process of our own beside this one, spoken to in lines of JSON: what comes back is data, never code.

A plain subprocess is begun, not one of ``multiprocessing``, which would run the script of a person who calls
Cartellino from one a second time. It ends when nobody speaks to it any more.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from contextlib import suppress
from typing import IO, Any

from cartellino import errors

# -P and the paths: not what lies in the folder one happens to be in.
_BEGIN = """import json, sys
sys.path[:] = json.loads(sys.stdin.buffer.readline())
from importlib import import_module
import_module("{module}").serve()"""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def begun(module: str) -> subprocess.Popen[bytes]:
    """A process that runs ``serve()`` of `module`, with pipes to it and from it.

    Raises
    ------
    OSError
        If the system gives none, or this program is not run by a Python that could.
    """
    if getattr(sys, "frozen", False) or not sys.executable:
        raise OSError("there is no Python to begin a process with")
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-P", "-c", _BEGIN.format(module=module)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | _ONE_THREAD,
    )
    try:
        say(pipes(process)[0], sys.path)
    except OSError:  # it is gone already
        process.kill()
        for pipe in pipes(process):
            with suppress(OSError):  # what was still to be sent cannot be
                pipe.close()
        process.wait()
        raise
    return process


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """What goes to a process, and what comes from it."""
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def ways() -> tuple[IO[bytes], IO[bytes]]:
    """In such a process: what comes in, and a way out that nothing else which prints may use.

    Ctrl-C reaches it too, and is left to the process that began it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stream = sys.stdout.buffer
    mine = os.fdopen(os.dup(stream.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), stream.fileno())
    return sys.stdin.buffer, mine


def say(stream: IO[bytes], message: object) -> None:
    """Send a message that JSON can hold."""
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def heard(stream: IO[bytes]) -> Any:
    """The next message.

    Raises
    ------
    EOFError
        If the other process is gone.
    """
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    return json.loads(line)


def told(error: Exception) -> dict[str, Any]:
    """An error as a message; one that is not ours is a fault of ours, and says where it happened."""
    if isinstance(error, errors.CartellinoError):
        return {"kind": type(error).__name__, "told": error.args}
    return {"kind": "RuntimeError", "told": ["".join(traceback.format_exception(error))]}


def made(message: dict[str, Any]) -> Exception:
    """The error of a message."""
    kind: type[Exception] = getattr(errors, message["kind"], RuntimeError)
    return kind(*message["told"])
