// What the list of departures says of one person: both ends in words, the share of the shift, and what became of the minutes.
import type { RollItem, WholeShift } from "@/api/types";
import { say } from "@/i18n";
import { clock } from "@/i18n/format";
import type { TagState } from "@/ui/StateTag.vue";
import { evidenceOf, signalsOf } from "./evidence";

/** What became of a service's minutes. Under a quarter of an hour nothing does. */
export function tagOf(item: RollItem): TagState | null {
  if (!item.check_out) return item.state === "open" ? "lead_confirms" : null;
  if (item.uncounted === "too_short") return "uncounted";
  return item.counts ?? null;
}

export function linesOf(item: RollItem): string[] {
  const { check_in: arrival, check_out: departure } = item;
  if (!arrival) return [];
  if (!departure) return [say(item.state === "open" ? "lead.leave.still_open" : "lead.leave.not_left", { time: clock(arrival.at) })];
  const lines = [say("lead.leave.both", { from: clock(arrival.at), until: clock(departure.at), how: evidenceOf(departure, true) })];
  if (item.minutes != null) lines.push(minutesOf(item));
  if (item.counts !== "counted") lines.push(...signalsOf(departure));
  return lines;
}

function minutesOf(item: RollItem): string {
  if (item.uncounted) return say(`lead.uncounted.${item.uncounted}`, { n: item.minutes });
  // A lead's tick settles every doubt about evidence: what still waits is the share of the shift, which an officer looks at.
  if (item.counts === "under_review" && item.check_out?.ticked_as === "lead") return say("lead.minutes.too_small_a_share", { n: item.minutes });
  return say(`lead.minutes.${item.counts ?? "lead_confirms"}`, { n: item.minutes });
}

/** How much of the shift somebody has stood by `until`, 0 to 1. */
export function partOf(item: RollItem, shift: WholeShift, until: Date): number {
  if (!item.check_in) return 0;
  const [starts, ends] = [Date.parse(shift.starts_at), Date.parse(shift.ends_at)];
  const from = Math.max(starts, Date.parse(item.check_in.at));
  return Math.min(1, Math.max(0, (until.getTime() - from) / Math.max(1, ends - starts)));
}
