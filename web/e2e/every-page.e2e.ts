// Every page in two languages and two sizes. With DAOGANG_PICTURES=DIRECTORY a picture of each is kept there, and each is
// looked at in large type and in the dark too.
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { City, DESK, PHONE, contextOf, expect, signIn, test } from "./support";
import { axe, sideways, tooSmall } from "./support/looks";
import { placeOf, shiftAt } from "./support/post";

const PICTURES = process.env.DAOGANG_PICTURES;
const LANGUAGES = ["zh-CN", "en"] as const;
const SIZES = { phone: PHONE, desk: DESK } as const;

interface Ids {
  shift: number;
  claim: number;
  /** Another member's claim at that shift. */
  other: number;
  post: number;
}

interface Opened {
  name: string;
  who: string | null;
  path: (ids: Ids) => string;
  /** What is done on it before it is looked at. */
  then?: (page: Page) => Promise<void>;
}

/** Who opens which page. */
const PAGES: Opened[] = [
  { name: "sign-in", who: null, path: () => "/sign-in" },
  { name: "led", who: "李秀英", path: () => "/lead" },
  { name: "lead-code", who: "李秀英", path: ({ shift }) => `/lead/${shift}` },
  { name: "lead-arrivals", who: "李秀英", path: ({ shift }) => `/lead/${shift}/arrivals` },
  { name: "lead-departures", who: "李秀英", path: ({ shift }) => `/lead/${shift}/departures` },
  { name: "lead-attest", who: "李秀英", path: ({ shift, other }) => `/lead/${shift}/attest/${other}` },
  { name: "lead-resolve", who: "李秀英", path: ({ shift, other }) => `/lead/${shift}/resolve/${other}` },
  { name: "lead-stop", who: "李秀英", path: ({ shift }) => `/lead/${shift}/stop` },
  { name: "lead-screens", who: "city_officer", path: ({ shift }) => `/lead/${shift}/screens` },
  { name: "screen", who: null, path: () => "/screens/pair" },
  { name: "office", who: "community_officer", path: () => "/office" },
  { name: "office-new", who: "community_officer", path: () => "/office/new" },
  { name: "office-post", who: "city_officer", path: ({ post }) => `/office/posts/${post}` },
  { name: "office-edit", who: "city_officer", path: ({ post }) => `/office/posts/${post}/edit` },
  { name: "office-stop", who: "community_officer", path: () => "/office/stop" },
  { name: "posts", who: "李秀英", path: () => "/" },
  { name: "post", who: "member", path: ({ shift }) => `/shifts/${shift}` },
  { name: "post-held", who: "李秀英", path: ({ shift }) => `/shifts/${shift}` },
  { name: "mine", who: "李秀英", path: () => "/mine" },
  { name: "arrive", who: "李秀英", path: ({ claim }) => `/arrive/${claim}` },
  { name: "code", who: "李秀英", path: () => "/c/nothing" },
  { name: "record", who: "李秀英", path: () => "/record" },
  { name: "me", who: "李秀英", path: () => "/me" },
  { name: "desk", who: "community_officer", path: () => "/desk" },
  { name: "desk-posts", who: "community_officer", path: () => "/desk/posts" },
  { name: "desk-post", who: "community_officer", path: () => "/desk/posts", then: (page) => page.locator("tbody tr").first().click() },
  { name: "desk-rows", who: "community_officer", path: () => "/desk/rows" },
  { name: "desk-reviews", who: "community_officer", path: () => "/desk/reviews" },
  { name: "desk-unit", who: "unit_officer", path: () => "/desk/unit" },
  { name: "not-found", who: "member", path: () => "/nothing-here" },
];

/** The addresses that the router knows, as their patterns stand in the source. */
function known(): string[] {
  const folders = readdirSync("src/features", { recursive: true, encoding: "utf8" }).filter((file) => /[rR]outes\.ts$/.test(file));
  return folders.flatMap((file) => [...readFileSync(`src/features/${file}`, "utf8").matchAll(/path: "([^"]+)"/g)].map((found) => found[1]!));
}

async function open(page: Page, opened: Opened, ids: Ids) {
  await page.goto(opened.path(ids));
  await page.waitForLoadState("networkidle").catch(() => {});
  await expect(page.locator("#app *").first()).toBeVisible();
  await opened.then?.(page);
  // Motion over, so that colours are judged as they stay.
  await page.waitForTimeout(opened.then ? 700 : 250);
}

async function idsOf(city: City): Promise<Ids> {
  const shift = await shiftAt(city, "2026-09-01T07:30");
  const lead = await city.as("李秀英");
  const { post_id, claim } = await lead.get<{ post_id: number; claim: { id: number } }>(`/shifts/${shift.id}`);
  return { shift: shift.id, post: post_id, claim: claim.id, other: await placeOf(city, "王建国", shift) };
}

test("every address of the router is among the pages looked at", () => {
  const paths = PAGES.map(({ path }) => path({ shift: 1, claim: 1, other: 1, post: 1 }));
  const fits = (pattern: string) => new RegExp(`^${pattern.replace(/:\w+(\([^)]*\)+)?/g, "[^/]+")}$`);
  expect(known().filter((pattern) => !paths.some((path) => fits(pattern).test(path)))).toEqual([]);
});

async function look(page: Page, { name }: Opened, size: string, language: string): Promise<string[]> {
  // As high as it is long: a row that a sticky bar covers now is a row that scrolls out from under it.
  const shown = page.viewportSize()!;
  const long = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: shown.width, height: Math.max(shown.height, Math.min(long, 6_000)) });
  const wrong = [...(await axe(page)), ...(await tooSmall(page)).map((found) => `too small: ${found}`)];
  await page.setViewportSize(shown);
  if ((await page.locator("html").getAttribute("lang")) !== language) wrong.push(`not in ${language}`);
  if (PICTURES) {
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.${language}.${size}.png`) });
  }
  return wrong.map((found) => `${name}, ${size}: ${found}`);
}

/** Large type and the dark, each with its own colours and room. */
async function lookOtherwise(page: Page, opened: Opened, size: string, language: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await look(page, opened, `${size}-dark`, language);
  await page.emulateMedia({ colorScheme: "light" });
  await page.evaluate(() => (document.documentElement.dataset.size = "150"));
  return [...dark, ...(await look(page, opened, `${size}-150`, language))];
}

for (const language of LANGUAGES) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`every page in ${language} on a ${size} has no axe violation, no sideways scroll and nothing too small`, async ({ browser, city }) => {
      test.setTimeout(PICTURES ? 900_000 : 300_000);
      const ids = await idsOf(city);
      const contexts = new Map<string | null, BrowserContext>();
      const wrong: string[] = [];
      for (const opened of PAGES) {
        if (!contexts.has(opened.who)) {
          const context = await contextOf(browser, city, { viewport, locale: language });
          await context.addInitScript((wanted) => localStorage.setItem("daogang.language", wanted), language);
          if (opened.who) await signIn(context, city, opened.who);
          contexts.set(opened.who, context);
        }
        const page = await contexts.get(opened.who)!.newPage();
        await open(page, opened, ids);
        wrong.push(...(await look(page, opened, size, language)));
        if (PICTURES) wrong.push(...(await lookOtherwise(page, opened, size, language)));
        for (const width of size === "phone" ? [320] : [1100]) {
          await page.setViewportSize({ width, height: 800 });
          const over = await sideways(page);
          if (over > 0) wrong.push(`${opened.name}: ${over} px to scroll sideways at ${width} px`);
        }
        await page.close();
      }
      for (const context of contexts.values()) await context.close();
      expect(wrong).toEqual([]);
    });
  }
}
