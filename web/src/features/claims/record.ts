// A member's year put in order: what waits comes first, what counts after it, and twelve columns with a block for each service.
import type { Answer, OwnService } from "@/api/types";
import type { TagState } from "@/ui/StateTag.vue";
import { dayOf } from "@/i18n/format";

type Entry = Answer<"LedgerView">["entries"]["items"][number];

export interface Sorted {
  waiting: OwnService[];
  counted: OwnService[];
  /** Neither: excused, said not to be there, or nobody said anything in time. */
  others: OwnService[];
}

const WAITING = ["unverified", "open"];

/** Whether a service stands in nobody's way any more. */
function groupOf(service: OwnService): keyof Sorted {
  if (WAITING.includes(service.state)) return "waiting";
  if (service.state !== "completed" && service.state !== "checked_in") return "others";
  if (service.uncounted === "too_short") return "others";
  if (service.counts === "counted") return service.state === "completed" ? "counted" : "others";
  return "waiting";
}

/** What is being stood right now is no record yet. */
export function sort(services: OwnService[], now: Date): Sorted {
  const sorted: Sorted = { waiting: [], counted: [], others: [] };
  for (const service of services) {
    if (service.state === "checked_in" && Date.parse(service.shift.ends_at) > now.getTime()) continue;
    sorted[groupOf(service)].push(service);
  }
  return sorted;
}

/** The blocks of each month from January, the counted ones at the bottom. */
export function columns({ waiting, counted }: Sorted): TagState[][] {
  const months: TagState[][] = Array.from({ length: 12 }, () => []);
  const monthOf = (service: OwnService) => Number(dayOf(service.shift.starts_at).slice(5, 7)) - 1;
  for (const service of counted) months[monthOf(service)]!.push("counted");
  for (const service of waiting) if (service.counts === "under_review" || service.counts === null) months[monthOf(service)]!.push("under_review");
  for (const service of waiting) if (service.counts === "lead_confirms") months[monthOf(service)]!.push("lead_confirms");
  return months;
}

/** Minutes in one's own name and in the unit's, net of reversals. */
export function apart(entries: Entry[]): { individual: number; unit: number } {
  const sums = { individual: 0, unit: 0 };
  for (const { minutes, inputs } of entries) sums[inputs.served_as === "unit" ? "unit" : "individual"] += minutes;
  return sums;
}

/** The entries of each claim, oldest first. */
export function byClaim(entries: Entry[]): Map<number, Entry[]> {
  const found = new Map<number, Entry[]>();
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    const of = found.get(entry.inputs.claim_id) ?? [];
    of.push(entry);
    found.set(entry.inputs.claim_id, of);
  }
  return found;
}
