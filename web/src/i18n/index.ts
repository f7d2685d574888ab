// Two languages: Chinese first, English when asked. What people read is chosen by them and kept on this phone.
import { createI18n } from "petite-vue-i18n";
import { computed } from "vue";
import { kept, keep } from "@/ui/kept";
import zh from "./zh-CN";

export const LANGUAGES = { "zh-CN": "中文", en: "English" } as const;
export type Language = keyof typeof LANGUAGES;
type Text<T> = { [K in keyof T]: T[K] extends string ? string : Text<T[K]> };
/** Every language has every message of the Chinese one. */
export type Messages = Text<typeof zh>;

const loaders: Record<Exclude<Language, "zh-CN">, () => Promise<{ default: Messages }>> = { en: () => import("./en") };

export const i18n = createI18n({
  legacy: false,
  locale: "zh-CN",
  fallbackLocale: "zh-CN",
  messageResolver: valueAt,
  messages: { "zh-CN": zh } as Record<string, Messages>,
});

/** The message under a dotted key; the small i18n only looks up whole keys by itself. */
function valueAt(messages: unknown, key: string): never {
  return key.split(".").reduce<unknown>((at, part) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[part] : undefined), messages) as never;
}

/** What the reader chose. */
export const language = computed<Language>(() => i18n.global.locale.value as Language);

/** Says a message outside of components. */
export const say = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(key, values);
export const isSaid = (key: string): boolean => typeof valueAt(zh, key) === "string";

/** Turns the pages to a language and keeps the choice. */
export async function useLanguage(wanted: Language): Promise<void> {
  if (wanted !== "zh-CN") i18n.global.setLocaleMessage(wanted, (await loaders[wanted]()).default);
  i18n.global.locale.value = wanted;
  document.documentElement.lang = wanted;
  keep("language", wanted);
}

/** The language kept from last time, else the phone's, else Chinese. */
export async function startLanguage(): Promise<void> {
  const before = kept("language");
  const wanted = before !== null && before in LANGUAGES ? (before as Language) : navigator.language.startsWith("zh") ? "zh-CN" : "en";
  await useLanguage(wanted);
}
