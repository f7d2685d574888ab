import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "./desk/en";
import zh from "./desk/zh-CN";
import zhAll from "./zh-CN";

const leaves = (messages: object, before = ""): [string, string][] => Object.entries(messages).flatMap(([key, value]): [string, string][] => (typeof value === "string" ? [[`${before}${key}`, value]] : leaves(value as object, `${before}${key}.`)));
const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();
const sources = (directory: string): string[] => readdirSync(directory, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? sources(join(directory, entry.name)) : /\/desk$/.test(directory) && /\.(vue|ts)$/.test(entry.name) ? [readFileSync(join(directory, entry.name), "utf8")] : []));

describe("the desk's words", () => {
  it("are the same in both languages, with the same values", () => {
    expect(leaves(en).map(([key]) => key)).toEqual(leaves(zh).map(([key]) => key));
    const other = new Map(leaves(en));
    expect(leaves(zh).filter(([key, text]) => values(text).join() !== values(other.get(key) ?? "").join())).toEqual([]);
  });
  it("never say what no page may say", () => expect(leaves(zh).map(([, text]) => text).join("\n")).not.toMatch(/打卡|失败|作弊|缺勤|提交|派岗|代签|确定|·/));
  it("hold every word that a page of the desk asks for", () => {
    const known = new Set([...leaves({ ...zhAll, desk: zh }).map(([key]) => key)]);
    const asked = sources("src").flatMap((text) => [...text.matchAll(/\bt\(\s*"([\w.]+)"|\bt\(\s*'([\w.]+)'/g)].map((found) => found[1] ?? found[2]!));
    expect(asked.length).toBeGreaterThan(150);
    expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
  });
});
