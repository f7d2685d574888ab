// Every page in two languages and two sizes. With DAOGANG_PICTURES=DIRECTORY a picture of each is kept there.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { City, DESK, PHONE, contextOf, expect, signIn, test } from "./support";
import { axe, sideways, tooSmall } from "./support/looks";

const PICTURES = process.env.DAOGANG_PICTURES;
const LANGUAGES = ["zh-CN", "en"] as const;
const SIZES = { phone: PHONE, desk: DESK } as const;

interface Ids {
  shift: number;
  claim: number;
  post: number;
}

/** Who opens which page, and what shows that it is there. */
const PAGES: { name: string; who: string | null; path: (ids: Ids) => string }[] = [
  { name: "sign-in", who: null, path: () => "/sign-in" },
  { name: "led", who: "李秀英", path: () => "/lead" },
  { name: "lead-code", who: "李秀英", path: ({ shift }) => `/lead/${shift}` },
  { name: "lead-arrivals", who: "李秀英", path: ({ shift }) => `/lead/${shift}/arrivals` },
  { name: "lead-departures", who: "李秀英", path: ({ shift }) => `/lead/${shift}/departures` },
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
  { name: "me", who: "李秀英", path: () => "/me" },
  { name: "not-found", who: "member", path: () => "/nothing-here" },
];

async function open(page: Page, path: string) {
  await page.goto(path);
  await page.waitForLoadState("networkidle").catch(() => {});
  await expect(page.locator("#app *").first()).toBeVisible();
}

async function idsOf(city: City): Promise<Ids> {
  const lead = await city.as("site_lead");
  const led = await lead.get<{ items: { id: number; post_id: number; starts_at: string }[] }>("/me/shifts-led");
  const shift = led.items[0]!;
  const claims = await lead.get<{ items: { id: number; shift_id: number }[] }>("/me/claims");
  return { shift: shift.id, post: shift.post_id, claim: claims.items[0]!.id };
}

for (const language of LANGUAGES) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`every page in ${language} on a ${size} has no axe violation, no sideways scroll and nothing too small`, async ({ browser, city }) => {
      test.setTimeout(300_000);
      const ids = await idsOf(city);
      const contexts = new Map<string | null, BrowserContext>();
      const wrong: string[] = [];
      for (const { name, who, path } of PAGES) {
        if (!contexts.has(who)) {
          const context = await contextOf(browser, city, { viewport, locale: language });
          await context.addInitScript((wanted) => localStorage.setItem("daogang.language", wanted), language);
          if (who) await signIn(context, city, who);
          contexts.set(who, context);
        }
        const page = await contexts.get(who)!.newPage();
        await open(page, path(ids));
        for (const found of await axe(page)) wrong.push(`${name}: ${found}`);
        for (const found of await tooSmall(page)) wrong.push(`${name}: too small: ${found}`);
        if ((await page.locator("html").getAttribute("lang")) !== language) wrong.push(`${name}: not in ${language}`);
        if (PICTURES) {
          mkdirSync(PICTURES, { recursive: true });
          await page.screenshot({ path: join(PICTURES, `${name}.${language}.${size}.png`) });
        }
        if (size === "phone") {
          await page.setViewportSize({ width: 320, height: 640 });
          const over = await sideways(page);
          if (over > 0) wrong.push(`${name}: ${over} px to scroll sideways at 320 px`);
        }
        await page.close();
      }
      for (const context of contexts.values()) await context.close();
      expect(wrong).toEqual([]);
    });
  }
}
