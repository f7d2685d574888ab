import { describe, expect, it } from "vitest";
import { layOut } from "./ruler";

const at = (time: string) => Date.parse(`2026-09-01T${time}:00+08:00`);

describe("the minute ruler", () => {
  it("hatches what came before the start", () => {
    const ruler = layOut(at("07:30"), at("08:30"), at("07:15"), at("08:40"));
    expect(ruler.early).toEqual({ left: 0, width: 20 });
    expect(ruler.served).toEqual({ left: 20, width: 80 });
  });

  it("ends where the member left", () => {
    expect(layOut(at("07:30"), at("08:30"), at("07:30"), at("08:00")).served).toEqual({ left: 0, width: 50 });
  });

  it("shows nothing served without an arrival", () => {
    expect(layOut(at("07:30"), at("08:30"), null, null).served).toBeNull();
  });
});
