// What may be done with a post as a whole, from where it stands.
import type { Post } from "@/api/types";

export type Step = "publish" | "pause" | "close" | "cancel";

const FROM: Record<Step, readonly Post["state"][]> = {
  publish: ["draft", "paused"],
  pause: ["published"],
  close: ["published", "paused"],
  cancel: ["draft", "published", "paused"],
};

export function stepsOf(state: Post["state"]): Step[] {
  return (Object.keys(FROM) as Step[]).filter((step) => FROM[step].includes(state));
}

/** Ready reasons of each step that needs one. */
export const REASONS = {
  pause: ["enough", "weather", "changing"],
  close: ["done", "season"],
  cancel: ["weather", "moved", "mistake"],
} as const;
