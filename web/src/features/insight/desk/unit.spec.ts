import { describe, expect, it } from "vitest";
import { counted, found, type MemberHours, periods, totalsOf } from "./unit";

const member = (name: string, more: Partial<MemberHours> = {}): MemberHours => ({ member_id: 1, name, branch: "第一支部", consented: true, services: 0, minutes: 0, tenths: 0, waiting: 0, ...more });
const hidden = member("丁海霞", { branch: "第二支部", consented: false, services: null, minutes: null, tenths: null, waiting: null });
const all = [member("安小军", { services: 2, minutes: 120 }), member("白晓燕", { services: 3, minutes: 270, waiting: 1 }), hidden, member("陈刚")];

describe("a unit's members", () => {
  it("keep the order of their names whatever is filtered", () => expect(found(all, "all", "").map((one) => one.name)).toEqual(["安小军", "白晓燕", "丁海霞", "陈刚"]));
  it.each([
    ["all", 4],
    ["waiting", 1],
    ["served", 2],
    ["none", 1],
    ["no_consent", 1],
  ] as const)("%s holds %i", (filter, n) => expect(counted(all, filter)).toBe(n));
  it("are found by name or branch", () => {
    expect(found(all, "all", " 晓燕 ").map((one) => one.name)).toEqual(["白晓燕"]);
    expect(found(all, "all", "第二").map((one) => one.name)).toEqual(["丁海霞"]);
    expect(found(all, "served", "陈")).toEqual([]);
  });
  it("add up without those who didn't consent", () => expect(totalsOf(all)).toEqual({ consented: 3, services: 5, minutes: 390, waiting: 1 }));
});

describe("the quarters to choose from", () => {
  it("begin with this one and go back over the year's edge", () => {
    expect(periods("2026-02-10").slice(0, 3)).toEqual([
      { year: 2026, quarter: 1 },
      { year: 2025, quarter: 4 },
      { year: 2025, quarter: 3 },
    ]);
    expect(periods("2026-09-01")[0]).toEqual({ year: 2026, quarter: 3 });
  });
});
