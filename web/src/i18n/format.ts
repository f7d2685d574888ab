// Times, dates and quantities as look.md writes them: 7:30, 7:30–8:30, 9月1日 周二, whole minutes, hours to one decimal.
import { now } from "@/api/clock";
import { language, say } from ".";

const ZONE = "Asia/Shanghai";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type When = string | Date;
const dateOf = (when: When): Date => (typeof when === "string" ? new Date(when) : when);
const makers = new Map<string, Intl.DateTimeFormat>();

function maker(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = makers.get(key);
  if (!made) makers.set(key, (made = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options })));
  return made;
}

/** `2026-09-01`, the day in China. */
export function dayOf(when: When): string {
  return maker("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }).format(dateOf(when));
}

/** `7:30`. */
export function clock(when: When): string {
  const text = maker("en-GB", { hour: "2-digit", minute: "2-digit", hour12: false }).format(dateOf(when));
  return text.replace(/^0(?=\d)/, "").replace(/^24:/, "0:");
}

/** `7:30–8:30`; an end on another day is marked with it. */
export function span(from: When, to: When): string {
  return `${clock(from)}–${dayOf(from) === dayOf(to) ? "" : `${say("time.next_day")} `}${clock(to)}`;
}

/** `9月1日 周二`, `Tue 1 Sept`. */
export function date(when: When): string {
  const day = dateOf(when);
  if (language.value !== "zh-CN") return maker("en-GB", { weekday: "short", day: "numeric", month: "short" }).format(day);
  return `${maker("zh-CN", { month: "long", day: "numeric" }).format(day)} ${maker("zh-CN", { weekday: "short" }).format(day)}`;
}

/** `9/1`. */
export function shortDate(when: When): string {
  const [, month, day] = dayOf(when).split("-");
  return `${Number(month)}/${Number(day)}`;
}

/** `周二`, `Tue`. */
export function weekday(when: When): string {
  return maker(language.value === "zh-CN" ? "zh-CN" : "en-GB", { weekday: "short" }).format(dateOf(when));
}

/** Whole days from today to then, by the calendar in China. */
export function daysAhead(when: When): number {
  return Math.round((Date.parse(dayOf(when)) - Date.parse(dayOf(now()))) / DAY_MS);
}

/** `今天 9月1日 周二`, `明天 …`; further days without a word before them. */
export function dayName(when: When): { word: string; date: string } {
  const ahead = daysAhead(when);
  const word = ahead === 0 ? say("time.today") : ahead === 1 ? say("time.tomorrow") : ahead === -1 ? say("time.yesterday") : "";
  return { word, date: date(when) };
}

/** `12 分钟后开始`-like lengths: minutes up to two hours, then hours, then days. */
export function lengthOfTime(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / MINUTE_MS));
  if (minutes < 120) return say("time.minutes", { n: minutes });
  if (minutes < 2880) return say("time.hours", { n: Math.floor(minutes / 60) });
  return say("time.days", { n: Math.floor(minutes / 1440) });
}

/** Minutes as hours to one decimal: `6.5`. */
export function hours(minutes: number): string {
  return (Math.round(minutes / 6) / 10).toFixed(1);
}

/** `1,770`. */
export function count(n: number): string {
  return n.toLocaleString("en-US");
}

/** `600 米`, `1.2 公里`. */
export function distance(metres: number): string {
  if (metres < 1000) return say("distance.metres", { n: Math.max(10, Math.round(metres / 10) * 10) });
  return say("distance.kilometres", { n: (metres / 1000).toFixed(1) });
}

/** An instant with the offset of China, as the server takes it: from `2026-09-01` and `07:30`. */
export function instantOf(day: string, time: string): string {
  return `${day}T${time.length === 4 ? `0${time}` : time}:00+08:00`;
}

/** `2026-09-02` for one day on from `2026-09-01`. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** `138 0000 1234`; another kind of number stays as it is. */
export function phone(number: string): string {
  return number.replace(/^(\d{3})(\d{4})(\d{4})$/, "$1 $2 $3");
}
