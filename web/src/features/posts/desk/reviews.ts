// What waits for an officer's word, and which words fit each service.
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
