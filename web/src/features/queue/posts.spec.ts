import { expect, it } from "vitest";
import { askedFor } from "./posts";

const time = new Date("2026-08-31T23:18:00Z");
const wanted = { at: null, within_m: 3_000, unit: 1 };

it("asks for the rest of the day in China", () => {
  expect(askedFor({ ...wanted, which: "today" }, time)).toEqual({ to: "2026-09-02T00:00:00+08:00", limit: 20 });
  expect(askedFor({ ...wanted, which: "tomorrow" }, time)).toMatchObject({ from: "2026-09-02T00:00:00+08:00", to: "2026-09-03T00:00:00+08:00" });
});

it("asks near a position without its last digits", () => {
  const near = askedFor({ ...wanted, which: "near", at: { lat: 36.0374571, lon: 103.9894522 } }, time);
  expect(near).toEqual({ lat: 36.0375, lon: 103.9895, datum: "wgs84", within_m: 3_000, limit: 20 });
});
