"""What every bench needs: servers that end with it, load by wrk, rounds in turn, the table and the file.

`scripts/bench` starts this with PostgreSQL running and DAOGANG_BENCH_PROGRAMS, _DIRECTORY, _POSTGRES_URL and
_POSTGRES_LOG set. Only Python's standard library is used.
"""

import argparse
import atexit
import datetime
import json
import os
import platform
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = Path(os.environ["DAOGANG_BENCH_PROGRAMS"])
DIRECTORY = Path(os.environ["DAOGANG_BENCH_DIRECTORY"])
POSTGRES_URL = os.environ["DAOGANG_BENCH_POSTGRES_URL"]
POSTGRES_LOG = Path(os.environ["DAOGANG_BENCH_POSTGRES_LOG"])
CLOCK_DAY = "2026-09-01"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--smoke", action="store_true", help="tiny sizes, to see that it works")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if given.smoke:
        given.rounds = 1
    return given


def progress(text):
    print(text, file=sys.stderr, flush=True)


def fail(text):
    sys.exit(f"bench: {text}")


# Servers ----------------------------------------------------------------------------------------------------


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A program that listens on a free port of the loopback address, until `stop` or the end of the bench."""

    def __init__(self, command, environment=None, answers="/readyz"):
        self.port = free_port()
        self.log = DIRECTORY / f"server-{self.port}.log"
        environment = {**os.environ, **{k: v.format(port=self.port) for k, v in (environment or {}).items()}}
        command = [str(part).format(port=self.port) for part in command]
        with self.log.open("wb") as log:
            self.started_at = time.monotonic()
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *command], env=environment, stdout=log, stderr=log
            )
        atexit.register(self.kill)
        self.first_answer_ms = self._wait_for(answers)

    def _wait_for(self, path):
        """Milliseconds from the start of the process to its first answer."""
        while time.monotonic() - self.started_at < 60:
            if self.process.poll() is not None:
                fail(f"a server ended at its start:\n{self.log.read_text()[-2000:]}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
                    connection.sendall(f"GET {path or '/'} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
                    if path is None or connection.recv(64).split(b" ")[1] == b"200":
                        return (time.monotonic() - self.started_at) * 1000
            except (OSError, IndexError):
                pass
            time.sleep(0.0005)
        fail(f"a server gave no answer within a minute:\n{self.log.read_text()[-2000:]}")

    def resident_mib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(kib) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def kill(self):
        self.process.kill()
        self.process.wait(60)


def daogang(database_url, redis_url=None, clock=f"{CLOCK_DAY}T07:15:00+08:00"):
    environment = {"DATABASE_URL": database_url, "DAOGANG_LISTEN": "127.0.0.1:{port}", **keys_of(database_url)}
    if redis_url:
        environment["REDIS_URL"] = redis_url
    return Server([PROGRAMS / "daogang", "serve", "--clock", clock], environment)


def keys_of(database_url):
    engine, name = database_url.split(":")[0], Path(database_url.split("?")[0]).stem
    return {"DAOGANG_KEYS_FILE": str(DIRECTORY / f"keys-{engine}-{name}")}


def bare(*answer):
    return Server([PROGRAMS / "examples" / "bare", "127.0.0.1:{port}", *answer], answers=None)


def redis():
    server = Server(["redis-server", "--port", "{port}", "--bind", "127.0.0.1", "--save", ""], answers=None)
    server.url = f"redis://127.0.0.1:{server.port}/"
    return server


# Databases --------------------------------------------------------------------------------------------------


def run(command, environment=None, **options):
    done = subprocess.run(
        [str(part) for part in command], env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )
    if done.returncode:
        fail(f"{' '.join(map(str, command))[:300]} failed:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done.stdout


class Database:
    """A seeded demonstration city on one engine, with the bearer tokens of its members and officers."""

    def __init__(self, engine, name, members):
        self.engine, self.name = engine, name
        self.url = f"sqlite://{DIRECTORY}/{name}.db" if engine == "sqlite" else f"{POSTGRES_URL}/{name}"
        environment = {"DATABASE_URL": self.url, **keys_of(self.url)}
        tokens = DIRECTORY / f"{name}-{engine}-tokens.jsonl"
        if engine == "postgres":
            run(["psql", "-q", f"{POSTGRES_URL}/postgres", "-c", f"CREATE DATABASE {name}"])
            run([PROGRAMS / "daogang", "migrate"], environment)
        run([PROGRAMS / "daogang", "seed", "demo", "--from", CLOCK_DAY, "--members", members, "--tokens", tokens],
            environment)
        people = [json.loads(line) for line in tokens.read_text().splitlines()]
        self.officer = next(person for person in people if person["role"] == "city_officer")
        self.members = [person for person in people if person["role"] == "member"][:members]

    def rows(self, sql):
        """The rows of a query as lists of text (PostgreSQL) or values (SQLite)."""
        if self.engine == "sqlite":
            with sqlite3.connect(f"file:{DIRECTORY}/{self.name}.db?mode=ro", uri=True) as connection:
                return connection.execute(sql).fetchall()
        out = run(["psql", "-AtqF", "\t", self.url, "-c", sql])
        return [line.split("\t") for line in out.splitlines()]

    def number(self, sql):
        return int(self.rows(sql)[0][0])

    def copy(self, name):
        """The address of a copy, for other programs than Daogang; no server may be at the original."""
        if self.engine == "sqlite":
            with sqlite3.connect(DIRECTORY / f"{self.name}.db") as source, \
                    sqlite3.connect(DIRECTORY / f"{name}.db") as target:
                source.backup(target)
            return f"sqlite://{DIRECTORY}/{name}.db"
        run(["psql", "-q", f"{POSTGRES_URL}/postgres", "-c", f"CREATE DATABASE {name} TEMPLATE {self.name}"])
        return f"{POSTGRES_URL}/{name}"


# Asking and load --------------------------------------------------------------------------------------------


def ask(server, method, path, token, body=None):
    """One request to the API; the JSON of its answer. Anything but 2xx ends the bench."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/api/v1{path}", method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refused:
        fail(f"{method} {path} answered {refused.code}: {refused.read().decode()[:500]}")


