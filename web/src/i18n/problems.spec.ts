import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import en from "./en";
import zh from "./zh-CN";

/** The server's codes, read from where they are declared. */
const codes = [...readFileSync("../src/error.rs", "utf8").matchAll(/^ {4}\w+ \d{3} "([a-z_.]+)"/gm)].map((found) => found[1]!);

const said = (messages: object, code: string): unknown => code.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], messages);
const keys = (messages: object, before = ""): string[] =>
  Object.entries(messages).flatMap(([key, value]) => (typeof value === "string" ? [`${before}${key}`] : keys(value as object, `${before}${key}.`)));

describe("messages", () => {
  it("reads the server's codes", () => expect(codes.length).toBeGreaterThan(40));

  it.each(codes)("%s has a sentence in both languages", (code) => {
    expect(said(zh.problem, code)).toMatch(/[\u4e00-\u9fff]{2}/);
    expect(said(en.problem, code)).toMatch(/[a-z]{2} [a-z]/);
  });

  it("are the same in both languages", () => expect(keys(en)).toEqual(keys(zh)));

  it("name the same values in both languages", () => {
    const values = (text: unknown) => [...String(text).matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();
    const differing = keys(zh).filter((key) => JSON.stringify(values(said(zh, key))) !== JSON.stringify(values(said(en, key))));
    expect(differing).toEqual([]);
  });

  it("never say what no page may say", () => {
    const all = keys(zh).map((key) => String(said(zh, key))).join("\n");
    expect(all).not.toMatch(/打卡|失败|作弊|缺勤|提交|派岗|代签/);
    expect(all).not.toMatch(/·/);
  });
});
