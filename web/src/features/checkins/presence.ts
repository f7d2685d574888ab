// What stands of a service: how somebody arrived and left, what that counts, and whom it waits on; read from any answer.
import type { Answer, ClaimState, EvidenceLevel, LeadContact, OwnService, PressAnswer, Reason, Uncounted, VerdictCode } from "@/api/types";
import type { End } from "./scan";

export interface Stand {
  at: string;
  method: Answer<"Method"> | null;
  level: EvidenceLevel;
  verdict: VerdictCode | null;
  reasons: Reason[];
  ticked: boolean;
}

export interface Presence {
  state: ClaimState;
  arrived: Stand | null;
  left: Stand | null;
  counts: Answer<"Counts"> | null;
  minutes: number | null;
  uncounted: Uncounted | null;
  waitsOn: { name: string; phone: string | null } | null;
  /** The last try, when it said something else than what stands. */
  attempt: { verdict: VerdictCode | null; aboutM: number | null } | null;
}

type Method = Answer<"Method">;

function standOf(end: Answer<"EndView"> | null | undefined): Stand | null {
  if (!end) return null;
  return { at: end.at, method: end.method ?? null, level: end.evidence_level, verdict: end.verdict ?? null, reasons: end.reasons, ticked: Boolean(end.ticked_as) };
}

export function fromService(service: OwnService): Presence {
  const { waits_on } = service;
  return {
    state: service.state,
    arrived: standOf(service.check_in),
    left: standOf(service.check_out),
    counts: service.counts ?? null,
    minutes: service.minutes ?? null,
    uncounted: service.uncounted ?? null,
    waitsOn: waits_on ? { name: waits_on.name, phone: waits_on.phone ?? null } : null,
    attempt: null,
  };
}

/** From the answer to a press; what it doesn't say of the other end is taken from what was known. */
export function fromAnswer(answer: PressAnswer, end: End, method: Method | null, before: Presence | null): Presence {
  const at = end === "in" ? answer.checked_in_at : answer.checked_out_at;
  const stand: Stand | null = at ? { at, method, level: answer.evidence_level, verdict: answer.verdict ?? null, reasons: answer.reasons, ticked: answer.evidence_level === "attested" } : null;
  const lead: LeadContact | null = answer.lead ?? null;
  const earlier = before?.arrived ?? (answer.checked_in_at ? { at: answer.checked_in_at, method: null, level: "fair" as const, verdict: null, reasons: [], ticked: false } : null);
  return {
    state: answer.state,
    arrived: end === "in" ? stand : earlier,
    left: end === "out" ? stand : (before?.left ?? null),
    counts: answer.counts,
    minutes: answer.minutes ?? null,
    uncounted: answer.uncounted ?? null,
    waitsOn: lead ? { name: lead.name, phone: lead.phone ?? null } : (before?.waitsOn ?? null),
    attempt: { verdict: answer.attempt.verdict ?? null, aboutM: answer.attempt.about_m ?? null },
  };
}

/** How a presence is shown: nothing yet, arrived for sure, noted but in doubt, or left. */
export type View = "none" | "arrived" | "doubt" | "left";

export function viewOf({ arrived, left }: Presence): View {
  if (left) return "left";
  if (!arrived) return "none";
  return arrived.level === "weak" && !arrived.ticked ? "doubt" : "arrived";
}
