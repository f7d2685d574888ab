import { describe, expect, it } from "vitest";
import { clock } from "@/i18n/format";
import { nearest, timesBetween } from "./times";

const at = (time: string) => `2026-09-01T${time}+08:00`;

describe("the times one may say", () => {
  it("go by five minutes and hold both ends", () => {
    const times = timesBetween(at("07:30:00"), at("08:30:00"));
    expect(times).toHaveLength(13);
    expect(clock(times[0]!)).toBe("7:30");
    expect(times.map(clock)).toContain("7:40");
    expect(clock(times.at(-1)!)).toBe("8:30");
  });
  it("never lie outside of odd ends", () => expect(timesBetween(at("07:32:20"), at("07:41:50")).map(clock)).toEqual(["7:33", "7:35", "7:40", "7:41"]));
  it("are none when the end lies before the start", () => expect(timesBetween(at("08:00:00"), at("07:00:00"))).toEqual([]));
  it("begin where the evidence points", () => expect(clock(nearest(timesBetween(at("07:00:00"), at("08:30:00")), at("07:23:00")))).toBe("7:25"));
});
