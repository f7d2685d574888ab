// What became of each service: counted, waiting on somebody, or not counted, and the reason in one sentence.
import type { Answer } from "@/api/types";
import { clock } from "@/i18n/format";
import type { TagState } from "@/ui/StateTag.vue";

export type Service = Answer<"Page_OwnService">["items"][number];
export type End = NonNullable<Service["check_in"]>;

export type Section = "waiting" | "counted" | "uncounted";

/** A message under `ledger.why` with its values. */
export interface Why {
  key: string;
  values?: Record<string, unknown>;
}

export interface Judged {
  section: Section;
  /** Null for a claim that nobody checked in to: it has words, and no minutes. */
  tag: TagState | null;
  why: Why;
}

const MINUTE_MS = 60_000;
const minuteOf = (text: string) => Math.floor(Date.parse(text) / MINUTE_MS);

/** From when to when minutes were served, both in ms; null without both ends or when nothing is left between them. */
export function served(service: Service): { from: Date; to: Date } | null {
  if (!service.check_in || !service.check_out) return null;
  const from = Math.max(minuteOf(service.check_in.at), minuteOf(service.shift.starts_at));
  const to = Math.min(minuteOf(service.check_out.at), minuteOf(service.shift.ends_at));
  return to > from ? { from: new Date(from * MINUTE_MS), to: new Date(to * MINUTE_MS) } : null;
}

/** How many whole minutes came before the shift's start. */
export function early(service: Service): number {
  return service.check_in ? Math.max(0, minuteOf(service.shift.starts_at) - minuteOf(service.check_in.at)) : 0;
}

/** What about one end a person has to look at; null when nothing is. */
function doubtOf(end: End | null | undefined, which: "in" | "out"): Why | null {
  if (!end || end.ticked_as || end.evidence_level === "attested") return null;
  if (end.late) return { key: `late_${which}` };
  if (end.reasons.includes("forwarded_code")) return { key: `outside_${which}` };
  if (end.verdict && end.verdict !== "inside") return { key: `${end.verdict}_${which}` };
  if (!end.method) return { key: `without_${which}` };
  if (end.reasons.includes("no_position")) return { key: `no_position_${which}` };
  if (end.reasons.some((reason) => reason !== "edge" && reason !== "clock_skew")) return { key: `signal_${which}` };
  return end.evidence_level === "strong" ? null : { key: `fair_${which}` };
}

function whyCounted(service: Service): Why {
  const minutes = early(service);
  if (!service.check_in || !service.check_out) return { key: "counted" };
  const values = { arrived: clock(service.check_in.at), left: clock(service.check_out.at), n: minutes };
  if (minutes > 0) return { key: "early", values };
  return { key: "arrived_left", values };
}

/** Sorts a service and says why it stands there. */
export function judge(service: Service): Judged {
  switch (service.state) {
    case "unverified":
      return { section: "waiting", tag: "under_review", why: { key: "unverified" } };
    case "void":
    case "excused":
    case "no_show":
    case "cancelled":
      return { section: "uncounted", tag: null, why: { key: service.state } };
    case "open":
      return { section: "waiting", tag: "lead_confirms", why: { key: "open" } };
    case "checked_in":
      return { section: "waiting", tag: null, why: { key: "on_duty" } };
  }
  if (service.uncounted === "too_short") return { section: "uncounted", tag: "uncounted", why: { key: "too_short" } };
  if (service.uncounted === "day_cap") return { section: "waiting", tag: "under_review", why: { key: "day_cap" } };
  if (service.counts === "counted") return { section: "counted", tag: "counted", why: whyCounted(service) };
  const tag = service.counts === "under_review" ? "under_review" : "lead_confirms";
  const short = service.uncounted === "under_review" ? { key: "short" } : null;
  const why = short ?? doubtOf(service.check_out, "out") ?? doubtOf(service.check_in, "in") ?? { key: "asked" };
  return { section: "waiting", tag, why };
}

/** The months of a year, each with what its services became, oldest first. */
export function months(services: Service[], monthOf: (when: string) => number): TagState[][] {
  const columns: TagState[][] = Array.from({ length: 12 }, () => []);
  for (const service of [...services].reverse()) {
    const { tag } = judge(service);
    if (tag && tag !== "uncounted") columns[monthOf(service.shift.starts_at) - 1]?.push(tag);
  }
  return columns;
}
