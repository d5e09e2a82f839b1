"""Pages a second of nginx with a file, of Nutgraf and of what others use, each on one core, by turns in one run."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bench.figures import Figure, NotMeasured
from bench.ground import Ground, free_port, wait_for
from bench.processes import processor_seconds

ROUNDS, SECONDS = 3, 3
CONNECTIONS, ENCODINGS = (32, 256), ("gzip", "")
PAGE_BYTES = 45_000
SIZE = 1_000
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
SERVER_CORE, LOAD_CORE = "0", "1"

FILE, DRESSED, OURS, SHELF = "nginx", "nginx with the same headers", "nutgraf serve", "nginx on the shelf"
VARNISH, WAGTAIL = "Varnish, hit", "Wagtail, cached"
# What a page of ours says beside its bytes, and a file by itself does not.
HEADERS = ("Cache-Control", "Vary", "X-", "Referrer-", "Cross-Origin-", "Content-Security-")

NGINX = """
%(user)s
daemon off;
worker_processes 1;
pid "%(folder)s/nginx.pid";
error_log "%(folder)s/error.log";
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    client_body_temp_path "%(folder)s/body";
    proxy_temp_path "%(folder)s/proxy";
    fastcgi_temp_path "%(folder)s/fastcgi";
    uwsgi_temp_path "%(folder)s/uwsgi";
    scgi_temp_path "%(folder)s/scgi";
    %(more)s
}
"""
FILES = """
    types { text/html html; }
    gzip_static on;
    server { listen 127.0.0.1:%(port)d; root "%(folder)s/www"; %(headers)s }
"""
VCL = """
vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "%d"; }
sub vcl_backend_response { set beresp.ttl = 1h; }
"""


@dataclass
class Server:
    """Somebody who serves the page."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    path: str


@dataclass
class Measured:
    """What one server did in one round."""

    requests: float
    p99: float
    microseconds: float


Rounds = dict[tuple[int, str], list[dict[str, Measured]]]


def measure(ground: Ground) -> Iterator[Figure]:
    """Ask each server for the same story, gzipped and not, by 32 and by 256 connections."""
    for program in ("wrk", "nginx", "varnishd", "taskset"):
        if not shutil.which(program, path=PATH):
            raise NotMeasured(f"{program} is not installed (on Debian: apt install wrk nginx-light varnish util-linux)")
    if (os.cpu_count() or 1) < 2:
        raise NotMeasured("there is one core, and servers and load need one each")
    with _servers(ground) as servers:
        rounds = _rounds(servers)
    for (connections, encoding), measured in rounds.items():
        where = f"{connections} connections, {encoding or 'identity'}"
        for name in (FILE, DRESSED, SHELF, OURS, VARNISH, WAGTAIL):
            yield Figure(f"{name}, {where}", _said(measured, name), *_judged(measured, name))


def _said(measured: list[dict[str, Measured]], name: str) -> str:
    mine = [one[name] for one in measured]
    share = [one[name].requests / one[FILE].requests for one in measured]
    cost = [one[FILE].microseconds / one[name].microseconds for one in measured]
    return (
        f"{statistics.median(one.requests for one in mine):,.0f} a second, p99 {statistics.median(one.p99 for one in mine):.1f} ms,"
        f" {statistics.median(one.microseconds for one in mine):.1f} µs each;"
        f" {_range(share)} of nginx, by processor {_range(cost)}"
    )


