// A press that didn't reach the server: kept with its key until it does, sent again by itself, counted once.
import { shallowRef } from "vue";
import { api, body, keyed } from "@/api/client";
import { now } from "@/api/clock";
import { problemOf } from "@/api/problem";
import { randomId } from "@/api/random";
import type { Answer, PressAnswer } from "@/api/types";
import { touched } from "@/features/claims/own";
import type { End } from "./scan";

export interface Unsent {
  claimId: number;
  shiftId: number;
  end: End;
  sent: Answer<"PressBody">;
  key: string;
  /** When it was pressed, by the server's clock as far as it was known. */
  pressedAt: string;
}

const KEPT = "daogang.unsent";
const AGAIN_MS = 15_000;

function read(): Unsent[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as Unsent[];
  } catch {
    return [];
  }
}

/** Presses that wait for a network. */
export const unsent = shallowRef<Unsent[]>(read());
/** What became of those that waited, by claim. */
export const settled = shallowRef<Record<number, { end: End; sent: Answer<"PressBody">; answer?: PressAnswer; problem?: unknown }>>({});

function keep(all: Unsent[]): void {
  unsent.value = all;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(all));
  } catch {
    // Storage is refused: it is kept as long as the page is open.
  }
}

const deliver = ({ claimId, end, sent, key }: Unsent): Promise<PressAnswer> => {
  const params = { path: { id: claimId } };
  return end === "in" ? body(api.POST("/api/v1/claims/{id}/check-in", { params, body: sent, ...keyed(key) })) : body(api.POST("/api/v1/claims/{id}/check-out", { params, body: sent, ...keyed(key) }));
};

/** Presses. `null` when nothing was answered: then it is kept and goes by itself. A refusal is thrown. */
export async function press(claimId: number, shiftId: number, end: End, sent: Answer<"PressBody">): Promise<PressAnswer | null> {
  const one: Unsent = { claimId, shiftId, end, sent, key: randomId(), pressedAt: now().toISOString() };
  try {
    const answer = await deliver(one);
    keep(unsent.value.filter((other) => other.claimId !== claimId));
    touched(shiftId);
    return answer;
  } catch (error) {
    if (!problemOf(error).passes || problemOf(error).status === 429) throw error;
    keep([...unsent.value.filter((other) => other.claimId !== claimId || other.end !== end), one]);
    return null;
  }
}

let sending = false;

/** Sends what waits. */
export async function sendAgain(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (const one of unsent.value) {
      try {
        const answer = await deliver(one);
        settled.value = { ...settled.value, [one.claimId]: { end: one.end, sent: one.sent, answer } };
      } catch (error) {
        if (problemOf(error).passes || problemOf(error).code === "session.required") break;
        settled.value = { ...settled.value, [one.claimId]: { end: one.end, sent: one.sent, problem: error } };
      }
      keep(unsent.value.filter((other) => other.key !== one.key));
      touched(one.shiftId);
    }
  } finally {
    sending = false;
  }
}

addEventListener("online", () => void sendAgain());
document.addEventListener("visibilitychange", () => void (document.visibilityState !== "hidden" && sendAgain()));
setInterval(() => void (unsent.value.length > 0 && sendAgain()), AGAIN_MS);
if (unsent.value.length > 0) void sendAgain();
