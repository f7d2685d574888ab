// One shift as whoever leads it sees it: its post, its list, kept fresh by the live line.
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { useRoute } from "vue-router";
import { api, body } from "@/api/client";
import { useLive } from "@/api/live";
import type { RollItem, WholeShift } from "@/api/types";
import { learnConfig } from "@/config";
import { me } from "@/features/accounts/session";

export type End = "in" | "out";

/** The shift that the address names. */
export function useShiftId(): Ref<number> {
  const route = useRoute();
  return computed(() => Number(route.params.shiftId));
}

export function useShift(id: Ref<number>) {
  return useQuery({
    queryKey: computed(() => ["shift", id.value]),
    queryFn: () => body(api.GET("/api/v1/shifts/{id}", { params: { path: { id: id.value } } })),
    meta: { kept: true },
  });
}

/** Everybody who is expected, whether they came or not, with both of their ends. */
export function useRoll(id: Ref<number>) {
  return useQuery({
    queryKey: computed(() => ["roll", id.value, "in"]),
    queryFn: () => body(api.GET("/api/v1/shifts/{id}/arrivals", { params: { path: { id: id.value } } })),
    meta: { kept: true },
    placeholderData: keepPreviousData,
    staleTime: 2_000,
  });
}

/** Asks anew for the shift and its list whenever something about them changed. */
export function useLiveShift(id: Ref<number>): { connected: Readonly<Ref<boolean>> } {
  const client = useQueryClient();
  return useLive(`shift:${id.value}`, (told) => {
    // The demonstration's clock has moved.
    if (told?.topic === "resync") void learnConfig();
    void client.invalidateQueries({ queryKey: ["roll", id.value] });
    void client.invalidateQueries({ queryKey: ["shift", id.value] });
  });
}

/** After something was said of claims: what is shown of them is asked anew. */
export function useRefresh(id: Ref<number>) {
  const client = useQueryClient();
  return () => Promise.all([client.invalidateQueries({ queryKey: ["roll", id.value] }), client.invalidateQueries({ queryKey: ["shift", id.value] }), client.invalidateQueries({ queryKey: ["day"] })]);
}

/** Whether somebody on the list is who holds this phone: of oneself nothing can be said. */
export const isOwn = (item: RollItem): boolean => item.member_id === me.value?.id;
export const placeOf = (shift: WholeShift): string => shift.post.place || shift.post.title;
