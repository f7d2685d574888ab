// A year of one's own record: the services with what became of them, and the ledger's entries that make the sums.
import { useQuery } from "@tanstack/vue-query";
import { type Ref, computed } from "vue";
import { api, body } from "@/api/client";
import type { Answer } from "@/api/types";

export type Entry = Answer<"Page_EntryView">["items"][number];
const PAGE = 100;
/** No person serves more often a year; a list that never ends would be a fault. */
const MOST_PAGES = 20;

async function everyPage<T>(ask: (cursor?: string) => Promise<{ items: T[]; next?: string | null }>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await ask(cursor);
    all.push(...items);
    if (!next) break;
    cursor = next;
  }
  return all;
}

export function useRecord(year: Ref<number>) {
  const services = useQuery({
    queryKey: ["services", year],
    queryFn: () => everyPage((cursor) => body(api.GET("/api/v1/me/services", { params: { query: { year: year.value, limit: PAGE, cursor } } }))),
    meta: { kept: true },
  });
  const ledger = useQuery({
    queryKey: ["ledger", year],
    queryFn: async () => {
      const first = await body(api.GET("/api/v1/me/ledger", { params: { query: { year: year.value, limit: PAGE } } }));
      const more = first.entries.next
        ? await everyPage(async (cursor) => (await body(api.GET("/api/v1/me/ledger", { params: { query: { year: year.value, limit: PAGE, cursor: cursor ?? first.entries.next! } } }))).entries)
        : [];
      return { balance: first.balance, entries: [...first.entries.items, ...more] };
    },
    meta: { kept: true },
  });
  /** Minutes by whose name they were served in, net of reversals. */
  const sums = computed(() => {
    const minutes = { individual: 0, unit: 0 };
    for (const entry of ledger.data.value?.entries ?? []) minutes[entry.inputs.served_as === "unit" ? "unit" : "individual"] += entry.minutes;
    return minutes;
  });
  /** The entries of one claim, oldest first. */
  const entriesOf = (claim: number): Entry[] => (ledger.data.value?.entries ?? []).filter((entry) => entry.inputs.claim_id === claim).reverse();
  return { services, ledger, sums, entriesOf };
}
