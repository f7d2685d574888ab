// The morning at 盘旋路 that many tests tell: its shift at 7:30, who leads it, who holds a place.
import type { Caller, City } from "./city";

export interface Morning {
  shift: number;
  post: number;
  lead: Caller;
  /** The claim of each name at this shift. */
  claims: Record<string, number>;
}

interface Led {
  items: { id: number; post_id: number; starts_at: string }[];
}

/** Has these members claim the shift at 盘旋路 that begins at 7:30 on the city's Tuesday, unless they hold a place already. */
export async function morningAt(city: City, members: string[]): Promise<Morning> {
  const lead = await city.as("李秀英");
  const led = await lead.get<Led>("/me/shifts-led?limit=100");
  const found = led.items.find((shift) => Date.parse(shift.starts_at) === Date.parse("2026-09-01T07:30:00+08:00"));
  if (!found) throw new Error("李秀英 leads no shift at 7:30 on 1 September");
  const claims: Record<string, number> = {};
  for (const name of members) {
    const member = await city.as(name);
    const held = await member.get<{ items: { id: number; shift_id: number; state: string }[] }>("/me/claims?limit=100");
    const before = held.items.find((claim) => claim.shift_id === found.id && claim.state !== "released");
    claims[name] = before?.id ?? (await member.post<{ id: number }>(`/shifts/${found.id}/claims`)).id;
  }
  return { shift: found.id, post: found.post_id, lead, claims };
}

/** The address that the code on the lead's page holds at this moment. */
export const codeOf = async (morning: Morning): Promise<string> => (await morning.lead.get<{ url: string }>(`/shifts/${morning.shift}/code`)).url;

/** Checks somebody in or out by the code that shows now, as a phone does that gives no position. */
export async function press(city: City, morning: Morning, name: string, end: "check-in" | "check-out", position?: object): Promise<unknown> {
  const member = await city.as(name);
  return member.post(`/claims/${morning.claims[name]}/${end}`, { method: "rotating_code", code: await codeOf(morning), ...(position ? { position } : {}) });
}
