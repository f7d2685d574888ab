import { describe, expect, it } from "vitest";
import { nameOf, opensAt, phaseOf } from "./duty";

const at = (time: string) => `2026-09-01T${time}:00+08:00`;

describe("the name of a post", () => {
  it.each([
    [{ title: "盘旋路十字文明交通劝导", place: "盘旋路十字" }, { place: "盘旋路十字", what: "文明交通劝导" }],
    [{ title: "早高峰护学", place: "盘旋路十字" }, { place: "盘旋路十字", what: "早高峰护学" }],
    [{ title: "盘旋路十字", place: "盘旋路十字" }, { place: "盘旋路十字", what: "文明交通劝导" }],
    [{ title: "护学", place: "" }, { place: "护学", what: "文明交通劝导" }],
  ])("%o", (post, name) => expect(nameOf({ ...post, category: "traffic" })).toEqual(name));
});

describe("what can be done about a place", () => {
  const duty = (state: "held" | "checked_in" | "open" | "unverified") => ({ state, opensAt: at("07:00"), endsAt: at("08:30") });
  it.each([
    ["held", "06:59", "early"],
    ["held", "07:00", "open"],
    ["held", "08:29", "open"],
    ["held", "08:30", "over"],
    ["checked_in", "08:29", "there"],
    ["checked_in", "08:30", "leave"],
    ["open", "09:30", "leave"],
    ["unverified", "09:30", "over"],
  ] as const)("%s at %s: %s", (state, time, phase) => expect(phaseOf(duty(state), new Date(at(time)))).toBe(phase));

  it("opens 30 minutes before unless the post says otherwise", () => {
    expect(opensAt(at("07:30"), { methods: [] })).toBe(new Date(at("07:00")).toISOString());
    expect(opensAt(at("07:30"), { methods: [], opens_before_min: 0 })).toBe(new Date(at("07:30")).toISOString());
  });
});
