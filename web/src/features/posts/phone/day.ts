// An organisation's day: all of its shifts with who came and who leads.
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { api, body } from "@/api/client";
import { useLive } from "@/api/live";
import type { Answer } from "@/api/types";
import { learnConfig } from "@/config";

export type DayShift = Answer<"DayView">["shifts"]["items"][number];
export interface Day {
  totals: Answer<"DayTotals">;
  shifts: DayShift[];
}

const PAGE = 100;
/** More than a city has in a day. */
const MOST_PAGES = 30;

async function wholeDay(organization: number, day: string): Promise<Day> {
  const shifts: DayShift[] = [];
  let cursor: string | undefined;
  for (let pages = 0; ; pages += 1) {
    const view = await body(api.GET("/api/v1/organizations/{id}/day", { params: { path: { id: organization }, query: { day, limit: PAGE, ...(cursor ? { cursor } : {}) } } }));
    shifts.push(...view.shifts.items);
    cursor = view.shifts.next ?? undefined;
    if (!cursor || pages >= MOST_PAGES) return { totals: view.totals, shifts };
  }
}

export function useDay(organization: Ref<number>, day: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ["day", organization.value, day.value]),
    queryFn: () => wholeDay(organization.value, day.value),
    enabled: computed(() => organization.value > 0),
    meta: { kept: true },
    refetchInterval: 60_000,
  });
}

/** The day is asked anew when something of the organisation changed. */
export function useLiveDay(organization: number): void {
  const client = useQueryClient();
  useLive(`organization:${organization}`, (told) => {
    if (told?.topic === "resync") void learnConfig();
    void client.invalidateQueries({ queryKey: ["day", organization] });
  });
}

export type Standing = "stopped" | "over" | "running" | "ahead";

export function standingOf(row: DayShift, at: number): Standing {
  if (row.shift.state !== "open") return "stopped";
  if (Date.parse(row.shift.ends_at) <= at) return "over";
  return Date.parse(row.shift.starts_at) <= at ? "running" : "ahead";
}

/** What an officer should look at: nobody holds a place, nobody is there though it runs, nobody leads. */
export type Trouble = "nobody" | "nobody_there" | "no_lead";

export function troubleOf(row: DayShift, at: number): Trouble | null {
  const standing = standingOf(row, at);
  if (standing === "stopped" || standing === "over") return null;
  if (row.shift.taken === 0) return "nobody";
  if (standing === "running" && row.arrived === 0) return "nobody_there";
  return row.shift.lead_id == null ? "no_lead" : null;
}
