"""Real servers in front of a served newsroom: the nginx and the Varnish of this machine, where it has them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.site import clean

# Debian keeps them where only root's shell looks.
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
START_SECONDS = 30

NGINX = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/nutgraf.conf;
}}
"""


def find(program: str) -> str | None:
    """Return a server's program, if there is one."""
    return shutil.which(program, path=PATH)


def tested(configuration: str, folder: Path) -> str:
    """Have nginx read a configuration, and return what it says to that."""
    file = _write(configuration, folder)
    done = subprocess.run([str(find("nginx")), "-t", "-c", str(file)], capture_output=True, text=True)
    return done.stderr


@contextmanager
def nginx(configuration: str, folder: Path, port: int) -> Iterator[Path]:
    """Run nginx with a configuration of ours, and return the log of its errors."""
    file = _write(configuration, folder)
    with _running([str(find("nginx")), "-c", str(file)], folder, port, signal.SIGQUIT):
        yield folder / "error.log"


@contextmanager
def varnish(configuration: str, folder: Path, port: int) -> Iterator[None]:
    """Run Varnish with a configuration of ours."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "nutgraf.vcl"
    file.write_text(configuration)
    # As root it becomes another user, who has to reach what it compiles.
    command = [str(find("varnishd")), "-F", "-a", f"127.0.0.1:{port}", "-f", str(file), "-n", str(folder / "work")]
    jail = ["-j", "none"] if os.geteuid() == 0 else []
    with _running([command[0], *jail, *command[1:], "-s", "malloc,64m"], folder, port, signal.SIGTERM):
        yield


def _write(configuration: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nutgraf.conf").write_text(configuration)
    file = folder / "nginx.conf"
    # The folders of tests are for their owner alone.
    file.write_text(NGINX.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    return file


@contextmanager
def _running(command: list[str], folder: Path, port: int, stop: signal.Signals) -> Iterator[None]:
    log = folder / "said.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + START_SECONDS
            while process.poll() is None and time.monotonic() < until:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            else:
                raise AssertionError(f"{command[0]} does not answer at port {port}:\n{log.read_text()}")
            yield
        finally:
            process.send_signal(stop)
            process.wait(timeout=START_SECONDS)


def written(folder: Path, *options: str, **environment: str) -> str:
    """Return what `nutgraf nginx` writes."""
    done = subprocess.run(
        [sys.executable, "-m", "nutgraf", "nginx", str(folder), *options],
        env=clean() | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
