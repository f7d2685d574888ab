import { describe, expect, it } from "vitest";
import { type DayShift, grouped, groupOf, kindOf, marksOf, mayStop, stoppable } from "./day";

const now = new Date("2026-09-01T07:24:00+08:00");
function shift(id: number, from: string, until: string, more: { post?: number; taken?: number; state?: string; category?: string } = {}): DayShift {
  return {
    shift: { id, starts_at: `2026-09-01T${from}:00+08:00`, ends_at: `2026-09-01T${until}:00+08:00`, capacity: 4, taken: more.taken ?? 4, state: more.state ?? "open" },
    post: { id: more.post ?? id, category: more.category ?? "traffic" },
  } as DayShift;
}

describe("the day's groups", () => {
  it.each([
    ["07:30", "08:30", "now"],
    ["07:00", "08:00", "now"],
    ["07:54", "08:30", "now"],
    ["07:55", "08:30", "next"],
    ["06:00", "07:24", "over"],
  ])("%s–%s is %s at 7:24", (from, until, group) => expect(groupOf(shift(1, from, until).shift, now)).toBe(group));
  it("a stopped shift is over", () => expect(groupOf(shift(1, "09:00", "10:00", { state: "stopped" }).shift, now)).toBe("over"));
  it("stand in order, each by its start, empty ones left out", () => {
    const ids = grouped([shift(3, "12:00", "13:00"), shift(2, "09:00", "10:00"), shift(1, "07:30", "08:30")], now).map((one) => [one.group, one.shifts.map((s) => s.shift.id)]);
    expect(ids).toEqual([
      ["now", [1]],
      ["next", [2, 3]],
    ]);
  });
});

describe("marks", () => {
  it.each([
    [4, "open", "full"],
    [1, "open", "short"],
    [0, "open", "nobody"],
    [4, "stopped", "stopped"],
    [0, "cancelled", "stopped"],
  ])("%i of 4 taken, %s: %s", (taken, state, kind) => expect(kindOf(shift(1, "09:00", "10:00", { taken, state }))).toBe(kind));
  it("one a post, of what is selected or comes next", () => {
    const all = [shift(1, "06:00", "07:00", { post: 9 }), shift(2, "12:00", "13:00", { post: 9 }), shift(3, "17:30", "18:30", { post: 9 })];
    expect(marksOf(all, null, now).map((one) => one.shift.id)).toEqual([2]);
    expect(marksOf(all, 3, now).map((one) => one.shift.id)).toEqual([3]);
    expect(marksOf(all.slice(0, 1), null, now).map((one) => one.shift.id)).toEqual([1]);
  });
});

describe("stopping", () => {
  const all = [shift(1, "06:00", "07:00"), shift(2, "09:00", "10:00"), shift(3, "12:00", "13:00", { category: "cleaning" }), shift(4, "14:00", "15:00", { state: "cancelled" })];
  it("ends what goes on or comes", () => expect(stoppable(all, now, null, null).map((one) => one.shift.id)).toEqual([2, 3]));
  it("of one kind", () => expect(stoppable(all, now, "cleaning", null).map((one) => one.shift.id)).toEqual([3]));
  it("of one post", () => expect(stoppable(all, now, null, [2]).map((one) => one.shift.id)).toEqual([2]));
  it.each([
    ["2026-09-01", true],
    ["2026-09-02", true],
    ["2026-08-31", false],
    ["2026-09-03", false],
  ])("on %s: %s", (day, may) => expect(mayStop(day, now)).toBe(may));
});
