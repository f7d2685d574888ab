import { describe, expect, it } from "vitest";
import { codeOf, endOf, shiftOf } from "./scan";

/** A code for shift 70,000 as the server lays it out: version, key, shift, step, tag. */
const code = btoa(String.fromCharCode(1, 0, 1, 0, 0, 0, 1, 0x11, 0x70, 0, 0, 0, 9, ...Array<number>(16).fill(255))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

describe("a scanned code", () => {
  it("names its shift", () => expect(shiftOf(code)).toBe(70_000));

  it.each([`https://daogang.example/c/${code}`, `/c/${code}`, ` http://127.0.0.1:8080/c/${code}?from=groupmessage#top\n`, code])("is found in %s", (text) => expect(codeOf(text)).toBe(code));

  it.each(["", "https://daogang.example/", "https://example.com/pay?to=1", code.slice(1), `${code}A`, `/c/${code.replace(/^./, "B")}`, "签到"])("is not found in %s", (text) => expect(codeOf(text)).toBeNull());
});

describe("a scan by itself", () => {
  const claim = (state: string) => ({ claim: { state, ends_at: "2026-09-01T08:30:00+08:00" } }) as Parameters<typeof endOf>[0];
  const at = (time: string) => new Date(`2026-09-01T${time}:00+08:00`);
  it.each([
    ["held", "07:22", "in"],
    ["unverified", "08:40", "in"],
    ["checked_in", "08:29", null],
    ["checked_in", "08:30", "out"],
    ["open", "09:30", null],
    ["completed", "08:31", null],
  ])("of a place that is %s at %s is %s", (state, time, end) => expect(endOf(claim(state), at(time))).toBe(end));

  it("never leaves without the server's time", () => {
    expect(endOf(claim("checked_in"), null)).toBeNull();
    expect(endOf(claim("held"), null)).toBe("in");
  });
});
