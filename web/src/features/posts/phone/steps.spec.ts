import { expect, it } from "vitest";
import { stepsOf } from "./steps";

it.each([
  ["draft", ["publish", "cancel"]],
  ["published", ["pause", "close", "cancel"]],
  ["paused", ["publish", "close", "cancel"]],
  ["closed", []],
  ["cancelled", []],
] as const)("offers for a %s post only what the server lets it", (state, steps) => expect(stepsOf(state)).toEqual(steps));
