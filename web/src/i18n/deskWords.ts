// The desk's words, which phones never load: they come with the first page of the desk, in the language in use.
import { i18n, type Language, language } from ".";

const loaders: Record<Language, () => Promise<{ default: object }>> = {
  "zh-CN": () => import("./desk/zh-CN"),
  en: () => import("./desk/en"),
};
const loaded = new Set<Language>();

async function load(wanted: Language): Promise<void> {
  if (loaded.has(wanted)) return;
  const words = (await loaders[wanted]()).default;
  i18n.global.mergeLocaleMessage(wanted, { desk: words });
  loaded.add(wanted);
}

/** Brings the words of a language; Chinese always, for what another language lacks. */
export async function loadDeskWords(wanted: Language = language.value): Promise<void> {
  await Promise.all([load("zh-CN"), load(wanted)]);
}
