// One member's pressing at one place: what is sent, what came back, and what still waits to be sent.
import { type Ref, computed, ref, shallowRef } from "vue";
import { type Fix, oneFix } from "@/api/position";
import { type Problem, problemOf } from "@/api/problem";
import type { Answer, PressAnswer } from "@/api/types";
import type { Duty } from "@/features/claims/duty";
import { type Presence, fromAnswer } from "./presence";
import type { End } from "./scan";
import { press, settled, unsent } from "./unsent";

/** A position goes along with a scanned code when it comes within this time. */
const ALONG_MS = 1_500;
const USEFUL_M = 150;
/** Leaving waits a little longer for one: it may be asked for, and says where somebody was. */
const LEAVING_MS = 6_000;

type Method = Answer<"Method">;
const positionOf = (fix: Fix) => ({ ...fix, sent_at: new Date().toISOString() });

export function usePressing(duty: Ref<Duty | null>, known: Ref<Presence | null>) {
  const busy = ref<"code" | "position" | "leave" | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const fix = shallowRef<Fix | null>(null);
  const told = shallowRef<{ answer: PressAnswer; end: End; method: Method | null } | null>(null);

  const waiting = computed(() => unsent.value.find((one) => one.claimId === duty.value?.claimId) ?? null);
  const late = computed(() => (duty.value ? settled.value[duty.value.claimId] : undefined));
  const presence = computed<Presence | null>(() => {
    const last = late.value?.answer ? { answer: late.value.answer, end: late.value.end, method: (late.value.sent.method ?? null) as Method | null } : told.value;
    if (last && !(known.value?.left && last.end === "in")) return fromAnswer(last.answer, last.end, last.method, known.value);
    return known.value;
  });
  const refusal = computed<Problem | null>(() => problem.value ?? (late.value?.problem ? problemOf(late.value.problem) : null));

  async function send(kind: "code" | "position" | "leave", end: End, sent: Answer<"PressBody">): Promise<boolean> {
    if (!duty.value) return false;
    busy.value = kind;
    problem.value = null;
    try {
      const answer = await press(duty.value.claimId, duty.value.shiftId, end, sent);
      if (answer) told.value = { answer, end, method: (sent.method ?? null) as Method | null };
      return answer !== null;
    } catch (error) {
      problem.value = problemOf(error);
      return false;
    } finally {
      busy.value = null;
    }
  }

  /** By a code that the camera or a photo has shown; a position goes along if it is allowed and quick. */
  async function byCode(code: string, end: End = "in"): Promise<boolean> {
    busy.value = "code";
    fix.value = await oneFix({ ask: false, within_m: USEFUL_M, wait_ms: ALONG_MS });
    return send("code", end, { method: "rotating_code", code, ...(fix.value ? { position: positionOf(fix.value) } : {}) });
  }
  function byPosition(found: Fix, end: End = "in"): Promise<boolean> {
    fix.value = found;
    return send("position", end, { method: "geofence", position: positionOf(found) });
  }
  /** Leaves: with a position where one comes soon, without any where none does. */
  async function leave(): Promise<boolean> {
    if (busy.value || !duty.value) return false;
    busy.value = "leave";
    const here = duty.value.methods.includes("geofence") ? await oneFix({ ask: true, within_m: USEFUL_M, wait_ms: LEAVING_MS }) : null;
    fix.value = here;
    return send("leave", "out", here ? { method: "geofence", position: positionOf(here) } : {});
  }
  return { busy, problem, refusal, fix, waiting, presence, byCode, byPosition, leave };
}
