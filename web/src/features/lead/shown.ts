// Which of the codes that the server gave may be shown at a moment. A code past its time is never shown as good.
import type { Answer } from "@/api/types";

export type CodeView = Answer<"CodeView">;
export type ShownCode = Answer<"ShownCode">;

export interface Showing {
  code: ShownCode;
  /** Whole seconds until it changes, at least 1. */
  seconds: number;
  /** How much of its time is left, 0 to 1. */
  left: number;
}

/** The code for a moment of the server's real clock in ms: the current one, then the next, then none. */
export function showing(view: CodeView | null, at: number): Showing | null {
  if (!view) return null;
  const code = [view, view.next].find((one) => Date.parse(one.valid_from) <= at && at < Date.parse(one.valid_until));
  if (!code) return null;
  const [from, until] = [Date.parse(code.valid_from), Date.parse(code.valid_until)];
  return { code, seconds: Math.max(1, Math.ceil((until - at) / 1000)), left: (until - at) / (until - from) };
}

/** How long to wait until what is shown changes: at the next whole second before the code's end. */
export function untilNextChange(shown: Showing | null, at: number): number {
  if (!shown) return 1000;
  return (Date.parse(shown.code.valid_until) - at) % 1000 || 1000;
}
