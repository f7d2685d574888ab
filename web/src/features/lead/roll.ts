// Who on a shift's list came, who left, and of whom something is still to be said.
import type { RollItem } from "@/api/types";

export const hasArrived = (item: RollItem): boolean => Boolean(item.check_in);
export const hasLeft = (item: RollItem): boolean => Boolean(item.check_out);
/** The shift has ended and nobody knows yet whether they came. */
export const isUnverified = (item: RollItem): boolean => item.state === "unverified";

/** Earliest first; who hasn't come stands below, by name. */
export function byArrival(items: readonly RollItem[]): RollItem[] {
  const at = (item: RollItem) => (item.check_in ? Date.parse(item.check_in.at) : Number.POSITIVE_INFINITY);
  return [...items].sort((a, b) => at(a) - at(b) || a.name.localeCompare(b.name, "zh-CN"));
}

/** Latest first, as arrivals are told under the code. */
export function newestFirst(items: readonly RollItem[]): RollItem[] {
  const here = byArrival(items.filter(hasArrived)).reverse();
  return [...here, ...byArrival(items.filter((item) => !hasArrived(item)))];
}

/** Whether the arrival waits for somebody's word: not ticked, and not strong enough by itself. */
export function arrivalWaits(item: RollItem): boolean {
  const arrival = item.check_in;
  if (!arrival || arrival.ticked_as || hasLeft(item)) return false;
  return item.counts === "lead_confirms" || item.counts === "under_review";
}

/** Where somebody stands on the list of departures. */
export type Departure = "to_tick" | "to_look_at" | "settled" | "unverified" | "not_come" | "own";

/** `own` comes first: whatever a lead's own ends are, another person says so. */
export function departureOf(item: RollItem, own: boolean): Departure {
  if (own) return "own";
  if (isUnverified(item)) return "unverified";
  if (!hasArrived(item)) return "not_come";
  if (!hasLeft(item)) return "to_tick";
  const said = item.check_out?.ticked_as != null || item.check_out?.evidence_level === "attested";
  const waits = item.counts === "lead_confirms" || item.counts === "under_review";
  return waits && !said ? "to_look_at" : "settled";
}
