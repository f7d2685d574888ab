// What a member asks of the server about their own places and services, under one key each.
import { useInfiniteQuery, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, body } from "@/api/client";
import { queries } from "@/api/queries";
import type { OwnPlace } from "@/api/types";
import { dutyOfPlace } from "./duty";

/** Places still to be stood or to be checked out from, soonest first. */
export function useAhead() {
  const query = useQuery({
    queryKey: ["claims", "ahead"],
    queryFn: () => body(api.GET("/api/v1/me/claims", { params: { query: { when: "ahead", limit: 100 } } })),
    meta: { kept: true },
  });
  const items = computed<OwnPlace[]>(() => query.data.value?.items ?? []);
  return { query, items, duties: computed(() => items.value.map(dutyOfPlace)) };
}

/** Places that are over, latest first, a page at a time. */
export function usePast() {
  const query = useInfiniteQuery({
    queryKey: ["claims", "past"],
    queryFn: ({ pageParam }) => body(api.GET("/api/v1/me/claims", { params: { query: { when: "past", limit: 20, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { kept: true },
  });
  return { query, items: computed<OwnPlace[]>(() => query.data.value?.pages.flatMap((page) => page.items) ?? []) };
}

/** The shifts that the member leads. */
export function useLed() {
  return useQuery({ queryKey: ["led"], queryFn: () => body(api.GET("/api/v1/me/shifts-led")), meta: { kept: true } });
}

/** The latest services, in which whatever is being stood now is found. */
export function useServices() {
  return useQuery({
    queryKey: ["services", "latest"],
    queryFn: () => body(api.GET("/api/v1/me/services", { params: { query: { limit: 20 } } })),
    meta: { kept: true },
  });
}

/** After a place was taken, given back, or pressed at: everything that shows it asks anew. */
export function touched(shiftId: number): void {
  for (const queryKey of [["claims"], ["services"], ["ledger"], ["led"], ["queue"], ["shift", shiftId]]) void queries.invalidateQueries({ queryKey });
}
