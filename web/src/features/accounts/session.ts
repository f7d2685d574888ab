// Who is signed in on this phone or desk. The cookie is the server's; the pages only know whom it answers as.
import { computed, shallowRef } from "vue";
import { api, body } from "@/api/client";
import { problemOf } from "@/api/problem";
import { forgetQueries, queries } from "@/api/queries";
import type { Me } from "@/api/types";

const ME = ["me"];
const known = shallowRef<Me | null>(null);

/** The signed-in person, or null. */
export const me = computed(() => known.value);

const DESK_ROLES = ["community_officer", "street_officer", "district_officer", "city_officer"] as const;

/** The roles by which somebody publishes, with their organisations. */
export const publishes = computed(() => (known.value?.roles ?? []).filter((held) => (DESK_ROLES as readonly string[]).includes(held.role)));
/** The units whose members' hours somebody may read. */
export const unitsHeld = computed(() => (known.value?.roles ?? []).filter((held) => held.role === "unit_officer"));

/**
 * Asks once who is signed in. Without a network the person of last time stays, so that their own pages open; `null` only
 * when the server says that nobody is.
 */
export async function whoIsIt(): Promise<Me | null> {
  if (known.value) return known.value;
  try {
    known.value = await queries.fetchQuery({ queryKey: ME, queryFn: () => body(api.GET("/api/v1/me")), meta: { kept: true }, staleTime: 60_000 });
  } catch (error) {
    if (problemOf(error).code === "session.required") return null;
    known.value = queries.getQueryData<Me>(ME) ?? null;
    if (!known.value) throw error;
  }
  return known.value;
}

export async function signIn(account: string, password: string): Promise<Me> {
  const answer = await body(api.POST("/api/v1/session", { body: { account, password } }));
  await forgetQueries();
  queries.setQueryData(ME, answer.me);
  known.value = answer.me;
  return answer.me;
}

/** Ends the session on the server, and forgets on this phone what it showed. */
export async function signOut(): Promise<void> {
  await api.DELETE("/api/v1/session").catch((error: unknown) => {
    if (problemOf(error).code !== "session.required") throw error;
  });
  await forget();
}

/** The server no longer knows the session. What was typed stays on its page until it is left. */
export async function forget(): Promise<void> {
  known.value = null;
  await forgetQueries();
}

/** The profile has changed. */
export function learn(changed: Me): void {
  queries.setQueryData(ME, changed);
  known.value = changed;
}
