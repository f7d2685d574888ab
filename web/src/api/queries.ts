// The cache of what the server said: kept on this phone for when there is no network, forgotten at sign-out.
import { QueryClient } from "@tanstack/vue-query";
import { persistQueryClient } from "@tanstack/query-persist-client-core";
import { type UseStore, createStore, del, get, set } from "idb-keyval";
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

/** A browser that refuses storage throws on the mere asking; then nothing is kept, and everything works. */
async function kept<T>(act: (store: UseStore) => Promise<T>): Promise<T | undefined> {
  try {
    return await act(createStore("daogang", "kept"));
  } catch {
    return undefined;
  }
}

/** Takes back what was kept, and keeps from now on every query marked `meta: { kept: true }`. Works without storage too. */
export async function keepQueries(version: string): Promise<void> {
  const [, restored] = persistQueryClient({
    queryClient: queries,
    maxAge: 7 * DAY_MS,
    buster: version,
    persister: {
      persistClient: (client) => kept((store) => set(KEPT, client, store)),
      restoreClient: () => kept((store) => get(KEPT, store)),
      removeClient: () => kept((store) => del(KEPT, store)),
    },
    dehydrateOptions: { shouldDehydrateQuery: (query) => query.meta?.kept === true && query.state.status === "success" },
  });
  await restored;
}

/** Forgets all that was kept, in memory and on the phone. */
export async function forgetQueries(): Promise<void> {
  queries.clear();
  await kept((store) => del(KEPT, store));
}
