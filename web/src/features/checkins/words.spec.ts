import { describe, expect, it } from "vitest";
import type { Presence, Stand } from "./presence";
import { viewOf } from "./presence";
import { earlySentence, minutesSentence, reasonOf, waitingSentence } from "./words";

const at = (time: string) => `2026-09-01T${time}+08:00`;
const hours = { startsAt: at("07:30:00"), endsAt: at("08:30:00") };
const end = (time: string, more: Partial<Stand> = {}): Stand => ({ at: at(time), method: "rotating_code", level: "strong", verdict: "inside", reasons: [], ticked: false, ...more });
const presence = (more: Partial<Presence>): Presence => ({ state: "completed", arrived: end("07:22:59"), left: end("08:30:10"), counts: "counted", minutes: 60, uncounted: null, waitsOn: null, attempt: null, ...more });
const lead = { name: "李秀英", phone: null };

describe("the sentence of a service", () => {
  it("says minutes, from when to when, and that they count", () => {
    expect(minutesSentence(hours, presence({}))).toBe("60 分钟（7:30–8:30），已计入");
    expect(reasonOf(hours, presence({}))).toBe("");
    expect(earlySentence(hours.startsAt, at("07:22:59"))).toBe("7:22 到岗，提前的 8 分钟不计");
    expect(earlySentence(hours.startsAt, at("07:30:59"))).toBe("");
  });

  it("names whom it waits on and why", () => {
    const away = presence({ left: end("08:30:00", { level: "weak", verdict: "outside", method: "geofence" }), counts: "under_review", waitsOn: lead });
    expect(waitingSentence(hours, away)).toBe("在等李秀英：签退时不在岗位");
    const half = presence({ left: end("08:00:00", { ticked: true }), minutes: 30, counts: "under_review", waitsOn: { name: "定西路社区", phone: null } });
    expect(minutesSentence(hours, half)).toBe("30 分钟（7:30–8:00），待核实");
    expect(waitingSentence(hours, half)).toBe("在等定西路社区：不足班次六成");
  });

  it("says that under a quarter of an hour doesn't count", () => {
    const short = presence({ left: end("07:40:00", { ticked: true }), minutes: 10, counts: "under_review", uncounted: "too_short", waitsOn: lead });
    expect(minutesSentence(hours, short)).toBe("10 分钟（7:30–7:40），不计");
    expect(waitingSentence(hours, short)).toBe("不足 15 分钟，不计");
  });

  it("tells a check-out without evidence and one by an unsure position apart", () => {
    const bare = end("08:30:00", { level: "fair", verdict: null, method: null, reasons: ["no_position"] });
    expect(reasonOf(hours, presence({ left: bare, counts: "lead_confirms" }))).toBe("签退没有带位置");
    expect(reasonOf(hours, presence({ left: { ...bare, verdict: "cannot_tell" }, counts: "lead_confirms" }))).toBe("签退时手机定位不够准");
  });
});

describe("what is shown", () => {
  it("is doubt only while weak evidence is unticked", () => {
    const weak = end("07:22:00", { level: "weak", verdict: "cannot_tell" });
    expect(viewOf(presence({ left: null, arrived: weak }))).toBe("doubt");
    expect(viewOf(presence({ left: null, arrived: { ...weak, ticked: true } }))).toBe("arrived");
    expect(viewOf(presence({ left: null, arrived: end("07:22:00", { level: "fair", verdict: null }) }))).toBe("arrived");
    expect(viewOf(presence({}))).toBe("left");
    expect(viewOf(presence({ arrived: null, left: null }))).toBe("none");
  });
});
