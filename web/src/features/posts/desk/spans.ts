// Reads days and hours as people type them: 9月2日, 明天, 9/2, 7:30-8:30, 17：30至18：30, 0730-0830.
import { dayAfter } from "@/i18n/format";

/** Text without what only looks: full-width signs as plain ones, no invisible marks, single spaces. */
export function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000b-\u001f]/g, "")
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WORDS: Record<string, number> = { 今天: 0, today: 0, 明天: 1, tomorrow: 1, 后天: 2 };
const pad = (n: number) => String(n).padStart(2, "0");

function dayOfParts(year: number, month: number, day: number): string | null {
  const text = `${year}-${pad(month)}-${pad(day)}`;
  const read = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text) ? text : null;
}

/** A month and a day belong to the year in which they come next; up to two months ago they were this year. */
function nearest(today: string, month: number, day: number): string | null {
  const year = Number(today.slice(0, 4));
  const here = dayOfParts(year, month, day);
  if (here !== null && here < dayAfter(today, -60)) return dayOfParts(year + 1, month, day);
  return here;
}

/** The day that a text names, `2026-09-02`, or null. */
export function readDay(text: string, today: string): string | null {
  const bare = plain(text)
    .toLowerCase()
    .replace(/[(（].*?[)）]/g, "")
    .replace(/(星期|周|礼拜)[一二三四五六日天]/g, "")
    .replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /, "")
    .trim();
  if (bare in WORDS) return dayAfter(today, WORDS[bare]);
  const whole = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?: 0{1,2}:00(?::00)?)?$/.exec(bare);
  if (whole) return dayOfParts(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  const short = /^(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(bare);
  if (short) return nearest(today, Number(short[1]), Number(short[2]));
  const english = /^(\d{1,2}) ([a-z]{3})[a-z]*\.?$/.exec(bare) ?? /^([a-z]{3})[a-z]*\.? (\d{1,2})$/.exec(bare);
  if (!english) return null;
  const [day, name] = /^\d/.test(english[1]!) ? [english[1]!, english[2]!] : [english[2]!, english[1]!];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? null : nearest(today, month, Number(day));
}

export interface Span {
  from: string;
  until: string;
}

/** `07:30` from 7:30, 7.30, 0730, 7点半, 7点. */
export function readTime(text: string): string | null {
  const bare = plain(text).replace(/[点时]半/, ":30").replace(/[点时]$/, ":00").replace(/[点时]/, ":").replace(/分$/, "");
  const parts = /^(\d{1,2})[:.](\d{2})(?::00)?$/.exec(bare) ?? /^(\d{2})(\d{2})$/.exec(bare);
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2])];
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  return `${pad(hour % 24)}:${pad(minute)}`;
}

/** Hours of a shift: two times with a dash or a word between them. */
export function readSpan(text: string): Span | null {
  const parts = plain(text)
    .split(/\s*(?:[-–—―~～至到]|\bto\b)+\s*/)
    .filter((part) => part !== "");
  if (parts.length !== 2) return null;
  const [from, until] = [readTime(parts[0]!), readTime(parts[1]!)];
  return from !== null && until !== null && from !== until ? { from, until } : null;
}

/** The instants of hours on a day; hours that end before they begin end on the day after. */
export function instants(day: string, span: Span): { starts_at: string; ends_at: string } {
  const end = span.until <= span.from ? dayAfter(day) : day;
  return { starts_at: `${day}T${span.from}:00+08:00`, ends_at: `${end}T${span.until}:00+08:00` };
}

/** `7:30–8:30`. */
export function writeSpan(from: string, until: string): string {
  const bare = (time: string) => time.replace(/^0(?=\d:)/, "");
  return `${bare(from)}–${bare(until)}`;
}
