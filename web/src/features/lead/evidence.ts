// What shows somebody's presence, in the words of what happened: never an accusation, and never more than is known.
import type { RollItem } from "@/api/types";
import { say } from "@/i18n";

export type EndView = NonNullable<RollItem["check_in"]>;

const MILD = ["edge", "no_position", "clock_skew"];

/** How one end was shown: `扫码，在岗位范围内`. */
export function evidenceOf(end: EndView, left = false): string {
  if (end.evidence_level === "attested" || end.method === "attestation") return say("lead.evidence.attested");
  if (end.method == null) return say(left ? "lead.evidence.alone" : "lead.evidence.none");
  const verdict = end.verdict ?? "none_given";
  const how = say(`lead.evidence.${end.method}`);
  const where = say(`lead.evidence.${verdict}${left && verdict === "outside" ? "_left" : ""}`);
  return say("lead.evidence.both", { how, where });
}

/** What else was noticed, each in a sentence; the last says that the lead's word is enough. */
export function signalsOf(end: EndView): string[] {
  const noticed = end.reasons.filter((reason) => !MILD.includes(reason)).map((reason) => say(`lead.signal.${reason}`));
  if (end.late) noticed.push(say("lead.signal.late"));
  return noticed.length > 0 ? [...noticed, say("lead.signal.confirm")] : [];
}
