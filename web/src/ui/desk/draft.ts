// What somebody has typed and not sent yet: kept in this tab over a reload or an ended session, for that person only.
const here = new Map<string, string>();
const nameOf = (name: string, member: number) => `daogang.draft.${name}.${member}`;

/** Keeps a draft, or forgets it when there is none. */
export function keepDraft(name: string, member: number, draft: unknown): void {
  const key = nameOf(name, member);
  try {
    if (draft === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage refused: kept until the page closes.
  }
  if (draft === null) here.delete(key);
  else here.set(key, JSON.stringify(draft));
}

export function takeDraft<T>(name: string, member: number): T | null {
  const key = nameOf(name, member);
  let text = here.get(key) ?? null;
  try {
    text = sessionStorage.getItem(key) ?? text;
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return text === null ? null : (JSON.parse(text) as T);
  }
}
