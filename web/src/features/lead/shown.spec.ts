import { describe, expect, it } from "vitest";
import { type CodeView, showing, untilNextChange } from "./shown";

const step = (code: string, from: number) => ({ code, url: `http://h/c/${code}`, svg: "<svg/>", valid_from: new Date(from).toISOString(), valid_until: new Date(from + 15_000).toISOString() });
const T = Date.parse("2026-09-01T07:20:00Z");
const view: CodeView = { ...step("first", T), next: step("second", T + 15_000), now: new Date(T + 2_000).toISOString(), head_counts: { arrived: 0, expected: 4, left: 0 } };

describe("the code that is shown", () => {
  it("is the current one until its time is over, then the next, at that very moment", () => {
    expect(showing(view, T + 14_999)?.code.code).toBe("first");
    expect(showing(view, T + 15_000)?.code.code).toBe("second");
    expect(showing(view, T + 29_999)?.code.code).toBe("second");
  });
  it("is none once both are over: a stale code is never shown as good", () => expect(showing(view, T + 30_000)).toBeNull());
  it("is none before the server's codes begin, as on a clock set back", () => expect(showing(view, T - 1)).toBeNull());
  it("counts down in whole seconds", () => {
    expect(showing(view, T + 6_000)).toMatchObject({ seconds: 9, left: 0.6 });
    expect(showing(view, T + 14_999)?.seconds).toBe(1);
  });
  it("wakes at whole seconds, so that the change is never late", () => {
    expect(untilNextChange(showing(view, T + 14_200), T + 14_200)).toBe(800);
    expect(untilNextChange(showing(view, T + 14_000), T + 14_000)).toBe(1000);
  });
});
