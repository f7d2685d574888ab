import { describe, expect, it } from "vitest";
import { bodyOf, type Draft, draftOf, duties, instantsOf, missingOf, turned } from "./draft";

const HERE = { lat: 36.0607, lon: 103.8367, datum: "wgs84" } as const;
const ready = (change: Partial<Draft> = {}): Draft => ({ ...draftOf("traffic", "2026-09-02"), place: "盘旋路十字", position: HERE, insurance: "2026-0413", ...change });

describe("a post begun from the ready text", () => {
  it("lacks only where it is and, being dangerous, who insures it", () => expect(missingOf(draftOf("traffic", "2026-09-02"))).toEqual(["place", "position", "insurance"]));
  it("lacks only where it is when nothing is dangerous", () => expect(missingOf(draftOf("waste_sorting", "2026-09-02"))).toEqual(["place", "position"]));
  it("is ready with the place and the insurance number, or with who waives it", () => {
    expect(missingOf(ready())).toEqual([]);
    expect(missingOf(ready({ insurance: " ", waivedBy: "街道办张主任" }))).toEqual([]);
  });
  it.each([
    ["title", { title: "  " }],
    ["radius", { radiusM: 10 }],
    ["day", { day: "" }],
    ["times", { times: [] }],
    ["times", { times: [{ from: "07:30", until: "" }] }],
    ["times_double", { times: [{ from: "07:30", until: "08:30" }, { from: "07:30", until: "08:30" }] }],
    ["places", { places: 0 }],
    ["lines", { lines: "1\n2\n3\n4\n5\n6" }],
    ["methods", { methods: [] }],
    ["risk", { riskNotice: "" }],
  ] as const)("says that %s is to be mended", (what, change) => expect(missingOf(ready(change as Partial<Draft>))).toEqual([what]));
});

it("sends a shift for each time, in China's time", () => {
  const body = bodyOf(ready(), 7, HERE);
  expect(body.shifts).toEqual([
    { starts_at: "2026-09-02T07:30:00+08:00", ends_at: "2026-09-02T08:30:00+08:00", capacity: 4 },
    { starts_at: "2026-09-02T17:30:00+08:00", ends_at: "2026-09-02T18:30:00+08:00", capacity: 4 },
  ]);
  expect(body).toMatchObject({ organization_id: 7, insurance_ref: "2026-0413", insurance_waived_by: null, fence: { radius_m: 100 } });
});

it("ends on the next day what ends before it begins", () => expect(instantsOf("2026-09-30", { from: "22:30", until: "00:30" })).toEqual({ starts_at: "2026-09-30T22:30:00+08:00", ends_at: "2026-10-01T00:30:00+08:00" }));
it("counts empty lines for nothing", () => expect(duties(ready({ lines: " 一 \n\n二\n" }))).toEqual(["一", "二"]));
it("keeps place, day and insurance when the category changes", () => {
  const other = turned(ready(), "patrol");
  expect(other).toMatchObject({ category: "patrol", title: "治安巡逻", place: "盘旋路十字", position: HERE, day: "2026-09-02", insurance: "2026-0413" });
});
