// What waits for an officer's word, and which words fit each service.
import { useQuery } from "@tanstack/vue-query";
import { computed, type ComputedRef, type Ref } from "vue";
import { api, body } from "@/api/client";
import type { Answer, RollItem } from "@/api/types";

export type ReviewItem = Answer<"Page_ReviewItem">["items"][number];
export type Word = "tick_in" | "tick_out" | "attest" | "excused" | "no_show";

/** A claim without a check-in wants somebody's word on whether they were there; one with both ends, on how long. */
export function wordsFor(item: Pick<ReviewItem, "state" | "check_in" | "check_out">): Word[] {
  if (item.state === "unverified") return ["attest", "excused", "no_show"];
  if (item.state === "completed") return ["tick_out"];
  if (item.state === "checked_in" || item.state === "open") return item.check_in && !item.check_in.ticked_as ? ["tick_in", "tick_out", "attest"] : ["tick_out", "attest"];
  return [];
}

/** A service to be reviewed as the shift's list has it, for the sentences that the list says. */
export function asRollItem(item: ReviewItem): RollItem {
  return item as unknown as RollItem;
}

/** How many services wait for this organisation; as many as a page holds at most. */
export function useWaiting(organization: Ref<number | null>): ComputedRef<number> {
  const asked = useQuery({
    queryKey: computed(() => ["reviews", organization.value, "count"]),
    queryFn: () => body(api.GET("/api/v1/organizations/{id}/reviews", { params: { path: { id: organization.value! }, query: { limit: 100 } } })),
    enabled: computed(() => organization.value !== null),
    refetchInterval: 60_000,
  });
  return computed(() => asked.data.value?.items.length ?? 0);
}
