// A refusal as people read it: one sentence in their language that says what to do next.
import { type Problem, problemOf } from "@/api/problem";
import { isSaid, say } from "@/i18n";

export function sentenceOf(error: unknown): string {
  const problem = problemOf(error);
  const key = `problem.${problem.code}`;
  return say(isSaid(key) ? key : problem.status >= 500 ? "problem.internal" : "problem.request.malformed", problem.facts);
}

/** Whom a refusal names as the one to ask: the shift's lead, with the phone where one may see it. */
export function leadOf(problem: Problem): { name: string; phone: string | null } | null {
  const lead = problem.facts.lead;
  if (typeof lead !== "object" || lead === null || !("name" in lead) || typeof lead.name !== "string") return null;
  const phone = "phone" in lead && typeof lead.phone === "string" ? lead.phone : null;
  return { name: lead.name, phone };
}
