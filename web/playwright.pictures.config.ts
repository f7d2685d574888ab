// The pictures of the READMEs, made from real pages: `scripts/pictures`.
import { defineConfig } from "@playwright/test";
import pages from "./playwright.config";

export default defineConfig({ ...pages, testMatch: "**/*.pictures.ts", workers: 1 });
