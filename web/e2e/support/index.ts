// The `city` of a file of tests, and a browser signed in as somebody.
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, test as base } from "@playwright/test";
import { City } from "./city";

export { expect } from "@playwright/test";
export { City } from "./city";

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };

export const test = base.extend<{ signedIn: (who: string, options?: BrowserContextOptions) => Promise<Page> }, { city: City }>({
  city: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const city = await City.start();
      await use(city);
      await city.stop();
    },
    { scope: "worker" },
  ],
  /** A page of a browser of its own, signed in by its cookie, that fails the test on any request off this origin. */
  signedIn: async ({ browser, city }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (who, options) => {
      const context = await contextOf(browser, city, options);
      opened.push(context);
      await signIn(context, city, who);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

export async function contextOf(browser: Browser, city: City, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: city.url, locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: PHONE, ...options });
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(city.url) && !url.startsWith("data:") && !url.startsWith("blob:")) throw new Error(`a request off-origin: ${url}`);
  });
  return context;
}

/** Tests with a city of their own, for files that move its clock or stop its posts: called once a file. */
export function withOwnCity() {
  return test.extend<object, { city: City }>({
    city: [
      // eslint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const city = await City.start();
        await use(city);
        await city.stop();
      },
      { scope: "worker" },
    ],
  });
}

/** Signs a browser in by its own cookie, as the sign-in page does. */
export async function signIn(context: BrowserContext, city: City, who: string): Promise<void> {
  const { account, password } = city.account(who);
  const answer = await context.request.post(`${city.url}/api/v1/session`, { data: { account, password }, headers: { origin: city.url } });
  if (!answer.ok()) throw new Error(`${who} could not sign in: ${answer.status()}`);
}
