// A member's place in a shift as every page here speaks of it, whichever answer of the server it was read from.
import type { Answer, Category, ClaimState, LeadContact, OwnPlace, WholeShift } from "@/api/types";
import { say } from "@/i18n";

const MINUTE_MS = 60_000;
const OPENS_BEFORE_MIN = 30;

export interface Duty {
  claimId: number;
  shiftId: number;
  state: ClaimState;
  startsAt: string;
  endsAt: string;
  /** When check-in opens. */
  opensAt: string;
  place: string;
  what: string;
  meetingPoint: string;
  methods: string[];
  leadId: number | null;
  lead: LeadContact | null;
}

/** The place in bold and what is done there: a title that begins with the place isn't said twice. */
export function nameOf(post: { title: string; place: string; category: Category }): { place: string; what: string } {
  const { title, place } = post;
  const category = say(`category.${post.category}`);
  if (place === "") return { place: title, what: title.includes(category) ? "" : category };
  if (title.startsWith(place) && title.length > place.length) return { place, what: title.slice(place.length).trim() };
  return { place, what: title === place ? category : title };
}

/** When check-in opens for a shift. */
export function opensAt(startsAt: string, checkIn: Answer<"CheckIn">): string {
  return new Date(Date.parse(startsAt) - (checkIn.opens_before_min ?? OPENS_BEFORE_MIN) * MINUTE_MS).toISOString();
}

export function dutyOfPlace(own: OwnPlace): Duty {
  return {
    claimId: own.id,
    shiftId: own.shift_id,
    state: own.state,
    startsAt: own.starts_at,
    endsAt: own.ends_at,
    opensAt: opensAt(own.starts_at, own.check_in),
    ...nameOf(own.post),
    meetingPoint: own.post.meeting_point,
    methods: own.check_in.methods,
    leadId: own.shift.lead_id ?? null,
    lead: own.lead ?? null,
  };
}

/** The same of a whole shift, when its reader has a place in it. */
export function dutyOfShift(shift: WholeShift): Duty | null {
  const { claim, post } = shift;
  if (!claim) return null;
  return {
    claimId: claim.id,
    shiftId: shift.id,
    state: claim.state,
    startsAt: claim.starts_at,
    endsAt: claim.ends_at,
    opensAt: opensAt(claim.starts_at, post.check_in),
    ...nameOf(post),
    meetingPoint: post.meeting_point,
    methods: post.check_in.methods,
    leadId: shift.lead_id ?? null,
    lead: shift.lead ?? null,
  };
}

/** What can be done about a place now. */
export type Phase = "early" | "open" | "there" | "leave" | "over";

/** `early` before check-in opens, `open` while one checks in, `there` on duty, `leave` once the shift has ended, else `over`. */
export function phaseOf(duty: Pick<Duty, "state" | "opensAt" | "endsAt">, now: Date): Phase {
  const at = now.getTime();
  const ended = at >= Date.parse(duty.endsAt);
  if (duty.state === "checked_in") return ended ? "leave" : "there";
  if (duty.state === "open") return "leave";
  if (duty.state !== "held" || ended) return "over";
  return at < Date.parse(duty.opensAt) ? "early" : "open";
}
