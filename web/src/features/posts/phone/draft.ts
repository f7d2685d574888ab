// A post while it is written on a phone: begun from its category's ready text, checked before it is sent.
import type { Answer, Category, Position } from "@/api/types";
import { dayAfter, instantOf } from "@/i18n/format";
import TEMPLATES, { linesOf, type Method } from "../templates";

export interface Time {
  from: string;
  until: string;
}
export interface Draft {
  category: Category;
  title: string;
  place: string;
  position: Position | null;
  radiusM: number;
  day: string;
  times: Time[];
  places: number;
  meetingPoint: string;
  bring: string;
  /** A duty or don't a line. */
  lines: string;
  description: string;
  riskNotice: string;
  methods: Method[];
  skills: string[];
  hazardous: boolean;
  insurance: string;
  waivedBy: string;
}
export type Missing = "title" | "place" | "position" | "day" | "times" | "times_double" | "places" | "radius" | "methods" | "insurance" | "risk" | "lines";

const padded = (time: string) => (time.length === 4 ? `0${time}` : time);

export function draftOf(category: Category, day: string): Draft {
  const template = TEMPLATES[category];
  return {
    category,
    title: template.title,
    place: "",
    position: null,
    radiusM: template.radiusM,
    day,
    times: template.times.map(([from, until]) => ({ from: padded(from), until: padded(until) })),
    places: template.places,
    meetingPoint: template.meetingPoint,
    bring: template.bring,
    lines: linesOf(template).join("\n"),
    description: template.description,
    riskNotice: template.riskNotice,
    methods: [...template.methods],
    skills: [...template.skills],
    hazardous: template.hazardous,
    insurance: "",
    waivedBy: "",
  };
}

/** Another category: its texts and times; the place, the day and the insurance number stay. */
export function turned(draft: Draft, category: Category): Draft {
  const { place, position, day, insurance, waivedBy } = draft;
  return { ...draftOf(category, day), place, position, insurance, waivedBy };
}

/** One shift's instants; an end that isn't after its start lies on the next day. */
export function instantsOf(day: string, time: Time): { starts_at: string; ends_at: string } {
  const overnight = time.until <= time.from;
  return { starts_at: instantOf(day, time.from), ends_at: instantOf(overnight ? dayAfter(day) : day, time.until) };
}

export const duties = (draft: Draft): string[] => draft.lines.split("\n").map((line) => line.trim()).filter((line) => line !== "");

const isTime = (time: Time) => /^\d\d:\d\d$/.test(time.from) && /^\d\d:\d\d$/.test(time.until);

/** What still has to be filled in or changed before it can be published, in the order of the page. */
export function missingOf(draft: Draft): Missing[] {
  const missing: Missing[] = [];
  const require = (holds: boolean, what: Missing) => void (holds || missing.push(what));
  require(draft.title.trim() !== "", "title");
  require(draft.place.trim() !== "", "place");
  require(draft.position !== null, "position");
  require(Number.isInteger(draft.radiusM) && draft.radiusM >= 20 && draft.radiusM <= 1000, "radius");
  require(/^\d{4}-\d\d-\d\d$/.test(draft.day), "day");
  require(draft.times.length > 0 && draft.times.every(isTime), "times");
  require(new Set(draft.times.map((time) => `${time.from} ${time.until}`)).size === draft.times.length, "times_double");
  require(Number.isInteger(draft.places) && draft.places >= 1 && draft.places <= 1000, "places");
  require(duties(draft).length <= 5 && duties(draft).every((line) => line.length <= 100), "lines");
  require(draft.methods.length > 0, "methods");
  require(!draft.hazardous || draft.riskNotice.trim() !== "", "risk");
  require(!draft.hazardous || draft.insurance.trim() !== "" || draft.waivedBy.trim() !== "", "insurance");
  return missing;
}

/** As the server takes it. Only what `missingOf` lets through. */
export function bodyOf(draft: Draft, organization: number, position: Position): Answer<"NewPost"> {
  return {
    organization_id: organization,
    category: draft.category,
    title: draft.title.trim(),
    description: draft.description.trim(),
    place: draft.place.trim(),
    meeting_point: draft.meetingPoint.trim(),
    bring: draft.bring.trim(),
    duties: duties(draft),
    position,
    fence: { radius_m: draft.radiusM },
    check_in: { methods: draft.methods },
    skills: draft.skills,
    hazardous: draft.hazardous,
    risk_notice: draft.riskNotice.trim(),
    insurance_ref: draft.hazardous && draft.insurance.trim() !== "" ? draft.insurance.trim() : null,
    insurance_waived_by: draft.hazardous && draft.insurance.trim() === "" ? draft.waivedBy.trim() : null,
    shifts: draft.times.map((time) => ({ ...instantsOf(draft.day, time), capacity: draft.places })),
  };
}
