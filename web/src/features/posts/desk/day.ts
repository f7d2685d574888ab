// An organisation's day as the desk shows it: now, next and over, what each shift lacks, and its marks on the map.
import { api, body } from "@/api/client";
import type { Answer } from "@/api/types";
import { dayOf } from "@/i18n/format";
import type { MarkKind } from "@/ui/map/markers";

export type DayView = Answer<"DayView">;
export type DayShift = DayView["shifts"]["items"][number];
export interface Day {
  day: string;
  totals: DayView["totals"];
  shifts: DayShift[];
}

/** More pages than this are another level's business: 1,000 shifts in one day. */
const MOST_PAGES = 10;

/** The whole day, page by page. */
export async function fetchDay(organization: number, day: string): Promise<Day> {
  const shifts: DayShift[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const view: DayView = await body(api.GET("/api/v1/organizations/{id}/day", { params: { path: { id: organization }, query: { day, limit: 100, cursor } } }));
    shifts.push(...view.shifts.items);
    cursor = view.shifts.next ?? undefined;
    if (!cursor || page === MOST_PAGES - 1) return { day: view.day, totals: view.totals, shifts };
  }
  throw new Error("unreachable");
}

export const GROUPS = ["now", "next", "over"] as const;
export type Group = (typeof GROUPS)[number];

/** Check-in opens half an hour before, and from then on a shift is what happens now. */
const SOON_MS = 30 * 60_000;

export function groupOf(shift: Pick<DayShift["shift"], "starts_at" | "ends_at" | "state">, now: Date): Group {
  if (shift.state !== "open" || Date.parse(shift.ends_at) <= now.getTime()) return "over";
  return Date.parse(shift.starts_at) - SOON_MS <= now.getTime() ? "now" : "next";
}

/** The day's shifts in their groups, each by its start. */
export function grouped(shifts: readonly DayShift[], now: Date): { group: Group; shifts: DayShift[] }[] {
  const byStart = [...shifts].sort((a, b) => Date.parse(a.shift.starts_at) - Date.parse(b.shift.starts_at) || a.shift.id - b.shift.id);
  return GROUPS.map((group) => ({ group, shifts: byStart.filter((one) => groupOf(one.shift, now) === group) })).filter((one) => one.shifts.length > 0);
}

export function kindOf(one: DayShift): MarkKind {
  if (one.shift.state !== "open") return "stopped";
  if (one.shift.taken === 0) return "nobody";
  return one.shift.taken < one.shift.capacity ? "short" : "full";
}

/** One mark a post: of its selected shift, else of the first that isn't over, else of its last. */
export function marksOf(shifts: readonly DayShift[], selected: number | null, now: Date): DayShift[] {
  const byPost = new Map<number, DayShift[]>();
  for (const one of shifts) byPost.set(one.post.id, [...(byPost.get(one.post.id) ?? []), one]);
  return [...byPost.values()].map((of) => of.find((one) => one.shift.id === selected) ?? of.find((one) => groupOf(one.shift, now) !== "over") ?? of[of.length - 1]!);
}

/** Shifts that stopping would end: still open, not over, on that day, of that kind if one is chosen. */
export function stoppable(shifts: readonly DayShift[], now: Date, category: string | null, postIds: readonly number[] | null): DayShift[] {
  return shifts.filter(
    (one) =>
      one.shift.state === "open" && Date.parse(one.shift.ends_at) > now.getTime() && (category === null || one.post.category === category) && (postIds === null || postIds.includes(one.post.id)),
  );
}

/** Only today's and tomorrow's shifts are stopped in one action. */
export function mayStop(day: string, now: Date): boolean {
  const today = dayOf(now);
  return day === today || day === dayOf(new Date(now.getTime() + 86_400_000));
}
