import { describe, expect, it } from "vitest";
import type { OwnService } from "@/api/types";
import { apart, columns, sort } from "./record";

const service = (more: object): OwnService =>
  ({ state: "completed", counts: "counted", uncounted: null, shift: { id: 1, starts_at: "2026-09-01T07:30:00+08:00", ends_at: "2026-09-01T08:30:00+08:00" }, ...more }) as unknown as OwnService;
const now = new Date("2026-09-01T08:00:00+08:00");

describe("a year's services", () => {
  it.each([
    [{}, "counted"],
    [{ counts: "lead_confirms" }, "waiting"],
    [{ counts: "under_review" }, "waiting"],
    [{ state: "unverified", counts: null }, "waiting"],
    [{ state: "open", counts: null }, "waiting"],
    [{ counts: "under_review", uncounted: "too_short" }, "others"],
    [{ state: "no_show", counts: null }, "others"],
    [{ state: "void", counts: null }, "others"],
  ])("%o is among the %s", (more, group) => {
    const sorted = sort([service(more)], now);
    expect(Object.entries(sorted).filter(([, all]) => all.length > 0).map(([name]) => name)).toEqual([group]);
  });

  it("leaves out what is being stood", () => {
    expect(sort([service({ state: "checked_in" })], now)).toEqual({ waiting: [], counted: [], others: [] });
  });

  it("stand in the column of their month in China", () => {
    const newYear = service({ shift: { id: 2, starts_at: "2025-12-31T16:10:00Z", ends_at: "2025-12-31T17:10:00Z" } });
    const months = columns(sort([service({}), service({ counts: "lead_confirms" }), newYear], now));
    expect(months[0]).toEqual(["counted"]);
    expect(months[8]).toEqual(["counted", "lead_confirms"]);
  });

  it("are added up apart, reversals taken off", () => {
    const entry = (minutes: number, served_as: string) => ({ minutes, inputs: { served_as } }) as never;
    expect(apart([entry(60, "individual"), entry(-60, "individual"), entry(30, "individual"), entry(90, "unit")])).toEqual({ individual: 30, unit: 90 });
  });
});
