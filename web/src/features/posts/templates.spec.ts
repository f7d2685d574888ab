import { describe, expect, it } from "vitest";
import zh from "@/i18n/zh-CN";
import type { Category } from "@/api/types";
import TEMPLATES, { linesOf } from "./templates";

const categories = Object.keys(zh.category) as Category[];
const minutes = (time: string) => Number(time.split(":")[0]) * 60 + Number(time.split(":")[1]);

describe.each(categories)("the ready text of %s", (category) => {
  const template = TEMPLATES[category];

  it("fits what the server takes", () => {
    expect(template.title.length).toBeGreaterThan(0);
    expect(template.title.length).toBeLessThanOrEqual(60);
    for (const text of [template.meetingPoint, template.bring]) expect(text.length).toBeLessThanOrEqual(200);
    expect(template.description.length).toBeLessThanOrEqual(2000);
    expect(template.duties.length + template.donts.length).toBeLessThanOrEqual(5);
    expect(linesOf(template)).toEqual([...template.duties, ...template.donts]);
    for (const line of linesOf(template)) expect(line.length).toBeLessThanOrEqual(100);
    expect(template.radiusM).toBeGreaterThanOrEqual(20);
    expect(template.radiusM).toBeLessThanOrEqual(1000);
    expect(template.methods.length).toBeGreaterThan(0);
  });

  it("has times of a quarter of an hour to a day", () => {
    for (const [from, until] of template.times) expect(minutes(until) - minutes(from)).toBeGreaterThanOrEqual(15);
  });

  it("tells of the danger where there is one", () => {
    if (template.hazardous) expect(template.riskNotice).not.toBe("");
  });

  it("uses the words of the house", () => expect(JSON.stringify(template)).not.toMatch(/打卡|失败|提交|·|；/));
});

it("holds the categories that the law's insurance is for as dangerous", () => {
  expect(TEMPLATES.traffic.hazardous).toBe(true);
  expect(TEMPLATES.patrol.hazardous).toBe(true);
});
