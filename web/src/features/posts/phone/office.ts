// For which organisation an officer acts on this phone: the one they hold a role in, or the one chosen among several.
import { computed, ref } from "vue";
import { publishes } from "@/features/accounts/session";
import { keep, kept } from "@/ui/kept";

const KEPT = "office.organization";
const chosen = ref(Number(kept(KEPT)) || 0);

export interface Office {
  id: number;
  name: string;
}

/** The organisations in which the officer publishes, each once. */
export const offices = computed<Office[]>(() => {
  const byId = new Map(publishes.value.map((held) => [held.organization_id, held.organization]));
  return [...byId].map(([id, name]) => ({ id, name }));
});
export const office = computed<Office | null>(() => offices.value.find((one) => one.id === chosen.value) ?? offices.value[0] ?? null);

export function chooseOffice(id: number): void {
  chosen.value = id;
  keep(KEPT, String(id));
}
