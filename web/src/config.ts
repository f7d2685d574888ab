// What the server tells before anybody signs in: its time, whether it is a demonstration, and where map tiles come from.
import { shallowRef } from "vue";
import { api, body } from "./api/client";
import { learnTime } from "./api/clock";
import type { Answer } from "./api/types";

export type Config = Answer<"PublicConfig">;
export const config = shallowRef<Config | null>(null);

/** A phone asleep or a demonstration moved on: the time is learnt anew this often. */
const ANEW_MS = 60_000;
let askedLast = 0;

/** Asks for the configuration; a server out of reach leaves what was known. */
export async function learnConfig(): Promise<void> {
  const askedAt = (askedLast = Date.now());
  try {
    const told = await body(api.GET("/api/v1/config"));
    learnTime(told.now, askedAt, Date.now());
    config.value = told;
  } catch {
    // Pages say so themselves when they ask for more than the time.
  }
}

setInterval(() => {
  if (document.visibilityState !== "hidden") void learnConfig();
}, ANEW_MS);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden" && Date.now() - askedLast > 5_000) void learnConfig();
});