def publish_shifts(server, officer, spans, capacity):
    """Publishes one post at 盘旋路 a hundred spans, each a pair of times; the ids of the shifts in their order."""
    ids, acts_in = [], ask(server, "GET", "/me", officer["token"])["roles"][0]["organization_id"]
    for first in range(0, len(spans), 100):
        post = ask(server, "POST", "/posts", officer["token"], {
            "organization_id": acts_in, "category": "civility", "title": "盘旋路文明劝导",
            "position": {"lat": 36.0533, "lon": 103.8572, "datum": "wgs84"}, "fence": {"radius_m": 100},
            "check_in": {"methods": ["rotating_code", "geofence"], "opens_before_min": 120},
            "shifts": [{"starts_at": start, "ends_at": end, "capacity": capacity}
                       for start, end in spans[first:first + 100]],
        })
        ask(server, "POST", f"/posts/{post['id']}/publish", officer["token"])
        ids += [shift["id"] for shift in post["shifts"]]
    return ids


def write_requests(name, requests):
    """Writes lines of (path, token, body) for load.lua."""
    file = DIRECTORY / name
    file.write_text("".join(f"{path}\t{token}\t{body}\n" for path, token, body in requests))
    return file


class Load:
    """A run of wrk with load.lua: each line of `requests` once, or for `seconds` over and over."""

    def __init__(self, server, requests, connections, seconds=None, rate=None):
        threads = min(2, connections)
        self.out = requests.with_suffix(f".{server.port}.out")
        self.finished = [Path(f"{self.out}.finished.{thread}") for thread in range(threads)]
        for file in [self.out, *self.finished]:
            file.unlink(missing_ok=True)
        environment = {**os.environ, "LOAD_REQUESTS": str(requests), "LOAD_OUT": str(self.out),
                       "LOAD_THREADS": str(threads), "LOAD_REPEAT": "1" if seconds else "",
                       "LOAD_RATE": f"{rate:.1f}" if rate else ""}
        self.once = not seconds
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", "wrk", f"-t{threads}", f"-c{connections}",
             f"-d{seconds or 900}s", "--timeout", "30s", "-s", HERE / "load.lua", f"http://127.0.0.1:{server.port}"],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )

    def result(self, give_up=lambda: False):
        """`{"statuses", "seconds", "rate", "p50_ms", "p99_ms"}`. wrk would sleep its whole time: it is woken."""
        while self.once and self.process.poll() is None:
            if all(file.exists() for file in self.finished) or give_up():
                self.process.send_signal(signal.SIGINT)
                break
            time.sleep(0.02)
        said = self.process.communicate()[0]
        if not self.out.exists():
            fail(f"wrk wrote nothing:\n{said}")
        return json.loads(self.out.read_text())


def load(server, requests, connections, **options):
    return Load(server, requests, connections, **options).result()


# Figures ----------------------------------------------------------------------------------------------------


class Report:
    """Figures and ratios, a list a name, one value a round."""

    def __init__(self, bench, engine, given):
        self.bench, self.engine, self.given = bench, engine, given
        self.figures, self.ratios = {}, {}

    def figure(self, name, value):
        self.figures.setdefault(name, []).append(value)

    def ratio(self, name, value):
        self.ratios.setdefault(name, []).append(value)

    def finish(self, targets):
        """Prints the table for people and writes the file. `targets` says what each ratio is to reach."""
        spread = lambda values: {"median": statistics.median(values), "min": min(values), "max": max(values)}
        document = {
            "bench": self.bench,
            "date": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
            "machine": f"{os.cpu_count()} cores, {processor()}, {platform.platform()}",
            "engine": self.engine,
            "figures": {name: spread(values) for name, values in self.figures.items()},
            "ratios": {name: spread(values) for name, values in self.ratios.items()},
            "rounds": self.given.rounds,
        }
        print(f"{self.bench}, {self.given.rounds} rounds{', smoke: speeds mean nothing' if self.given.smoke else ''}")
        print(f"{'':32}{'median':>12}{'min':>12}{'max':>12}   to reach")
        for name, values in [*document["figures"].items(), *document["ratios"].items()]:
            cells = "".join(f"{values[key]:12,.2f}" for key in ("median", "min", "max"))
            print(f"{name:32}{cells}   {targets.get(name, '')}")
        folder = Path("target/bench")
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.bench}{'-smoke' if self.given.smoke else ''}.json"
        file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        print(f"written to {file}")


def processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
