import { describe, expect, it } from "vitest";
import type { Category } from "@/api/types";
import en from "@/i18n/en/domain";
import zh from "@/i18n/zh-CN/domain";
import { type Around, cellsOf, columnOf, readCategory, readPaste, readRow } from "./rows";
import { readDay, readSpan, readTime } from "./spans";

const names = new Map<string, Category>();
for (const words of [zh, en]) for (const [code, name] of Object.entries(words.category)) names.set(name.toLowerCase(), code as Category);
const around: Around = {
  today: "2026-09-01",
  organizationId: 7,
  categories: names,
  spots: new Map([["盘旋路十字", { position: { lat: 36.05, lon: 103.85, datum: "gcj02" }, fence: { radius_m: 60 } }]]),
  insurance: "",
};
const row = (text: string) => readRow(readPaste(text)[0]!, around);

describe("days", () => {
  it.each([
    ["9月2日", "2026-09-02"],
    ["9月2日（周三）", "2026-09-02"],
    ["9月2日 星期三", "2026-09-02"],
    ["2026/9/2", "2026-09-02"],
    ["2026-09-02 00:00:00", "2026-09-02"],
    ["２０２６年９月２日", "2026-09-02"],
    ["9/2", "2026-09-02"],
    ["9.2", "2026-09-02"],
    ["明天", "2026-09-02"],
    ["Wed, 2 Sept", "2026-09-02"],
    ["Sep 2", "2026-09-02"],
    ["1月5日", "2027-01-05"],
    ["8月31日", "2026-08-31"],
  ])("%s is %s", (text, day) => expect(readDay(text, "2026-09-01")).toBe(day));
  it.each(["2月30日", "13/1", "下次", "", "9月", "2 foo"])("%s names no day", (text) => expect(readDay(text, "2026-09-01")).toBeNull());
});

describe("hours", () => {
  it.each([
    ["7:30-8:30", "07:30", "08:30"],
    ["7：30—8：30", "07:30", "08:30"],
    ["17:30至18:30", "17:30", "18:30"],
    ["0730–0830", "07:30", "08:30"],
    ["7点半到9点", "07:30", "09:00"],
    ["22:00 ~ 1:00", "22:00", "01:00"],
    ["7.30 to 8.30", "07:30", "08:30"],
  ])("%s is %s to %s", (text, from, until) => expect(readSpan(text)).toEqual({ from, until }));
  it.each(["7:30", "7:30-", "7:30-7:30", "25:00-26:00", "早上", "7:75-8:00", "1-2-3"])("%s are no hours", (text) => expect(readSpan(text)).toBeNull());
  it("midnight at the end is 0:00", () => expect(readTime("24:00")).toBe("00:00"));
});

describe("what a spreadsheet copies", () => {
  it("keeps quoted cells whole", () => expect(cellsOf('a\t"b\tc\nd ""e"""\tf\r\n\r\ng\t\t')).toEqual([["a", 'b c d "e"', "f"], ["g", "", ""]]));
  it("finds its columns by a Chinese header in any order", () => {
    expect(readPaste("地点\t名额\t日期\t时间\t岗位类别\n盘旋路十字\t4\t9月2日\t7:30-8:30\t文明交通劝导")[0]).toMatchObject({ place: "盘旋路十字", places: "4", day: "9月2日", time: "7:30-8:30", category: "文明交通劝导" });
  });
  it("finds them by an English header, with two columns of time", () => {
    expect(readPaste("Date\tStart\tEnd\tCategory\tPlace\tPeople\n2 Sep\t7:30\t8:30\tWaste sorting\tGate\t3")[0]).toMatchObject({ time: "7:30–8:30", category: "Waste sorting", places: "3" });
  });
  it("takes them in order without a header", () => expect(readPaste("9月2日\t7:30-8:30\t垃圾分类\t大门\t3")[0]).toMatchObject({ day: "9月2日", place: "大门", places: "3" }));
  it("takes out marks that turn text round or can't be seen", () => expect(readPaste("日期\t地点\n9月2日\t\u202e盘旋路\u200b十字")[0]!.place).toBe("盘旋路十字"));
});

describe("categories", () => {
  it.each([
    ["交通", "traffic"],
    ["垃圾分类", "waste_sorting"],
    ["Waste sorting", "waste_sorting"],
    ["四点半课堂", "tutoring"],
  ])("%s is %s", (text, code) => expect(readCategory(text, names)).toBe(code));
  it("what fits two is neither", () => expect(readCategory("文明", names)).toBeNull());
});

describe("a row", () => {
  it("becomes a post with the ready text of its category", () => {
    const { post, doubts } = row("9月2日\t19:00-20:30\t垃圾分类\t盘旋路十字\t3人");
    expect(doubts).toEqual({});
    expect(post).toMatchObject({ organization_id: 7, category: "waste_sorting", title: "垃圾分类宣传", place: "盘旋路十字", fence: { radius_m: 60 }, shifts: [{ starts_at: "2026-09-02T19:00:00+08:00", ends_at: "2026-09-02T20:30:00+08:00", capacity: 3 }] });
  });
  it("that crosses midnight ends on the day after", () => expect(row("9月2日\t22:00-1:00\t垃圾分类\t盘旋路十字\t3").post?.shifts[0]?.ends_at).toBe("2026-09-03T01:00:00+08:00"));
  it("names each doubt at its cell", () => {
    expect(row("9月32日\t早上\t不知道\t新地方\t0").doubts).toEqual({ day: "day", time: "time", category: "category", place: "no_spot", places: "places" });
  });
  it("of a dangerous kind wants insurance, its own or one for all", () => {
    const text = "9月2日\t7:30-8:30\t交通\t盘旋路十字\t4";
    expect(row(text).doubts).toEqual({ insurance: "insurance" });
    expect(readRow(readPaste(text)[0]!, { ...around, insurance: "2026-0413" }).post?.insurance_ref).toBe("2026-0413");
  });
  it("with 201 characters is too long", () => expect(row(`9月2日\t7:30-8:30\t垃圾分类\t${"路".repeat(201)}\t4`).doubts.place).toBe("too_long"));
});

describe("what the server refuses", () => {
  it.each([
    ["shifts[0].ends_at", "time"],
    ["shifts[0].capacity", "places"],
    ["fence", "place"],
    ["title", "title"],
    ["insurance_ref", "insurance"],
    ["audience", "day"],
  ])("%s stands at %s", (field, column) => expect(columnOf(field)).toBe(column));
});
