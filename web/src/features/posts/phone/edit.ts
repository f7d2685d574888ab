// Changing a post's texts, also when somebody else has changed them in the meantime.
import type { Post } from "@/api/types";

export const FIELDS = ["title", "place", "meeting_point", "bring", "duties", "description", "risk_notice", "insurance_ref"] as const;
export type FieldName = (typeof FIELDS)[number];
export type Texts = Record<FieldName, string>;

export function textsOf(post: Post): Texts {
  return {
    title: post.title,
    place: post.place,
    meeting_point: post.meeting_point,
    bring: post.bring,
    duties: post.duties.join("\n"),
    description: post.description,
    risk_notice: post.risk_notice,
    insurance_ref: post.insurance_ref ?? "",
  };
}

/** The fields in which two versions differ. */
export function differing(one: Texts, other: Texts): FieldName[] {
  return FIELDS.filter((field) => one[field].trim() !== other[field].trim());
}

/** What of mine is to be sent: that which I changed from where I began. An emptied insurance number is left as it was. */
export function changes(mine: Texts, began: Texts): Record<string, string | string[]> {
  const fields = differing(mine, began).filter((field) => field !== "insurance_ref" || mine[field].trim() !== "");
  return Object.fromEntries(fields.map((field) => [field, field === "duties" ? lines(mine.duties) : mine[field].trim()]));
}

/** Where both of us changed the same field to different words: only a person can say which stands. */
export function conflicts(mine: Texts, began: Texts, theirs: Texts): FieldName[] {
  return FIELDS.filter((field) => differing(mine, began).includes(field) && differing(theirs, began).includes(field) && differing(mine, theirs).includes(field));
}

/** Mine upon theirs: what I didn't touch becomes what they wrote. */
export function merged(mine: Texts, began: Texts, theirs: Texts): Texts {
  const own = new Set(differing(mine, began));
  return Object.fromEntries(FIELDS.map((field) => [field, own.has(field) ? mine[field] : theirs[field]])) as Texts;
}

export const lines = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
