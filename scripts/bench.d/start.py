"""How soon a fresh process answers, what it holds when idle, how large the binary is."""

import time

import harness

given = harness.arguments()
report = harness.Report("start", "sqlite", given)
database = harness.Database("sqlite", "start", 30 if given.smoke else 300)
for _ in range(given.rounds):
    server = harness.daogang(database.url)
    report.ratio("first_answer_ms", server.first_answer_ms)
    time.sleep(0.2 if given.smoke else 5)
    report.ratio("idle_mib", server.resident_mib())
    server.stop()
report.ratio("binary_mib", (harness.PROGRAMS / "daogang").stat().st_size / 2**20)
report.finish({"first_answer_ms": "≤ 150", "idle_mib": "≤ 40", "binary_mib": "≤ 25"})
