// Why minutes count, wait or don't: said of a service in one or two sentences, never as a reproach.
import type { TagState } from "@/ui/StateTag.vue";
import { say } from "@/i18n";
import { clock, distance, span } from "@/i18n/format";
import type { Presence, Stand } from "./presence";

const MINUTE_MS = 60_000;
const floor = (at: string | number) => Math.floor((typeof at === "string" ? Date.parse(at) : at) / MINUTE_MS) * MINUTE_MS;

export interface Hours {
  startsAt: string;
  endsAt: string;
}

/** From when to when somebody's minutes are reckoned: whole minutes within the shift. */
export function reckoned({ startsAt, endsAt }: Hours, arrivedAt: string, leftAt: string): { from: Date; to: Date } {
  const from = Math.max(floor(startsAt), floor(arrivedAt));
  return { from: new Date(from), to: new Date(Math.max(from, Math.min(floor(endsAt), floor(leftAt)))) };
}

/** Whole minutes before the start, which don't count. */
export function earlyMinutes(startsAt: string, arrivedAt: string): number {
  return Math.max(0, (floor(startsAt) - floor(arrivedAt)) / MINUTE_MS);
}

export function wholeMinutes({ startsAt, endsAt }: Hours, arrivedAt: string): number {
  return Math.max(0, (floor(endsAt) - Math.max(floor(startsAt), floor(arrivedAt))) / MINUTE_MS);
}

/** The tag of a service: minutes too few to count carry none of the three. */
export function tagOf(presence: Presence): TagState {
  if (presence.uncounted === "too_short") return "uncounted";
  return presence.counts ?? "under_review";
}

/** `60 分钟（7:30–8:30），已计入`. */
export function minutesSentence(hours: Hours, presence: Presence): string {
  const { arrived, left, minutes } = presence;
  if (!arrived || !left || minutes === null) return say("checkins.no_minutes");
  const { from, to } = reckoned(hours, arrived.at, left.at);
  const counts = say(`counts.${tagOf(presence)}`);
  return minutes > 0 ? say("checkins.minutes_of", { n: minutes, span: span(from, to), counts }) : say("checkins.minutes_none", { counts });
}

/** What of an end needs a look; empty when nothing does. */
function why(end: Stand | null, which: "in" | "out"): string {
  if (!end || end.ticked || end.level === "strong" || end.level === "attested") return "";
  if (end.verdict === "outside") return say(`checkins.why_outside_${which}`);
  if (end.verdict === "cannot_tell" || end.verdict === "stale") return say(`checkins.why_unsure_${which}`);
  const signal = end.reasons.find((reason) => reason !== "edge" && reason !== "no_position" && reason !== "clock_skew");
  if (signal) return say(`checkins.why_${signal}`);
  if (end.verdict === null) return say(`checkins.why_no_position_${which}`);
  return say(`checkins.why_position_${which}`);
}

const SHORT_SHARE = 0.6;

/** Why a service waits, in words: what happened at its ends, or that too little of the shift was stood. */
export function reasonOf(hours: Hours, presence: Presence): string {
  const { arrived, left, minutes, uncounted, counts } = presence;
  if (uncounted === "too_short") return say("checkins.why_too_short");
  if (uncounted === "day_cap") return say("checkins.why_day_cap");
  if (counts === "counted" || !arrived) return "";
  const whole = (Date.parse(hours.endsAt) - Date.parse(hours.startsAt)) / MINUTE_MS;
  const few = left !== null && minutes !== null && minutes < whole * SHORT_SHARE ? say("checkins.why_short_share") : "";
  return few || why(left, "out") || why(arrived, "in") || say("checkins.why_tick");
}

/** `在等李秀英：签退时不在岗位`; without a name only why. */
export function waitingSentence(hours: Hours, presence: Presence): string {
  const reason = reasonOf(hours, presence);
  if (presence.counts === "counted" || presence.uncounted === "too_short" || !presence.waitsOn) return reason;
  return say("checkins.waits", { name: presence.waitsOn.name, why: reason });
}

/** What was cut off before the start: `7:22 到岗，提前的 8 分钟不计`. */
export function earlySentence(startsAt: string, arrivedAt: string): string {
  const early = earlyMinutes(startsAt, arrivedAt);
  return early > 0 ? say("checkins.early", { time: clock(arrivedAt), n: early }) : "";
}

/** How it is known that somebody arrived: `扫了负责人的码，位置相符`. */
export function proofOf({ method, verdict, ticked, reasons }: Stand): { title: string; text: string } {
  const how = ticked || method === "attestation" ? say("checkins.proof_ticked") : say(method ? `checkins.proof_${method}` : "checkins.proof_none");
  if (ticked) return { title: say("checkins.confirmed"), text: how };
  if (verdict === "inside") return { title: say("verdict.inside"), text: say(reasons.includes("edge") ? "checkins.proof_edge" : "checkins.proof_place", { how }) };
  return { title: how, text: verdict === null ? say("checkins.proof_no_place") : say("checkins.proof_unsure") };
}

/** The headline of a try that settles nothing. */
export function doubtOf(verdict: string | null, aboutM: number | null): { title: string; help: string; kind: "cannot_tell" | "outside" | "stale" } {
  if (verdict === "outside") return { kind: "outside", title: aboutM ? say("verdict.outside", { distance: distance(aboutM) }) : say("verdict.outside_far"), help: say("checkins.help_outside") };
  if (verdict === "stale") return { kind: "stale", title: say("verdict.stale"), help: say("checkins.help_stale") };
  if (verdict === "inside") return { kind: "cannot_tell", title: say("checkins.noted"), help: say("checkins.help_noted") };
  return { kind: "cannot_tell", title: say("verdict.cannot_tell"), help: say("checkins.help_cannot_tell") };
}
