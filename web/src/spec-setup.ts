// What every spec finds: an IndexedDB, and messages in Chinese.
import "fake-indexeddb/auto";
import { beforeEach } from "vitest";
import { useLanguage } from "@/i18n";

beforeEach(() => useLanguage("zh-CN"));
