// The posts that need people: today's, those near the phone, those of one's own unit; a page at a time, from the top when too old.
import { useInfiniteQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { api, body } from "@/api/client";
import { now } from "@/api/clock";
import { problemOf } from "@/api/problem";
import { queries } from "@/api/queries";
import type { QueueItem } from "@/api/types";
import { dayAfter, dayOf, instantOf } from "@/i18n/format";

export type Which = "today" | "tomorrow" | "near" | "unit";
export interface Wanted {
  which: Which;
  at: { lat: number; lon: number } | null;
  within_m: number;
  unit: number | null;
}

/** A list of the unit's posts is chosen from so many of the most urgent. */
const LOOKED_THROUGH = 100;

/** What the server is asked for. A position is rounded to about 10 m, so that standing still asks nothing new. */
export function askedFor({ which, at, within_m }: Wanted, time: Date) {
  const day = dayOf(time);
  if (which === "today") return { to: instantOf(dayAfter(day), "00:00"), limit: 20 };
  if (which === "tomorrow") return { from: instantOf(dayAfter(day), "00:00"), to: instantOf(dayAfter(day, 2), "00:00"), limit: 20 };
  if (which === "near" && at) return { lat: Number(at.lat.toFixed(4)), lon: Number(at.lon.toFixed(4)), datum: "wgs84" as const, within_m, limit: 20 };
  return { limit: LOOKED_THROUGH };
}

export function usePosts(wanted: Ref<Wanted>) {
  const asked = computed(() => askedFor(wanted.value, now()));
  const key = computed(() => ["queue", wanted.value.which, asked.value]);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => body(api.GET("/api/v1/queue", { params: { query: { ...asked.value, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (wanted.value.which === "unit" ? undefined : (page.next ?? undefined)),
    enabled: computed(() => wanted.value.which !== "near" || wanted.value.at !== null),
    meta: { kept: true },
  });
  const all = computed<QueueItem[]>(() => query.data.value?.pages.flatMap((page) => page.items) ?? []);
  const items = computed(() => (wanted.value.which === "unit" ? all.value.filter((item) => item.post.organization_id === wanted.value.unit) : all.value));

  /** The next page; a list that has grown too old begins again. */
  async function more(): Promise<void> {
    const { error } = await query.fetchNextPage();
    if (error && problemOf(error).code === "cursor.expired") await queries.resetQueries({ queryKey: key.value });
  }
  return { query, items, more };
}