def _range(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def _judged(measured: list[dict[str, Measured]], name: str) -> tuple[str, bool | None]:
    def times(other: str) -> float:
        return statistics.median(one[name].requests / one[other].requests for one in measured)

    if name == SHELF:
        return f"0.97 of nginx; of nginx with the same headers it is {times(DRESSED):.2f}", times(FILE) >= 0.97
    if name == OURS:
        is_met = times(FILE) >= 0.6 and times(VARNISH) > 1 and times(WAGTAIL) >= 12
        return f"0.6 of nginx; over Varnish ({times(VARNISH):.2f}); 12 of Wagtail ({times(WAGTAIL):.0f})", is_met
    return "", None


def _rounds(servers: list[Server]) -> Rounds:
    kinds = list(product(CONNECTIONS, ENCODINGS))
    rounds: Rounds = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind in kinds:
            rounds[kind].append({server.name: _load(server, *kind) for server in servers})
    return rounds


def _load(server: Server, connections: int, encoding: str) -> Measured:
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency"]
    header = ["-H", f"Accept-Encoding: {encoding}"] if encoding else []
    before = processor_seconds(server.process.pid)
    done = subprocess.run(
        [*command, *header, f"http://127.0.0.1:{server.port}{server.path}"], capture_output=True, text=True, check=True
    )
    spent = processor_seconds(server.process.pid) - before
    # One that is too slow for so many may keep some waiting; that is no mistake of its own.
    if "Non-2xx" in done.stdout or re.search(r"Socket errors: (?!connect 0, read 0, write 0)", done.stdout):
        raise RuntimeError(f"{server.name}: {done.stdout}")
    requests, latest = _found(r"Requests/sec:\s+([\d.]+)", done.stdout), _found(r"(\d+) requests in", done.stdout)
    return Measured(requests, _p99(done.stdout), spent / latest * 1e6)


def _found(pattern: str, said: str) -> float:
    found = re.search(pattern, said)
    assert found, said
    return float(found[1])


def _p99(said: str) -> float:
    found = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert found, said
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


# Those who are compared


@contextmanager
def _servers(ground: Ground) -> Iterator[list[Server]]:
    folder = ground.newsroom(SIZE)
    ports = {name: free_port() for name in (FILE, DRESSED, OURS, SHELF, VARNISH, WAGTAIL)}
    front = f"http://127.0.0.1:{ports[SHELF]}"
    with (folder / "newsroom.env").open("a") as file:
        file.write(f"NUTGRAF_SHELF={folder / 'shelf'}\nNUTGRAF_PUBLIC_URL={front}\nNUTGRAF_PROXY=1\n")
    path = _prepare(folder)
    with ExitStack() as stack:

        def start(name: str, *command: object, path: str = path, **environment: str) -> Server:
            process = subprocess.Popen(
                ["taskset", "-c", SERVER_CORE, *map(str, command)],
                env=os.environ | {"PATH": PATH} | environment,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
            stack.callback(_stop, process)
            wait_for(f"http://127.0.0.1:{ports[name]}{path}", process)
            return Server(name, ports[name], process, path)

        ours = start(OURS, sys.executable, "-m", "nutgraf", "serve", folder, "--port", ports[OURS])
        page, said = _ask(ours, "gzip")
        dress = " ".join(f'add_header {name} "{value}";' for name, value in said if name.title().startswith(HEADERS))
        plainly, dressed = (
            start(name, "nginx", "-c", _files(folder / name, page, ports[name], headers), path="/page.html")
            for name, headers in ((FILE, ""), (DRESSED, dress))
        )
        written = subprocess.run(
            [sys.executable, "-m", "nutgraf", "nginx", str(folder), "--upstream", f"127.0.0.1:{ports[OURS]}"],
            check=True,
            capture_output=True,
            text=True,
        )
        shelf = start(SHELF, "nginx", "-c", _nginx(folder / "front", written.stdout))
        vcl = folder / "varnish.vcl"
        vcl.write_text(VCL % ports[DRESSED])
        jail = ["-j", "none"] if os.geteuid() == 0 else []
        listen = f"127.0.0.1:{ports[VARNISH]}"
        varnish = start(
            VARNISH, "varnishd", *jail, "-F", "-a", listen, "-f", vcl, "-n", folder / "varnish", path="/page.html"
        )
        granian = ["-m", "granian", "--interface", "wsgi", "--workers", 1, "--blocking-threads", 1, "--no-ws"]
        wagtail = start(
            WAGTAIL,
            *[sys.executable, *granian, "--port", ports[WAGTAIL], "nutgraf.config.wsgi:django_application"],
            DJANGO_SETTINGS_MODULE="bench.cached",
            NUTGRAF_DATA=str(folder),
        )
        servers = [plainly, dressed, shelf, ours, varnish, wagtail]
        for server in servers:
            _ask(server, "gzip"), _ask(server, "")
            time.sleep(0.1)
        yield servers


def _prepare(folder: Path) -> str:
    """Publish a story of that many bytes, and return where it is."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.serving", str(folder)], check=True, stdout=subprocess.PIPE, text=True
    )
    path: str = json.loads(done.stdout)
    return path


def _files(folder: Path, page: bytes, port: int, headers: str) -> Path:
    """Lay the page out as files, and return the configuration that serves them."""
    www = folder / "www"
    www.mkdir(parents=True)
    (www / "page.html").write_bytes(gzip.decompress(page))
    (www / "page.html.gz").write_bytes(page)
    return _nginx(folder, FILES % {"port": port, "folder": folder, "headers": headers})


def _nginx(folder: Path, more: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    file.write_text(NGINX % {"folder": folder, "user": user, "more": more})
    return file


def _ask(server: Server, encoding: str) -> tuple[bytes, list[tuple[str, str]]]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{server.path}", headers={"Accept-Encoding": encoding or "identity"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        if answer.headers.get("Content-Encoding", "") != encoding:
            raise RuntimeError(f"{server.name} does not send {encoding or 'identity'}.")
        return answer.read(), answer.headers.items()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


# In a process of its own


def publish(folder: Path) -> str:
    """Publish a story whose page has as many bytes as it is to have, and return its address."""
    os.environ |= {"NUTGRAF_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "nutgraf.config.settings"}

    import django

    django.setup()

    from nutgraf.published import rendering
    from nutgraf.stories.samples import make_story, point

    address, points = "", 40
    while True:
        parts = [
            point(f"Point {place}", *["Ships may enter the harbour again, they say."] * 3) for place in range(points)
        ]
        story = make_story(f"A long story of {points} points", *parts)
        address = str(story.address)
        response = rendering.render(address)
        missing = PAGE_BYTES - len(getattr(response, "content", b""))
        if missing <= 0:
            return address
        points += 1 + missing // 600


if __name__ == "__main__":
    print(json.dumps(publish(Path(sys.argv[1]))))
