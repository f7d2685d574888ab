// Editing a post: what has changed is sent, and when somebody else was faster both versions are laid side by side.
import type { Answer } from "@/api/types";
import { linesIn } from "./publishForm";

export type PostView = Answer<"PostView">;
export type PostEdit = Answer<"PostEdit">;

/** The texts of a post that may be edited, as a form holds them. */
export const TEXTS = ["title", "place", "meeting_point", "bring", "duties", "description", "risk_notice", "insurance_ref", "insurance_waived_by"] as const;
export type TextName = (typeof TEXTS)[number];
export type Edited = Record<TextName, string>;

export function editedOf(post: PostView): Edited {
  return {
    title: post.title,
    place: post.place,
    meeting_point: post.meeting_point,
    bring: post.bring,
    duties: post.duties.join("\n"),
    description: post.description,
    risk_notice: post.risk_notice,
    insurance_ref: post.insurance_ref ?? "",
    insurance_waived_by: post.insurance_waived_by ?? "",
  };
}

/** Only what differs from the version that the editing began with. */
export function changesOf(before: PostView, edited: Edited): PostEdit {
  const was = editedOf(before);
  const changes: Record<string, unknown> = {};
  for (const name of TEXTS) if (edited[name].trim() !== was[name].trim()) changes[name] = name === "duties" ? linesIn(edited.duties) : edited[name].trim();
  return changes as PostEdit;
}

export interface Difference {
  name: TextName;
  theirs: string;
  mine: string;
}

/** Where the version that stands now and what was typed here differ, of what either has touched. */
export function differences(before: PostView, theirs: PostView, edited: Edited): Difference[] {
  const [was, now] = [editedOf(before), editedOf(theirs)];
  return TEXTS.filter((name) => now[name] !== edited[name] && (now[name] !== was[name] || edited[name] !== was[name])).map((name) => ({ name, theirs: now[name], mine: edited[name] }));
}

/** What was typed here over the version that stands now: untouched texts become theirs, touched ones stay. */
export function rebased(before: PostView, theirs: PostView, edited: Edited): Edited {
  const [was, now] = [editedOf(before), editedOf(theirs)];
  const merged = { ...edited };
  for (const name of TEXTS) if (edited[name] === was[name]) merged[name] = now[name];
  return merged;
}
