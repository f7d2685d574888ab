"""40,000 members press for 20 shifts of 100 places at once: exactly 2,000 hold one, and refusing the others is cheap.

Five ways: SQLite; PostgreSQL without Redis; with Redis; Redis killed midway; one of two servers killed midway.
Members whose press got no answer, or a 503, press again until they are told 201 or 409. How many hold a place is
counted in the database. Once the places are gone, refusals a second stand beside the same framework that answers
with the same body after reading one header.
"""

import http.client
import time
from datetime import datetime, timedelta

import harness
from harness import DIRECTORY

given = harness.arguments()
MEMBERS = 400 if given.smoke else 40_000
SHIFTS = 4 if given.smoke else 20
PLACES = 10 if given.smoke else 100
CONNECTIONS = 16 if given.smoke else 256
SECONDS = 1 if given.smoke else 3
WAYS = ("sqlite", "postgres", "redis", "redis_killed", "server_killed")


class Rush:
    """One rush: fresh shifts, every member pressing once for theirs, and again where no answer came."""

    def __init__(self, database, servers, number):
        self.database, self.servers = database, servers
        # Each rush has its own hour, so that no member is in the way of themself.
        start = datetime.fromisoformat(f"{harness.CLOCK_DAY}T09:00:00+08:00") + timedelta(hours=number)
        span = (start.isoformat(), (start + timedelta(hours=1)).isoformat())
        self.shifts = harness.publish_shifts(servers[0], database.officer, [span] * SHIFTS, PLACES)

    def requests(self, members):
        return [(f"/api/v1/shifts/{self.shifts[int(member['member_id']) % SHIFTS]}/claims", member["token"], "{}")
                for member in members]

    def holders(self):
        ids = ",".join(map(str, self.shifts))
        rows = self.database.rows(f"SELECT member_id FROM claims WHERE state = 'held' AND shift_id IN ({ids})")
        return {int(row[0]) for row in rows}

    def press(self, midway=None):
        """Runs it to its end; seconds until everybody had an answer. `midway` is done half way through the places."""
        began, waiting, presses = time.monotonic(), self.database.members, 0
        while waiting:
            presses += 1
            if presses > 50:
                harness.fail("fifty presses and still no answer for everybody")
            alive = [server for server in self.servers if server.process.poll() is None]
            loads = [
                harness.Load(server, harness.write_requests(f"rush-{at}.txt", self.requests(waiting[at::len(alive)])),
                             max(2, CONNECTIONS // len(alive)))
                for at, server in enumerate(alive)
            ]
            if midway:
                while len(self.holders()) < SHIFTS * PLACES // 2 and loads[0].process.poll() is None:
                    time.sleep(0.02)
                midway()
                midway = None
            results = [load.result(lambda server=server: server.process.poll() is not None)
                       for load, server in zip(loads, alive)]
            told = sum(result["statuses"].get(status, 0) for result in results for status in ("201", "409"))
            if told == len(waiting):
                break
            # wrk can't say which press got no answer, so everybody without a place presses again.
            held = self.holders()
            waiting = [member for member in self.database.members if int(member["member_id"]) not in held]
            time.sleep(1)  # the Retry-After
        return time.monotonic() - began

    def refusals_per_s(self):
        file = harness.write_requests("refused.txt", self.requests(self.database.members))
        done = harness.load(self.servers[-1], file, CONNECTIONS, seconds=SECONDS)
        if done["not_2xx"] == 0:
            harness.fail(f"a full shift admitted somebody: {done}")
        return done["rate"]


def refusal_body(rush, database):
    """The server's own 409, for the bare framework to answer with."""
    held = rush.holders()
    member = next(member for member in database.members if int(member["member_id"]) not in held)
    path, token, body = rush.requests([member])[0]
    connection = http.client.HTTPConnection("127.0.0.1", rush.servers[-1].port)
    connection.request("POST", path, body, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 409:
        harness.fail(f"a full shift answered {answer.status}: {text[:300]}")
    file = DIRECTORY / "refusal.json"
    file.write_bytes(text)
    return file


def serve(way, databases):
    """The way's database, servers and what happens midway."""
    if way == "sqlite":
        return databases["sqlite"], [harness.daogang(databases["sqlite"].url)], [], None
    database = databases["postgres"]
    if way == "postgres":
        return database, [harness.daogang(database.url)], [], None
    redis = harness.redis()
    servers = [harness.daogang(database.url, redis.url) for _ in range(2 if way == "server_killed" else 1)]
    midway = {"redis": None, "redis_killed": redis.kill, "server_killed": servers[0].kill}[way]
    return database, servers, [redis], midway


def main():
    report = harness.Report("rush", "sqlite, postgres", given)
    databases = {engine: harness.Database(engine, "rush", MEMBERS) for engine in ("sqlite", "postgres")}
    bare, number = None, 0
    for round_number in range(given.rounds):
        for way in WAYS:
            harness.progress(f"round {round_number + 1} of {given.rounds}: {way}")
            database, servers, others, midway = serve(way, databases)
            rush = Rush(database, servers, number)
            number += 1
            report.figure(f"{way}_answered_s", rush.press(midway))
            report.ratio("held", len(rush.holders()))
            if way in ("sqlite", "redis"):
                bare = bare or harness.bare("409", str(refusal_body(rush, database)))
                rush_rate = rush.refusals_per_s()
                file = harness.write_requests("refused.txt", rush.requests(database.members))
                bare_rate = harness.load(bare, file, CONNECTIONS, seconds=SECONDS)["rate"]
                report.figure(f"{way}_refused_per_s", rush_rate)
                report.figure("bare_refused_per_s", bare_rate)
                report.ratio("refused_vs_bare", rush_rate / bare_rate)
            for server in [*servers, *others]:
                if server.process.poll() is None:
                    server.stop()
    report.finish({"held": f"= {SHIFTS * PLACES}", "refused_vs_bare": "≥ 0.5"})
    if set(report.ratios["held"]) != {SHIFTS * PLACES}:
        harness.fail("some rush ended with more or fewer holders than places")


main()
