// The form by which an officer publishes: filled by the category's ready text, checked before it is sent, kept until it is.
import type { Category, Position } from "@/api/types";
import { keepDraft, takeDraft } from "@/ui/desk/draft";
import TEMPLATES, { linesOf, type Method } from "../templates";
import type { NewPost } from "./rows";
import { instants, plain, readSpan, writeSpan } from "./spans";

export interface Form {
  category: Category;
  title: string;
  description: string;
  place: string;
  position: Position | null;
  radius: number;
  day: string;
  slots: string[];
  places: number;
  methods: Method[];
  insurance: string;
  waived: boolean;
  meetingPoint: string;
  bring: string;
  duties: string;
  riskNotice: string;
}
export type FormField = keyof Form;
export type Wrong = Partial<Record<FormField, string>>;

/** What a category fills in. */
function ready(category: Category) {
  const template = TEMPLATES[category];
  return {
    title: template.title,
    description: template.description,
    radius: template.radiusM,
    slots: template.times.map(([from, until]) => writeSpan(from, until)),
    places: template.places,
    methods: [...template.methods],
    meetingPoint: template.meetingPoint,
    bring: template.bring,
    duties: linesOf(template).join("\n"),
    riskNotice: template.riskNotice,
  };
}

export function newForm(category: Category, day: string): Form {
  return { category, place: "", position: null, day, insurance: "", waived: false, ...ready(category) };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Turns to another category: what still stands as it was filled in is filled in anew, what somebody typed stays. */
export function turnTo(form: Form, category: Category): Form {
  const [before, after] = [ready(form.category), ready(category)];
  const turned: Form = { ...form, category };
  for (const name of Object.keys(before) as (keyof typeof before)[]) {
    const untouched = same(form[name], before[name]) && !(name === "radius" && form.position);
    if (untouched) Object.assign(turned, { [name]: after[name] });
  }
  return turned;
}

export const wantsInsurance = (form: Form): boolean => TEMPLATES[form.category].hazardous;
export const filledSlots = (form: Form): string[] => form.slots.filter((slot) => slot.trim() !== "");

/** What must still be changed, field by field; each value is a message of `desk.wrong`. */
export function wrongIn(form: Form, now: Date): Wrong {
  const wrong: Wrong = {};
  const slots = filledSlots(form);
  const spans = slots.map(readSpan);
  if (plain(form.title) === "") wrong.title = "required";
  if ([...form.title].length > 60) wrong.title = "too_long";
  if (plain(form.place) === "") wrong.place = "required";
  else if (!form.position) wrong.place = "no_spot";
  if (!form.day) wrong.day = "required";
  if (slots.length === 0) wrong.slots = "required";
  else if (spans.some((span) => span === null)) wrong.slots = "time";
  else if (form.day && spans.some((span) => new Date(instants(form.day, span!).ends_at) <= now)) wrong.slots = "past";
  if (!(form.places >= 1 && form.places <= 1000)) wrong.places = "places";
  if (form.methods.length === 0) wrong.methods = "required";
  if (wantsInsurance(form) && plain(form.insurance) === "") wrong.insurance = form.waived ? "waiver" : "insurance";
  const lines = linesIn(form.duties);
  if (lines.length > 5 || lines.some((line) => [...line].length > 100)) wrong.duties = "lines";
  for (const name of ["place", "meetingPoint", "bring", "insurance"] as const) if ([...form[name]].length > 200) wrong[name] = "too_long";
  for (const name of ["description", "riskNotice"] as const) if ([...form[name]].length > 2000) wrong[name] = "too_long";
  return wrong;
}

export const linesIn = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The post of a form in which nothing is wrong. */
export function postOf(form: Form, organizationId: number): NewPost {
  const insured = wantsInsurance(form);
  return {
    organization_id: organizationId,
    category: form.category,
    title: plain(form.title),
    description: form.description.trim(),
    place: plain(form.place),
    meeting_point: plain(form.meetingPoint),
    bring: plain(form.bring),
    duties: linesIn(form.duties),
    position: form.position!,
    fence: { radius_m: form.radius },
    check_in: { methods: form.methods },
    risk_notice: form.riskNotice.trim(),
    insurance_ref: insured && !form.waived ? plain(form.insurance) : null,
    insurance_waived_by: insured && form.waived ? plain(form.insurance) : null,
    shifts: filledSlots(form).map((slot) => ({ ...instants(form.day, readSpan(slot)!), capacity: form.places })),
  };
}

const FIELDS: [RegExp, FormField][] = [
  [/^shifts.*capacity/, "places"],
  [/^shifts/, "slots"],
  [/^(fence|position)/, "place"],
  [/^check_in/, "methods"],
  [/^insurance/, "insurance"],
  [/^meeting_point/, "meetingPoint"],
  [/^risk_notice/, "riskNotice"],
  [/^(title|description|place|bring|duties)/, "title"],
];

/** At which fields of the form the server's refusals stand. */
export function wrongAt(fields: Record<string, unknown>): Wrong {
  const wrong: Wrong = {};
  for (const [name, rule] of Object.entries(fields)) {
    const own = (["title", "description", "place", "bring", "duties"] as const).find((one) => one === name);
    const field = own ?? FIELDS.find(([pattern]) => pattern.test(name))?.[1] ?? "title";
    wrong[field] = /at_most/.test(String(rule)) ? "too_long" : rule === "required" ? "required" : /future/.test(String(rule)) ? "past" : "check";
  }
  return wrong;
}

const DRAFT = "publish";
export const keepForm = (member: number, form: Form | null): void => keepDraft(DRAFT, member, form);
export const takeForm = (member: number): Form | null => takeDraft<Form>(DRAFT, member);
