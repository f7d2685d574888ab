// The post at 盘旋路十字 as members meet it: its shifts, places in them, where a phone stands, and the code that its lead shows.
import type { BrowserContextOptions } from "@playwright/test";
import type { City } from "./city";

export interface Shift {
  id: number;
  starts_at: string;
  ends_at: string;
}

/** Where the post stands, and its radius in metres. */
export const POST = { latitude: 36.037457, longitude: 103.989452 };
const METRES_A_DEGREE = 111_320;

/** A browser that is so many metres north of the post, with an accuracy in metres. */
export function standing(metres: number, accuracy: number): BrowserContextOptions {
  return { permissions: ["geolocation"], geolocation: { latitude: POST.latitude + metres / METRES_A_DEGREE, longitude: POST.longitude, accuracy } };
}

/** The shift of 李秀英 that begins at a time in China. */
export async function shiftAt(city: City, starts: string): Promise<Shift> {
  const { items } = await (await city.as("李秀英")).get<{ items: Shift[] }>("/me/shifts-led");
  const shift = items.find((one) => Date.parse(one.starts_at) === Date.parse(`${starts}:00+08:00`));
  if (!shift) throw new Error(`no shift at ${starts}`);
  return shift;
}

/** Somebody's place in a shift, taken unless they hold one. */
export async function placeOf(city: City, who: string, shift: Shift): Promise<number> {
  const member = await city.as(who);
  const { claim } = await member.get<{ claim: { id: number; state: string } | null }>(`/shifts/${shift.id}`);
  if (claim && claim.state !== "released") return claim.id;
  return (await member.post<{ id: number }>(`/shifts/${shift.id}/claims`, { wait: false })).id;
}

/** The address that the lead's screen shows at this moment, and its picture. */
export async function shownCode(city: City, shift: Shift): Promise<{ url: string; svg: string }> {
  const { url, svg } = await (await city.as("李秀英")).get<{ url: string; svg: string }>(`/shifts/${shift.id}/code`);
  return { url: `${city.url}${new URL(url).pathname}`, svg };
}
