"""Distinct members check in by code, durable before the answer; SQLite and PostgreSQL.

Beside it, in turn: pgbench with the statements the server itself sends for one check-in (caught from the log at
each run, so they are always equal), pgbench with the reference, a bare "ok", and for SQLite the same statements 64
a commit in a loop. pgbench and the loop look up whom to check in next by one select more.
"""

import json
import re
import sqlite3
import time
from datetime import datetime, timedelta
from pathlib import Path

import harness
import statements
from harness import DIRECTORY, HERE, POSTGRES_URL, run

given = harness.arguments()
MEMBERS = 300 if given.smoke else 40_000
CAPACITY = 1_000
# The share of a round's members that each part of it checks in, at most.
PARTS = {1: 0.025, 32: 0.25, 256: 0.4, "half": 0.325}
WINDOW = datetime.fromisoformat(f"{harness.CLOCK_DAY}T08:00:00+08:00")
OPEN_ROUNDS = 5
# A code is good for 15 s at least, so a part at a set rate ends before that.
CODE_SECONDS = 12


class City:
    """One engine's server and database, and for each round the claims that wait to be checked in."""

    def __init__(self, engine):
        self.engine = engine
        self.database = harness.Database(engine, "checkin", MEMBERS)
        self.token_of = {int(member["member_id"]): member["token"] for member in self.database.members}
        self.serve()
        rounds = given.rounds + 1  # one more, to catch statements in
        if rounds > OPEN_ROUNDS + 1:
            harness.fail(f"at most {OPEN_ROUNDS} rounds: more shifts are never open for check-in at once")
        self.halls = -(-MEMBERS // CAPACITY)
        spans = []
        for number in range(rounds):
            start = WINDOW + timedelta(minutes=15 * number)
            spans += [(start.isoformat(), (start + timedelta(minutes=15)).isoformat())] * self.halls
        self.shifts = harness.publish_shifts(self.server, self.database.officer, spans, CAPACITY)
        self.claim_all()

    def serve(self):
        self.server = harness.daogang(self.database.url)

    def claim_all(self):
        """Every member claims a place in every round's shift, over HTTP."""
        harness.progress(f"{self.engine}: {len(self.shifts) // self.halls} x {MEMBERS} claims")
        requests = [
            (f"/api/v1/shifts/{self.shifts[first + at // CAPACITY]}/claims", member["token"], "{}")
            for first in range(0, len(self.shifts), self.halls) for at, member in enumerate(self.database.members)
        ]
        done = harness.load(self.server, harness.write_requests(f"claims-{self.engine}.txt", requests), 64)
        if done["statuses"] != {"201": len(requests)}:
            harness.fail(f"claims on {self.engine}: {done}")

    def claims(self, number):
        """The round's held claims: `(claim, member, shift)`."""
        ids = ",".join(map(str, self.shifts_of(number)))
        rows = self.database.rows(
            f"SELECT id, member_id, shift_id FROM claims WHERE state = 'held' AND shift_id IN ({ids}) ORDER BY id")
        return [tuple(map(int, row)) for row in rows]

    def shifts_of(self, number):
        return self.shifts[number * self.halls:(number + 1) * self.halls]

    def codes(self, number):
        """A code a shift of the round, each good for 15 s at least from now."""
        codes = {}
        while True:
            for shift in self.shifts_of(number):
                codes[shift] = harness.ask(self.server, "GET", f"/shifts/{shift}/code", self.database.officer["token"])
            until = min(datetime.fromisoformat(code["valid_until"]) for code in codes.values())
            shown = max(datetime.fromisoformat(code["valid_from"]) for code in codes.values())
            if (until - shown).total_seconds() >= 10:
                return {shift: code["code"] for shift, code in codes.items()}
            time.sleep(1)

    def check_in(self, name, claims, codes, connections, **options):
        requests = [
            (f"/api/v1/claims/{claim}/check-in", self.token_of[member],
             json.dumps({"method": "rotating_code", "code": codes[shift]})) for claim, member, shift in claims]
        file = harness.write_requests(f"checkin-{self.engine}-{name}.txt", requests)
        done = harness.load(self.server, file, connections, **options)
        if done["statuses"] != {"201": len(requests)}:
            harness.fail(f"check-ins on {self.engine}, {name}: {done}")
        return done


def catch_statements(city):
    """What the server sends for one check-in, and that check-in's own values."""
    claims, codes = city.claims(given.rounds), city.codes(given.rounds)
    city.server.stop()
    city.server = harness.daogang(city.database.url + "?options=-c%20log_statement%3Dall")
    city.check_in("warm", claims[:1], codes, 1)
    log = lambda start: harness.POSTGRES_LOG.read_text()[start:]
    start = len(log(0))
    # A number that nothing else has tells the attempt's id from the caught values.
    city.database.rows("SELECT setval(pg_get_serial_sequence('attempts', 'id'), 900000000)")
    time.sleep(6)
    idle, start = log(start), len(log(0))
    city.check_in("caught", claims[1:2], codes, 1)
    time.sleep(0.3)
    busy = log(start)
    city.server.stop()
    caught = statements.of_one_check_in(statements.read(busy), statements.read(idle))
    if not any(sql.upper().startswith("INSERT") for sql, _ in caught):
        harness.fail(f"no check-in was found in PostgreSQL's log:\n{busy[:3000]}")
    claim, member, shift = claims[1]
    attempt = city.database.number("SELECT max(id) FROM attempts")
    return caught, {str(claim): "claim", str(member): "member", str(shift): "shift", str(attempt): "attempts_id"}


def pgbench(url, script, transactions, variables=()):
    clients = min(32, transactions)
    defined = [part for name, value in dict(variables).items() for part in ("-D", f"{name}={value}")]
    said = run(["pgbench", "-n", "-M", "prepared", "-c", clients, "-j", 2, "-t", transactions // clients,
                "-f", script, *defined, url])
    return float(re.search(r"tps = ([\d.]+)", said)[1])


class PgbenchPeer:
    """A copy of the city's database whose claims pgbench checks in with the server's own statements."""

    def __init__(self, city, caught, names):
        self.url = city.database.copy("checkin_peer")
        ids = ",".join(map(str, city.shifts))
        run(["psql", "-q", self.url, "-c", f"""
            CREATE TABLE bench_claims AS SELECT row_number() OVER (ORDER BY shift_id, id) AS n, id, member_id, shift_id
              FROM claims WHERE state = 'held' AND shift_id IN ({ids});
            ALTER TABLE bench_claims ADD PRIMARY KEY (n); CREATE SEQUENCE bench_n CACHE 1; ANALYZE"""])
        source = ("SELECT b.id AS claim, b.member_id AS member, b.shift_id AS shift "
                  "FROM nextval('bench_n') next JOIN bench_claims b ON b.n = next")
        text, self.variables = statements.pgbench_script(caught, names, source)
        self.script = Path("target/bench/checkin_server.sql")
        self.script.parent.mkdir(parents=True, exist_ok=True)
        self.script.write_text(text)

    def round(self, transactions):
        return pgbench(self.url, self.script, transactions, self.variables)


class ReferencePeer:
    """The reference's own small schema, which its first lines describe."""

    def __init__(self):
        self.url = f"{POSTGRES_URL}/reference"
        claims, members, posts = (20_000, 400, 20) if given.smoke else (2_000_000, 40_000, 2_000)
        run(["psql", "-q", f"{POSTGRES_URL}/postgres", "-c", "CREATE DATABASE reference"])
        run(["psql", "-q", self.url, "-c", f"""
            CREATE TABLE posts (id bigint PRIMARY KEY, lat float8, lon float8, radius_m int,
                starts timestamptz, ends timestamptz, hours numeric);
            CREATE TABLE claims (id bigint PRIMARY KEY, member_id bigint, post_id bigint, status int);
            CREATE TABLE checkins (id bigserial PRIMARY KEY, claim_id bigint UNIQUE, member_id bigint, post_id bigint,
                method int, lat float8, lon float8, dist_m float8, at timestamptz DEFAULT now());
            CREATE TABLE credits (id bigserial PRIMARY KEY, member_id bigint, claim_id bigint, hours numeric,
                at timestamptz DEFAULT now());
            CREATE INDEX ON credits (member_id); CREATE SEQUENCE cs;
            INSERT INTO posts SELECT n, 36.06, 103.83, 100, now(), now() + interval '1 hour', 2.5
                FROM generate_series(1, {posts}) n;
            INSERT INTO claims SELECT n, n % {members} + 1, n % {posts} + 1, 1 FROM generate_series(1, {claims}) n;
            ANALYZE"""])

    def round(self, transactions):
        return pgbench(self.url, HERE.parent / "checkin_reference.sql", transactions)


class LoopPeer:
    """A copy of the city's file, checked in by the same statements, 64 a commit."""

    def __init__(self, city, caught, names):
        path = city.database.copy("checkin_loop").removeprefix("sqlite://")
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.statements = statements.sqlite_statements(caught, names)
        self.city = city

    def round(self, number, count):
        ids = ",".join(map(str, self.city.shifts_of(number)))
        claims = self.connection.execute(
            f"SELECT id, member_id, shift_id FROM claims WHERE state = 'held' AND shift_id IN ({ids}) LIMIT {count}"
        ).fetchall()
        one = self.connection.execute
        began = time.monotonic()
        for first in range(0, len(claims), 64):
            one("BEGIN IMMEDIATE")
            for claim, member, shift in claims[first:first + 64]:
                own = {"{claim}": claim, "{member}": member, "{shift}": shift}
                for sql, values in self.statements:
                    filled = [own.get(value, value) if isinstance(value, str) else value for value in values]
                    rows = one(sql, filled).fetchall()
                    if returned := statements.RETURNED.search(sql):
                        own[f"{{{returned[1]}_id}}"] = rows[0][0]
            one("COMMIT")
        return len(claims) / (time.monotonic() - began)


def measure(report, city, label, number):
    """One engine's part of a round; its rates by connections."""
    claims, rates, first = city.claims(number), {}, 0
    for part, share in PARTS.items():
        count = max(2, int(len(claims) * share))
        if part == "half":
            count = max(2, min(count, int(CODE_SECONDS * rates[256] / 2)))
        mine, first = claims[first:first + count], first + count
        codes = city.codes(number)
        if part == "half":
            done = city.check_in("half", mine, codes, 256, rate=rates[256] / 2)
            if done["timed"] != count:
                harness.fail(f"an answer to a check-in doesn't name its claim: {done}")
            report.ratio(f"{label}_p99_ms_half", done["p99_ms"])
            continue
        done = city.check_in(str(part), mine, codes, part)
        rates[part] = done["rate"]
        report.figure(f"{label}_per_s_{part}", done["rate"])
        report.figure(f"{label}_p99_ms_{part}", done["p99_ms"])
    return rates


def main():
    report = harness.Report("checkin", "sqlite, postgres", given)
    cities = {"sqlite": City("sqlite"), "pg": City("postgres")}
    caught, names = catch_statements(cities["pg"])
    cities["sqlite"].server.stop()
    own, reference = PgbenchPeer(cities["pg"], caught, names), ReferencePeer()
    loop = LoopPeer(cities["sqlite"], caught, names)
    for city in cities.values():
        city.serve()
    ok = harness.bare()
    any_request = harness.write_requests("bare.txt", [("/", "none", "{}")] * 2)
    count = int(MEMBERS * PARTS[32])
    for number in range(given.rounds):
        harness.progress(f"round {number + 1} of {given.rounds}")
        pg = measure(report, cities["pg"], "pg", number)
        with_own, with_reference = own.round(count), reference.round(count)
        lite = measure(report, cities["sqlite"], "sqlite", number)
        with_loop = loop.round(number, count)
        report.figure("pgbench_per_s", with_own)
        report.figure("reference_per_s", with_reference)
        report.figure("loop_per_s", with_loop)
        report.figure("bare_per_s_256", harness.load(ok, any_request, 256, seconds=1 if given.smoke else 2)["rate"])
        report.ratio("pg_vs_pgbench_32", pg[32] / with_own)
        report.ratio("pg_vs_reference_32", pg[32] / with_reference)
        report.ratio("sqlite_vs_loop_256", lite[256] / with_loop)
    report.figure("statements", len(caught))
    report.finish({"pg_vs_pgbench_32": "≥ 1.0", "pg_vs_reference_32": "≥ 0.6", "sqlite_vs_loop_256": "≥ 0.5",
                   "sqlite_p99_ms_half": "≤ 40", "pg_p99_ms_half": "≤ 40"})


main()
