import type { Page } from "@playwright/test";
import { type City, contextOf, expect, signIn, withOwnCity } from "./support";
import { seeing } from "./support/camera";
import { type Shift, placeOf, shiftAt } from "./support/post";
import { scan } from "./support/scan";

const test = withOwnCity();
test.describe.configure({ mode: "serial" });

let shift: Shift;
let leadsPage: Page;

const seenByLead = (name: string, what: string) => expect(leadsPage.getByRole("listitem").filter({ hasText: name }).getByText(what)).toBeVisible({ timeout: 2_000 });

async function open(city: City, signedIn: (who: string) => Promise<Page>) {
  shift = await shiftAt(city, "2026-09-01T07:30");
  await placeOf(city, "王建国", shift);
  await city.moveTo("2026-09-01T07:22");
  leadsPage = await signedIn("李秀英");
  await leadsPage.goto(`/lead/${shift.id}`);
  await expect(leadsPage.getByText("还没到").first()).toBeVisible();
}

test("scenario 1: the code on the lead's page, opened in another browser, is the arrival; at 8:31 all leave, and 60 minutes count", async ({ browser, city, signedIn }) => {
  await open(city, signedIn);
  const context = await contextOf(browser, city);
  await signIn(context, city, "王建国");
  const page = await context.newPage();

  // As WeChat's scanner does: read off the lead's screen at this moment, opened as it is.
  await page.goto(await scan(leadsPage), { waitUntil: "commit" });
  await expect(page.getByRole("heading", { name: "已到岗" })).toBeVisible({ timeout: 5_000 });
  await seenByLead("王建国", "刚到");
  await expect(page.getByText("7:22", { exact: true })).toBeVisible();
  await expect(page.getByText("8:30 结束")).toBeVisible();
  await expect(page.getByText(/提前到的 8 分钟不计/)).toBeVisible();

  // The page's own camera on the code that shows now, in a browser of its own.
  await scan(leadsPage);
  await seeing(leadsPage, async (browserWithCamera) => {
    const other = await contextOf(browserWithCamera, city);
    await signIn(other, city, "赵敏");
    const phone = await other.newPage();
    await phone.goto(`/arrive/${await placeOf(city, "赵敏", shift)}`);
    await phone.getByRole("button", { name: "扫码到岗" }).click();
    await expect(phone.getByRole("heading", { name: "已到岗" })).toBeVisible({ timeout: 10_000 });
    await seenByLead("赵敏", "刚到");
  });

  await city.moveTo("2026-09-01T08:31");
  await leadsPage.goto(`/lead/${shift.id}/departures`);
  await leadsPage.getByRole("button", { name: /^全部签退/ }).click();
  await expect(leadsPage.getByText("60 分钟，已计入").first()).toBeVisible();

  await page.goto("/record");
  await expect(page.getByText("60 分钟（7:30–8:30），已计入")).toBeVisible();
  await expect(page.getByText("7:22 到岗，提前的 8 分钟不计")).toBeVisible();
  await expect(page.getByText("个人", { exact: true })).toBeVisible();
  await expect(page.getByText("单位集体", { exact: true })).toBeVisible();
  await context.close();
});
