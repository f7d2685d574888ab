import { describe, expect, it } from "vitest";
import type { RollItem } from "@/api/types";
import { arrivalWaits, byArrival, departureOf, newestFirst } from "./roll";

type EndView = NonNullable<RollItem["check_in"]>;
const end = (at: string, more: Partial<EndView> = {}): EndView => ({ at: `2026-09-01T${at}:00+08:00`, evidence_level: "strong", late: false, reasons: [], method: "rotating_code", verdict: "inside", ticked_as: null, ...more });
const item = (name: string, more: Partial<RollItem> = {}): RollItem => ({ claim_id: name.charCodeAt(0), member_id: name.charCodeAt(0), name, state: "held", check_in: null, check_out: null, counts: null, minutes: null, uncounted: null, unit: null, ...more });

describe("a shift's list", () => {
  const wang = item("王建国", { state: "checked_in", check_in: end("07:22") });
  const chen = item("陈刚", { state: "checked_in", check_in: end("07:19") });
  const zhao = item("赵敏");

  it("reads by arrival, who hasn't come last", () => expect(byArrival([zhao, wang, chen]).map((one) => one.name)).toEqual(["陈刚", "王建国", "赵敏"]));
  it("shows the latest arrival first under the code", () => expect(newestFirst([zhao, chen, wang]).map((one) => one.name)).toEqual(["王建国", "陈刚", "赵敏"]));
});

describe("an arrival", () => {
  it("waits for a word unless its evidence is strong or somebody ticked it", () => {
    const fair = item("何玉梅", { state: "checked_in", check_in: end("07:15", { evidence_level: "fair" }), counts: "lead_confirms" });
    expect(arrivalWaits(fair)).toBe(true);
    expect(arrivalWaits({ ...fair, check_in: end("07:15", { ticked_as: "lead" }) })).toBe(false);
    expect(arrivalWaits({ ...fair, counts: "counted" })).toBe(false);
    expect(arrivalWaits(item("赵敏"))).toBe(false);
  });
});

describe("on the list of departures", () => {
  const there = { state: "checked_in", check_in: end("07:22"), counts: "counted" } as const;
  it.each([
    ["to_tick", item("王建国", there), false],
    ["own", item("李秀英", there), true],
    ["unverified", item("赵敏", { state: "unverified" }), false],
    ["not_come", item("赵敏"), false],
    ["settled", item("陈刚", { ...there, state: "completed", check_out: end("08:30") }), false],
    ["to_look_at", item("何玉梅", { ...there, state: "completed", check_out: end("08:30", { verdict: "outside", evidence_level: "weak" }), counts: "under_review" }), false],
    ["settled", item("何玉梅", { ...there, state: "completed", check_out: end("08:00", { ticked_as: "lead" }), counts: "under_review" }), false],
  ] as const)("%s", (expected, one, own) => expect(departureOf(one, own)).toBe(expected));
});
