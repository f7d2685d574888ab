// What a page opened by a scanned code does at once: finds the reader's place in the code's shift, and checks in there.
import { send } from "@/api/client";
import { now } from "@/api/clock";
import { type Fix, oneFix } from "@/api/position";
import { Problem, problemOf, readProblem } from "@/api/problem";
import { randomId } from "@/api/random";
import type { PressAnswer, WholeShift } from "@/api/types";
import { config, learnConfig } from "@/config";
import { language } from "@/i18n";

/** Version, key, shift, step and tag of a code; the shift is in bytes 3 to 8. */
const CODE_BYTES = 29;
const SHIFT_FROM = 3;
const SHIFT_TO = 9;
/** A position that comes within this time goes along; nobody waits longer for one. */
const POSITION_MS = 1_200;
/** Worse than this says nothing about the post. */
const USEFUL_M = 150;

/** The code in an address of ours, or in whatever a camera has read; `null` when there is none. */
export function codeOf(text: string): string | null {
  const found = /(?:^|\/c\/)([\w-]{39})(?:[?#].*)?$/.exec(text.trim());
  return found && shiftOf(found[1]!) !== null ? found[1]! : null;
}

/** The shift that a code names. Whether it is a good one, only the server can say. */
export function shiftOf(code: string): number | null {
  try {
    const bytes = Uint8Array.from(atob(code.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
    if (bytes.length !== CODE_BYTES || bytes[0] !== 1) return null;
    return bytes.slice(SHIFT_FROM, SHIFT_TO).reduce((number, byte) => number * 256 + byte, 0);
  } catch {
    return null;
  }
}

export type End = "in" | "out";
export type Scanned =
  | { kind: "signed_out" }
  | { kind: "refused"; problem: Problem; shift: WholeShift | null; end: End | null }
  | { kind: "no_place"; shift: WholeShift }
  /** Nothing is to be done by itself: what stands is shown. */
  | { kind: "stands"; shift: WholeShift }
  | { kind: "done"; shift: WholeShift; end: End; answer: PressAnswer; fix: Fix | null };

/** What the server said of the code when this page was asked for; empty when the page came from the phone itself. */
export const seenAs = (): string => document.documentElement.dataset.codeState ?? "";

async function ask<T>(method: string, path: string, sent?: object): Promise<T> {
  const headers: Record<string, string> = { "accept-language": language.value };
  if (sent) Object.assign(headers, { "content-type": "application/json", "idempotency-key": randomId() });
  const request = new Request(`${location.origin}/api/v1${path}`, { method, headers, credentials: "same-origin", body: sent && JSON.stringify(sent) });
  const response = await send(request);
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as T;
}

/**
 * Which end a scan is by itself: arriving, or leaving once the shift is over; before that, leaving is asked first. Leaving is
 * final, so without the server's time (`null`) nobody leaves by themself: a phone's own clock may be wrong by a year.
 */
export function endOf({ claim }: Pick<WholeShift, "claim">, time: Date | null): End | null {
  if (claim?.state === "held" || claim?.state === "unverified") return "in";
  if (claim?.state === "checked_in" && time !== null && time.getTime() >= Date.parse(claim.ends_at)) return "out";
  return null;
}

const withSentAt = (fix: Fix | null) => (fix ? { position: { ...fix, sent_at: new Date().toISOString() } } : {});

/** Presses by what was scanned: by the ticket that the server gave with the page, else by the code itself. */
export async function pressByScan(claim: number, end: End, code: string, fix: Fix | null, byTicket: boolean): Promise<PressAnswer> {
  const path = `/claims/${claim}/check-${end}`;
  const common = { method: "rotating_code", ...withSentAt(fix) };
  if (byTicket) return ask("POST", path, common);
  try {
    return await ask("POST", path, { ...common, code });
  } catch (error) {
    // The code is too old by now, but this browser may still hold the ticket of the moment in which it was seen.
    if (problemOf(error).code !== "checkin.code_stale") throw error;
    return ask<PressAnswer>("POST", path, common).catch(() => {
      throw error;
    });
  }
}

async function serverTime(): Promise<Date | null> {
  await learnConfig();
  return config.value ? now() : null;
}

async function goOn(code: string): Promise<Scanned> {
  if (seenAs() === "stale") return { kind: "refused", problem: new Problem("checkin.code_stale", 410), shift: null, end: null };
  if (seenAs() === "unknown") return { kind: "refused", problem: new Problem("checkin.code_invalid", 404), shift: null, end: null };
  let shift: WholeShift | null = null;
  let end: End | null = null;
  try {
    const position = oneFix({ ask: false, within_m: USEFUL_M, wait_ms: POSITION_MS });
    shift = await ask<WholeShift>("GET", `/shifts/${shiftOf(code)}`);
    const { claim } = shift;
    if (!claim || claim.state === "released" || claim.state === "cancelled") return { kind: "no_place", shift };
    end = endOf(shift, claim.state === "checked_in" ? await serverTime() : null);
    if (end === null) return { kind: "stands", shift };
    const fix = await position;
    const answer = await pressByScan(claim.id, end, code, fix, seenAs() === "seen");
    return { kind: "done", shift, end, answer, fix };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === "session.required") return { kind: "signed_out" };
    if (shift && (problem.code === "checkin.already_done" || problem.code === "checkout.already_done")) return { kind: "stands", shift };
    return { kind: "refused", problem, shift, end };
  }
}

let started: { code: string; outcome: Promise<Scanned> } | null = null;

/** Begins with the code in an address; called before anything is shown. */
export function startScan(path: string): void {
  const code = codeOf(path);
  if (code) started = { code, outcome: goOn(code) };
}

/** What came of a code: of the beginning made before, or of one made now. */
export function scanned(code: string): Promise<Scanned> {
  const before = started?.code === code ? started.outcome : goOn(code);
  started = null;
  return before;
}
