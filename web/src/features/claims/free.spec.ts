import { expect, it } from "vitest";
import { freeUntil } from "./free";

it.each([
  ["02T10:00", "01T08:00", "02T08:00"],
  ["02T07:30", "01T08:00", "01T21:00"],
  ["02T09:00", "01T08:00", "02T07:00"],
  ["02T10:00", "02T09:00", "02T09:30"],
  ["02T07:30", "02T07:10", "02T07:30"],
])("a shift at %s claimed at %s is given back freely until %s", (starts, claimed, free) => {
  const at = (text: string) => `2026-09-${text}:00+08:00`;
  expect(freeUntil(at(starts), new Date(at(claimed))).toISOString()).toBe(new Date(at(free)).toISOString());
});
