// The times that somebody in charge may say: every five minutes within a shift, and its own ends.
const STEP_MS = 5 * 60_000;

/** Instants from `from` to `until`, both of them, and every full five minutes between, earliest first. */
export function timesBetween(from: string | Date, until: string | Date): string[] {
  const [first, last] = [Math.ceil(ms(from) / 60_000) * 60_000, Math.floor(ms(until) / 60_000) * 60_000];
  if (last < first) return [];
  const times = new Set([first]);
  for (let at = Math.ceil(first / STEP_MS) * STEP_MS; at < last; at += STEP_MS) times.add(at);
  times.add(last);
  return [...times].map((at) => new Date(at).toISOString());
}

/** The one of the times that is nearest to an instant. */
export function nearest(times: readonly string[], to: string | Date): string {
  return times.reduce((best, time) => (Math.abs(ms(time) - ms(to)) < Math.abs(ms(best) - ms(to)) ? time : best), times[0] ?? "");
}

const ms = (when: string | Date): number => (typeof when === "string" ? Date.parse(when) : when.getTime());
