import { describe, expect, it } from "vitest";
import { isSaid, say, useLanguage } from ".";

describe("messages", () => {
  it("are found under their dotted keys, with their values", () => {
    expect(say("time.minutes", { n: 12 })).toBe("12 分钟");
    expect(say("problem.claim.shift_full")).toBe("名额满了，看看别的岗位");
  });

  it("turn to another language", async () => {
    await useLanguage("en");
    expect(say("seats.short", { n: 3 })).toBe("3 more needed");
  });

  it("tell what isn't there", () => {
    expect(isSaid("problem.claim.shift_full")).toBe(true);
    expect(isSaid("problem.claim.nothing")).toBe(false);
  });
});
