// Rows copied from a spreadsheet become posts: the header found or taken as usual, each cell read, each doubt named at its cell.
import type { Answer, Category, Position } from "@/api/types";
import TEMPLATES, { linesOf } from "../templates";
import { instants, plain, readDay, readSpan } from "./spans";

export type NewPost = Answer<"NewPost">;
export const COLUMNS = ["day", "time", "category", "place", "places", "title", "meeting_point", "bring", "insurance"] as const;
export type Column = (typeof COLUMNS)[number];
export type Cells = Record<Column, string>;

/** What headers call the columns, in Chinese and English. `from` and `until` make one time. */
const NAMES: Record<Column | "from" | "until", RegExp> = {
  day: /^(日期|日|day|date)$/,
  time: /^(时间|时段|班次|time|hours?)$/,
  from: /^(开始|开始时间|起|from|starts?|start time)$/,
  until: /^(结束|结束时间|止|until|ends?|end time)$/,
  category: /^(岗位类别|类别|岗位类型|类型|category|kind|type)$/,
  place: /^(地点|位置|岗位地点|点位|place|location|where)$/,
  places: /^(名额|人数|每班名额|需要人数|places|people|capacity)$/,
  title: /^(标题|岗位|岗位名称|名称|内容|title|post|name)$/,
  meeting_point: /^(集合|集合地点|集合点|meeting ?point|meet at)$/,
  bring: /^(带什么|携带|着装|穿戴|bring|wear)$/,
  insurance: /^(意外险编号|意外险|保险|保险单号|保单号|insurance|insurance no\.?)$/,
};
type Heading = keyof typeof NAMES;

export const noCells = (): Cells => Object.fromEntries(COLUMNS.map((name) => [name, ""])) as Cells;
export const isBlank = (cells: Cells): boolean => COLUMNS.every((name) => cells[name].trim() === "");

/** Cells of a table as a spreadsheet copies it: tabs between, quotes round cells that hold a tab, a line break or a quote. */
export function cellsOf(text: string): string[][] {
  const between = text.includes("\t") ? "\t" : ",";
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    rows[rows.length - 1]!.push(plain(cell));
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (quoted) {
      if (sign !== '"') cell += sign === "\n" || sign === "\r" ? " " : sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === between) endCell();
    else if (sign === "\n") {
      endCell();
      rows.push([]);
    } else if (sign !== "\r") cell += sign;
  }
  endCell();
  return rows.filter((row) => row.some((one) => one !== ""));
}

/** Which column stands where, if a row is a header: two names or more are known. */
function headings(row: string[]): (Heading | null)[] | null {
  const found = row.map((cell) => {
    const name = plain(cell).toLowerCase();
    return (Object.keys(NAMES) as Heading[]).find((heading) => NAMES[heading].test(name)) ?? null;
  });
  return found.filter((heading) => heading !== null).length >= 2 ? found : null;
}

/** The rows of what was pasted; without a header the columns stand as in the blank table. */
export function readPaste(text: string): Cells[] {
  const table = cellsOf(text);
  const header = table.length > 0 ? headings(table[0]!) : null;
  const order: (Heading | null)[] = header ?? [...COLUMNS];
  return table.slice(header ? 1 : 0).map((row) => {
    const cells = noCells();
    const ends = { from: "", until: "" };
    order.forEach((heading, at) => {
      const cell = row[at] ?? "";
      if (heading === "from" || heading === "until") ends[heading] = cell;
      else if (heading) cells[heading] = cell;
    });
    if (cells.time === "" && (ends.from || ends.until)) cells.time = `${ends.from}–${ends.until}`;
    return cells;
  });
}

export interface Spot {
  position: Position;
  fence: NewPost["fence"];
}
export interface Around {
  today: string;
  organizationId: number;
  /** The names of categories in both languages, lower case. */
  categories: Map<string, Category>;
  /** Where this organisation's posts of that place were, or where somebody pointed. */
  spots: Map<string, Spot>;
  /** Insurance for hazardous rows without one of their own. */
  insurance: string;
}
export type Doubt = "required" | "day" | "time" | "category" | "places" | "no_spot" | "too_long" | "insurance";
export interface ReadRow {
  post: NewPost | null;
  doubts: Partial<Record<Column, Doubt>>;
}

/** The category of a name, whole or as people shorten it: 交通, 垃圾分类, waste. */
export function readCategory(text: string, names: Map<string, Category>): Category | null {
  const name = plain(text).toLowerCase();
  if (name === "") return null;
  const exact = names.get(name);
  if (exact) return exact;
  const near = new Set([...names].filter(([known]) => known.includes(name) || name.includes(known)).map(([, category]) => category));
  return near.size === 1 ? [...near][0]! : null;
}

const LONGEST: Partial<Record<Column, number>> = { place: 200, title: 60, meeting_point: 200, bring: 200, insurance: 200 };

/** One row, read; a post only if nothing is in doubt. */
export function readRow(cells: Cells, around: Around): ReadRow {
  const doubts: ReadRow["doubts"] = {};
  const day = readDay(cells.day, around.today);
  const span = readSpan(cells.time);
  const category = readCategory(cells.category, around.categories);
  const places = Number(/^(\d{1,4}) ?[人名个]?$/.exec(plain(cells.places))?.[1] ?? Number.NaN);
  const spot = around.spots.get(plain(cells.place));
  const insurance = plain(cells.insurance) || around.insurance;
  if (!day) doubts.day = cells.day ? "day" : "required";
  if (!span) doubts.time = cells.time ? "time" : "required";
  if (!category) doubts.category = cells.category ? "category" : "required";
  if (!(places >= 1 && places <= 1000)) doubts.places = cells.places ? "places" : "required";
  if (!spot) doubts.place = cells.place.trim() ? "no_spot" : "required";
  if (category && TEMPLATES[category].hazardous && !insurance) doubts.insurance = "insurance";
  for (const [name, most] of Object.entries(LONGEST) as [Column, number][]) if ([...cells[name]].length > most) doubts[name] = "too_long";
  if (!day || !span || !category || !spot || Object.keys(doubts).length > 0) return { post: null, doubts };
  const ready = TEMPLATES[category];
  const post: NewPost = {
    organization_id: around.organizationId,
    category,
    title: plain(cells.title) || ready.title,
    description: ready.description,
    place: plain(cells.place),
    meeting_point: plain(cells.meeting_point) || ready.meetingPoint,
    bring: plain(cells.bring) || ready.bring,
    duties: linesOf(ready),
    position: spot.position,
    fence: spot.fence,
    check_in: { methods: ready.methods },
    risk_notice: ready.riskNotice,
    insurance_ref: ready.hazardous ? insurance : null,
    shifts: [{ ...instants(day, span), capacity: places }],
  };
  return { post, doubts };
}

/** At which cell a field that the server refuses stands. */
export function columnOf(field: string): Column {
  if (/ends_at|starts_at/.test(field)) return "time";
  if (/capacity/.test(field)) return "places";
  if (/^(fence|position)/.test(field)) return "place";
  if (/^insurance/.test(field)) return "insurance";
  return (COLUMNS as readonly string[]).includes(field) ? (field as Column) : "day";
}
