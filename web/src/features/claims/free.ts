// Until when a place may be given back without being late: told before claiming; after it, the server's own answer holds.
import { dayOf, dayAfter, instantOf } from "@/i18n/format";

const MINUTE_MS = 60_000;
const EARLY_BEFORE = "09:00";
const EVE = "21:00";

/** Two hours before the start, or nine in the evening before an early one, and half an hour after claiming in any case. */
export function freeUntil(startsAt: string, claimedAt: Date): Date {
  const starts = Date.parse(startsAt);
  const day = dayOf(startsAt);
  const early = starts < Date.parse(instantOf(day, EARLY_BEFORE));
  const before = early ? Date.parse(instantOf(dayAfter(day, -1), EVE)) : starts - 120 * MINUTE_MS;
  return new Date(Math.min(starts, Math.max(before, claimedAt.getTime() + 30 * MINUTE_MS)));
}
