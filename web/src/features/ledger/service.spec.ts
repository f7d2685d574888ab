import { describe, expect, it } from "vitest";
import { type End, type Service, judge, months, served } from "./service";

const at = (time: string) => `2026-09-01T${time}:00+08:00`;
const end = (time: string, more: Partial<End> = {}): End => ({ at: at(time), evidence_level: "strong", late: false, method: "rotating_code", reasons: [], ticked_as: null, verdict: "inside", ...more });

function service(more: Partial<Service> = {}): Service {
  return {
    claim_id: 1,
    state: "completed",
    served_as: "individual",
    organization: "定西路社区",
    shift: { id: 2, starts_at: at("07:30"), ends_at: at("08:30") },
    post: { id: 3, title: "", place: "盘旋路十字", category: "traffic" } as Service["post"],
    check_in: end("07:22"),
    check_out: end("08:31"),
    counts: "counted",
    minutes: 60,
    uncounted: null,
    waits_on: null,
    ...more,
  };
}

describe("a service in one's record", () => {
  it("counts from the shift's start, and says what came early", () => {
    expect(judge(service())).toEqual({ section: "counted", tag: "counted", why: { key: "early", values: { arrived: "7:22", left: "8:31", n: 8 } } });
    expect(served(service())).toEqual({ from: new Date(at("07:30")), to: new Date(at("08:30")) });
  });

  it.each([
    ["the lead, when it was left from elsewhere", { counts: "lead_confirms" as const, check_out: end("08:30", { verdict: "outside", evidence_level: "weak" }) }, "lead_confirms", "outside_out"],
    ["the lead, when it was left without evidence", { counts: "lead_confirms" as const, check_out: end("08:30", { method: null, verdict: null, evidence_level: "fair" }) }, "lead_confirms", "without_out"],
    ["the community, when it was under six tenths", { counts: "under_review" as const, uncounted: "under_review" as const, check_out: end("08:00") }, "under_review", "short"],
    ["a person, when nobody checked in", { state: "unverified" as const, check_in: null, check_out: null, counts: null, minutes: null }, "under_review", "unverified"],
    ["the lead, when nobody checked out", { state: "open" as const, check_out: null, counts: null, minutes: null }, "lead_confirms", "open"],
  ])("waits on %s", (_whom, more, tag, key) => {
    expect(judge(service(more))).toMatchObject({ section: "waiting", tag, why: { key } });
  });

  it("isn't counted under fifteen minutes", () => {
    const short = service({ check_out: end("07:40"), uncounted: "too_short", counts: "counted", minutes: null });
    expect(judge(short)).toMatchObject({ section: "uncounted", tag: "uncounted", why: { key: "too_short" } });
  });

  it("never counts against anybody when it was void", () => {
    expect(judge(service({ state: "void", check_in: null, check_out: null }))).toMatchObject({ section: "uncounted", tag: null });
  });

  it("stands in its month's column", () => {
    expect(months([service(), service({ counts: "lead_confirms" })], () => 9)[8]).toEqual(["lead_confirms", "counted"]);
  });
});
