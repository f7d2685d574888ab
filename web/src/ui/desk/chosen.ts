// For which of several organisations somebody works at the moment; kept on this computer.
import { computed, ref, type ComputedRef, type Ref } from "vue";
import { keep, kept } from "@/ui/kept";

export interface Held {
  organization_id: number;
  organization: string;
}

const wanted = ref(Number(kept("organization") ?? 0));

/** The organisation chosen among those held; the first until somebody chooses. */
export function useChosen(held: Ref<readonly Held[]>): { chosen: ComputedRef<Held | null>; choose: (id: number) => void } {
  const chosen = computed(() => held.value.find((one) => one.organization_id === wanted.value) ?? held.value[0] ?? null);
  const choose = (id: number) => {
    wanted.value = id;
    keep("organization", String(id));
  };
  return { chosen, choose };
}
