// The cache of what the server said: kept on this phone for when there is no network, forgotten at sign-out.
import { QueryClient } from "@tanstack/vue-query";
import { persistQueryClient } from "@tanstack/query-persist-client-core";
import { createStore, del, get, set } from "idb-keyval";
import { problemOf } from "./problem";

const KEPT = "daogang-kept";
const DAY_MS = 86_400_000;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: DAY_MS,
      retry: (count, error) => count < 2 && problemOf(error).passes && navigator.onLine !== false,
      networkMode: "always",
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: "always", retry: false },
  },
});

const store = () => createStore("daogang", "kept");

/** Takes back what was kept, and keeps from now on every query marked `meta: { kept: true }`. Works without storage too. */
export async function keepQueries(version: string): Promise<void> {
  const [, restored] = persistQueryClient({
    queryClient: queries,
    maxAge: 7 * DAY_MS,
    buster: version,
    persister: {
      persistClient: (client) => set(KEPT, client, store()).catch(() => {}),
      restoreClient: () => get(KEPT, store()).catch(() => undefined),
      removeClient: () => del(KEPT, store()).catch(() => {}),
    },
    dehydrateOptions: { shouldDehydrateQuery: (query) => query.meta?.kept === true && query.state.status === "success" },
  });
  await restored;
}

/** Forgets all that was kept, in memory and on the phone. */
export async function forgetQueries(): Promise<void> {
  queries.clear();
  await del(KEPT, store()).catch(() => {});
}
