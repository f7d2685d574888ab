"""A member's first load and the way from a scanned code to 已到岗, in Chromium on a throttled network and processor."""

import json
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import harness

given = harness.arguments()
report = harness.Report("page", "sqlite", given)
database = harness.Database("sqlite", "page", 30)
server = harness.daogang(database.url)
start = datetime.fromisoformat(f"{harness.CLOCK_DAY}T07:30:00+08:00")
(shift,) = harness.publish_shifts(
    server, database.officer, [(start.isoformat(), (start + timedelta(hours=1)).isoformat())], 30)

people = []
for member in database.members[:given.rounds * 2]:
    harness.ask(server, "POST", f"/shifts/{shift}/claims", member["token"], {})
    people.append({"token": member["token"], "account": member["account"]})
asked = {
    "url": f"http://127.0.0.1:{server.port}", "shift": shift, "officer": database.officer["token"],
    "password": "daogang-demo", "people": people, "throttled": not given.smoke,
}
done = subprocess.run(
    ["node", Path("web/bench/page.mjs").resolve()], input=json.dumps(asked), stdout=subprocess.PIPE, text=True)
if done.returncode:
    harness.fail("the browser's part did not end; its words are above")
for line in done.stdout.splitlines():
    measured = json.loads(line)
    for name in ("first_load_kb", "lcp_s", "scan_to_done_s"):
        report.ratio(name, measured[name])
    for name in ("first_load_requests", "scan_to_done_nothing_kept_s"):
        report.figure(name, measured[name])
report.finish({"first_load_kb": "≤ 120", "lcp_s": "≤ 2.0", "scan_to_done_s": "≤ 5"})
