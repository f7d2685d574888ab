// Ticking a list: who was ticked, and by name who couldn't be, with the reason.
import { type Ref, ref } from "vue";
import { api, body } from "@/api/client";
import { Problem } from "@/api/problem";
import { type Pressing, usePressing } from "@/api/pressing";
import type { RollItem } from "@/api/types";
import { sentenceOf } from "@/ui/sentence";
import { type End, useRefresh } from "./shift";

export interface NotTicked {
  name: string;
  reason: string;
}

export function useTicks(shift: Ref<number>, end: End): Pick<Pressing, "busy" | "error"> & {
  notTicked: Ref<NotTicked[]>;
  tick: (items: readonly RollItem[], at?: string) => Promise<boolean>;
} {
  const { busy, error, press } = usePressing();
  const notTicked = ref<NotTicked[]>([]);
  const refresh = useRefresh(shift);

  async function tick(items: readonly RollItem[], at?: string): Promise<boolean> {
    const claims = items.map((item) => item.claim_id);
    return press([claims, at], async (manner) => {
      notTicked.value = [];
      const request = { params: { path: { id: shift.value } }, body: { claim_ids: claims, ...(at ? { at } : {}) }, ...manner };
      const answer = await body(end === "in" ? api.POST("/api/v1/shifts/{id}/arrivals/confirm", request) : api.POST("/api/v1/shifts/{id}/departures/confirm", request));
      notTicked.value = answer.not_done.map(({ claim_id, code }) => ({
        name: items.find((item) => item.claim_id === claim_id)?.name ?? "",
        reason: sentenceOf(new Problem(code, 409)),
      }));
      await refresh();
    });
  }
  return { busy, error, notTicked, tick };
}
