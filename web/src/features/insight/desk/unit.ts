// A unit's members and their quarter: what the filters hold, what a name finds, and what all add up to. Nothing sorts by hours.
import { api, body } from "@/api/client";
import type { Answer } from "@/api/types";

export type MemberHours = Answer<"MemberHours">;
export interface Period {
  year: number;
  /** 0 is the whole year. */
  quarter: 0 | 1 | 2 | 3 | 4;
}

/** 5,000 members: the largest units stay below. */
const MOST_PAGES = 50;

/** All members, page by page, in the server's order: by the spelling of their names. */
export async function fetchHours(unit: number, period: Period): Promise<MemberHours[]> {
  const members: MemberHours[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { year: period.year, limit: 100, cursor, ...(period.quarter === 0 ? {} : { quarter: period.quarter }) };
    const answer = (await body(api.GET("/api/v1/organizations/{id}/hours", { params: { path: { id: unit }, query } }))) as Answer<"Page_MemberHours">;
    members.push(...answer.items);
    cursor = answer.next ?? undefined;
    if (!cursor) break;
  }
  return members;
}

export const FILTERS = ["all", "waiting", "served", "none", "no_consent"] as const;
export type Filter = (typeof FILTERS)[number];

const HOLDS: Record<Filter, (member: MemberHours) => boolean> = {
  all: () => true,
  waiting: (member) => (member.waiting ?? 0) > 0,
  served: (member) => member.consented && (member.services ?? 0) > 0,
  none: (member) => member.consented && (member.services ?? 0) === 0,
  no_consent: (member) => !member.consented,
};

export const counted = (members: readonly MemberHours[], filter: Filter): number => members.filter(HOLDS[filter]).length;

/** Those of a filter whose name or branch holds the text; the order stays. */
export function found(members: readonly MemberHours[], filter: Filter, text: string): MemberHours[] {
  const wanted = text.trim().toLowerCase();
  return members.filter((member) => HOLDS[filter](member) && (wanted === "" || member.name.toLowerCase().includes(wanted) || (member.branch ?? "").toLowerCase().includes(wanted)));
}

export interface Totals {
  consented: number;
  services: number;
  minutes: number;
  waiting: number;
}

/** Sums over those who let the unit see; the others add nothing, not even a zero. */
export function totalsOf(members: readonly MemberHours[]): Totals {
  const seen = members.filter((member) => member.consented);
  const sum = (of: (member: MemberHours) => number | null | undefined) => seen.reduce((all, member) => all + (of(member) ?? 0), 0);
  return { consented: seen.length, services: sum((one) => one.services), minutes: sum((one) => one.minutes), waiting: sum((one) => one.waiting) };
}

/** The quarters to choose from: this one and the seven before, then the two years they lie in. */
export function periods(today: string): Period[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const here = year * 4 + Math.floor((month - 1) / 3);
  const quarters = Array.from({ length: 8 }, (_, back): Period => ({ year: Math.floor((here - back) / 4), quarter: (((here - back) % 4) + 1) as Period["quarter"] }));
  return [...quarters, { year, quarter: 0 }, { year: year - 1, quarter: 0 }];
}

/** Rows shown at once; more than this is a page further on. */
export const ROWS = 100;
