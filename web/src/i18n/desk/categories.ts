// The names of categories in both languages, for reading rows whatever language they were written in.
import type { Category } from "@/api/types";
import en from "../en/domain";
import zh from "../zh-CN/domain";

const names = new Map<string, Category>();
for (const words of [zh, en]) {
  for (const [code, name] of Object.entries(words.category) as [Category, string][]) names.set(code, code).set(name.toLowerCase(), code);
}
export default names;
