import type { Page } from "@playwright/test";
import { type City, contextOf, expect, PHONE, signIn, withOwnCity } from "./support";
import { type Shift, placeOf, shiftAt } from "./support/post";
import { glance, scan } from "./support/scan";

const test = withOwnCity();

interface Roll {
  items: { claim_id: number; member_id: number; name: string; state: string; minutes: number | null; counts: string | null; uncounted: string | null; check_in: { at: string; evidence_level: string } | null }[];
}

const roll = async (city: City, shift: Shift): Promise<Roll> => (await city.as("李秀英")).get<Roll>(`/shifts/${shift.id}/arrivals`);
const rowOf = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });

const MORNING = "2026-09-01T07:30";
const EVENING = "2026-09-01T17:30";

test.describe.configure({ mode: "serial" });

test("a member scans the code that the lead's page shows, and stands under it within 2 s; all leave with one tap at 8:31", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, MORNING);
  const claim = await placeOf(city, "王建国", shift);
  await city.moveTo("2026-09-01T07:22");
  const page = await signedIn("李秀英");
  await page.goto("/lead");
  await page.getByRole("link", { name: /7:30/ }).first().click();
  await expect(page).toHaveURL(new RegExp(`/lead/${shift.id}$`));
  await expect(page.getByRole("img", { name: "到岗动态码，给成员扫" })).toBeVisible();
  await expect(page.getByText("还没到").first()).toBeVisible();
  await expect(page.getByText("实时", { exact: true })).toBeVisible();

  const code = await scan(page);
  expect(code).toMatch(/\/c\//);
  const answer = await (await city.as("王建国")).post<{ state: string; evidence_level: string }>(`/claims/${claim}/check-in`, { method: "rotating_code", code });
  const answered = Date.now();
  expect(answer.state).toBe("checked_in");
  await expect(rowOf(page, "王建国").getByText("刚到")).toBeVisible({ timeout: 2_000 });
  expect(Date.now() - answered).toBeLessThan(2_000);
  await expect(page.getByRole("status").filter({ hasText: "王建国 已到 7:22" })).toBeAttached();
  // Scanned without a position it is fair: the lead's word makes it count.
  await page.getByRole("link", { name: "到岗名单" }).click();
  await expect(rowOf(page, "王建国")).toContainText("7:22 扫码，没有给定位");
  await rowOf(page, "王建国").getByRole("button", { name: "确认王建国到岗" }).click();
  await expect(rowOf(page, "王建国")).toContainText("负责人已确认");

  await city.moveTo("2026-09-01T08:31");
  await page.getByRole("link", { name: /^离岗/ }).click();
  await expect(page.getByText("现在 8:31")).toBeVisible();
  await expect(rowOf(page, "王建国").getByRole("checkbox")).toBeChecked();
  await page.getByRole("button", { name: /^全部签退/ }).click();
  await expect(rowOf(page, "王建国")).toContainText("60 分钟，已计入");
  const ledger = await (await city.as("王建国")).get<{ balance: { minutes: number }; entries: { items: { minutes: number; inputs: { shift_id: number } }[] } }>("/me/ledger?year=2026");
  expect(ledger.entries.items.find((entry) => entry.inputs.shift_id === shift.id)?.minutes).toBe(60);
});

test("who could not press is confirmed in three taps, and it counts; of oneself nothing can be said", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, EVENING);
  await placeOf(city, "赵敏", shift);
  await city.moveTo("2026-09-01T17:25");
  const page = await signedIn("李秀英");
  await page.goto(`/lead/${shift.id}`);
  await expect(rowOf(page, "李秀英").getByRole("link")).toHaveCount(0);
  await expect(rowOf(page, "李秀英")).toContainText("由别人确认");
  let taps = 0;
  const tap = async (target: ReturnType<Page["getByRole"]>) => {
    taps += 1;
    await target.click();
  };
  await tap(rowOf(page, "赵敏").getByRole("link"));
  await tap(page.getByRole("button", { name: "手机没电" }));
  await tap(page.getByRole("button", { name: /^确认赵敏在岗/ }));
  await expect(page).toHaveURL(new RegExp(`/lead/${shift.id}$`));
  await expect(rowOf(page, "赵敏").getByText("刚到").or(rowOf(page, "赵敏").getByRole("img", { name: "已到" }))).toBeVisible();
  expect(taps).toBeLessThanOrEqual(3);
  const arrived = (await roll(city, shift)).items.find((item) => item.name === "赵敏");
  expect(arrived?.check_in?.evidence_level).toBe("attested");
});

test("three times of leaving: to the end 60, at 8:00 half under review, at 7:40 not counted", async ({ signedIn, city }) => {
  // The evening shift of the test before: 17:30 to 18:30.
  const shift = await shiftAt(city, EVENING);
  const names = ["王建国", "陈刚"];
  const page = await signedIn("李秀英");
  await page.goto(`/lead/${shift.id}`);
  const code = await scan(page);
  for (const name of names) {
    const claim = await placeOf(city, name, shift);
    await (await city.as(name)).post(`/claims/${claim}/check-in`, { method: "rotating_code", code });
  }
  await city.moveTo("2026-09-01T18:31");
  await page.goto(`/lead/${shift.id}/departures`);
  await expect(page.getByText("现在 18:31")).toBeVisible();
  const leave = async (name: string, time: string) => {
    await rowOf(page, name).getByRole("button", { name: "早走了，填离开时间" }).click();
    await rowOf(page, name).getByLabel("离开时间").selectOption({ label: time });
    await rowOf(page, name).getByRole("button", { name: `${time} 离开` }).click();
  };
  await leave("王建国", "18:00");
  await expect(rowOf(page, "王建国")).toContainText("不足班次六成");
  await leave("陈刚", "17:40");
  await expect(rowOf(page, "陈刚")).toContainText("10 分钟，不足 15 分钟，不计");
  await page.getByRole("button", { name: /^全部签退/ }).click();
  await expect(rowOf(page, "赵敏")).toContainText("60 分钟，已计入");

  const items = (await roll(city, shift)).items;
  const of = (name: string) => items.find((item) => item.name === name);
  expect(of("赵敏")).toMatchObject({ minutes: 60, counts: "counted" });
  expect(of("王建国")).toMatchObject({ minutes: 30, counts: "under_review" });
  expect(of("陈刚")).toMatchObject({ minutes: 10, uncounted: "too_short" });
  const ledger = await (await city.as("陈刚")).get<{ entries: { items: { inputs: { shift_id: number } }[] } }>("/me/ledger?year=2026");
  expect(ledger.entries.items.filter((entry) => entry.inputs.shift_id === shift.id)).toHaveLength(0);

  // A further tick mends it.
  await rowOf(page, "陈刚").getByRole("button", { name: "改离开时间" }).click();
  await rowOf(page, "陈刚").getByLabel("离开时间").selectOption({ label: "18:30" });
  await rowOf(page, "陈刚").getByRole("button", { name: "18:30 离开" }).click();
  await expect(rowOf(page, "陈刚")).toContainText("60 分钟，已计入");
});

test("after the end somebody without a check-in is neither absent nor forgotten", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, "2026-09-02T07:30");
  const claims = { came: await placeOf(city, "赵敏", shift), away: await placeOf(city, "陈刚", shift) };
  await city.moveTo("2026-09-02T08:40");
  const page = await signedIn("李秀英");
  await page.goto(`/lead/${shift.id}/departures`);
  await expect(rowOf(page, "赵敏")).toContainText("未签到，待核实");
  await rowOf(page, "赵敏").getByRole("link", { name: "到了" }).click();
  await expect(page.getByLabel("到岗时间").locator("option:checked")).toHaveText("7:30");
  await expect(page.getByLabel("离开时间").locator("option:checked")).toHaveText("8:30");
  await page.getByRole("button", { name: "手机没电" }).click();
  await page.getByRole("button", { name: /^确认赵敏当时在岗/ }).click();
  await expect(rowOf(page, "赵敏")).toContainText("60 分钟，已计入");
  await rowOf(page, "陈刚").getByRole("link", { name: "没到" }).click();
  await page.getByRole("button", { name: "有事请假" }).click();
  await page.getByRole("button", { name: "身体不适" }).click();
  await page.getByRole("button", { name: /^记陈刚有事请假/ }).click();
  await expect(rowOf(page, "陈刚")).toHaveCount(0);
  const states = await (await city.as("陈刚")).get<{ items: { id: number; state: string }[] }>("/me/claims");
  expect(states.items.find((claim) => claim.id === claims.away)?.state).toBe("excused");
  expect((await roll(city, shift)).items.find((item) => item.claim_id === claims.came)).toMatchObject({ minutes: 60, counts: "counted" });
});

test("a code is not shown past its time when the network drops, and comes back by itself", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, "2026-09-02T17:30");
  await city.moveTo("2026-09-02T17:10");
  const page = await signedIn("李秀英");
  await page.goto(`/lead/${shift.id}`);
  const picture = page.getByRole("img", { name: "到岗动态码，给成员扫" });
  await expect(picture).toBeVisible();
  const first = await scan(page);
  // Its follower is shown at its time without any request.
  await page.context().setOffline(true);
  await expect.poll(async () => (await glance(page)) ?? first, { timeout: 17_000, intervals: [500] }).not.toBe(first);
  await expect(picture).toHaveCount(0, { timeout: 32_000 });
  await expect(page.getByText(/没有网络，17:1\d 起/)).toBeVisible();
  await page.context().setOffline(false);
  await expect(picture).toBeVisible({ timeout: 8_000 });
  expect(await scan(page)).not.toBe(first);
});

test("the code reads off a dark phone, a small one and one with large type", async ({ browser, city }) => {
  const shift = await shiftAt(city, "2026-09-02T17:30");
  for (const options of [{ colorScheme: "dark" as const, viewport: PHONE }, { viewport: { width: 320, height: 568 } }, { viewport: { width: 844, height: 390 } }]) {
    const context = await contextOf(browser, city, options);
    await signIn(context, city, "李秀英");
    const page = await context.newPage();
    await page.addInitScript(() => localStorage.setItem("daogang.size", "150"));
    await page.goto(`/lead/${shift.id}`);
    await expect(page.getByRole("img", { name: "到岗动态码，给成员扫" })).toBeVisible();
    expect(await scan(page)).toMatch(/\/c\//);
    await context.close();
  }
});

test("a paired screen shows the code and head-counts, nobody's name, until it is taken back", async ({ browser, signedIn, city }) => {
  const shift = await shiftAt(city, "2026-09-02T17:30");
  const officer = await signedIn("city_officer");
  await officer.goto(`/lead/${shift.id}/screens`);
  await officer.getByRole("button", { name: "配一块新屏幕" }).click();
  const link = new URL((await officer.locator(".address").textContent()) ?? "");
  expect(new URL(await scan(officer)).hash).toBe(link.hash);

  const context = await contextOf(browser, city, { viewport: { width: 1920, height: 1080 } });
  const screen = await context.newPage();
  await screen.goto(`/screens/pair${link.hash}`);
  await expect(screen.getByRole("img", { name: "到岗动态码，给成员扫" })).toBeVisible();
  expect(await scan(screen)).toMatch(/\/c\//);
  await expect(screen.getByText(/共 \d+ 人/)).toBeVisible();
  expect(await screen.locator("body").innerText()).not.toContain("李秀英");
  expect(screen.url()).not.toContain("#");
  await screen.reload();
  await expect(screen.getByRole("img", { name: "到岗动态码，给成员扫" })).toBeVisible();

  await expect(officer.getByText(/起在出码/)).toBeVisible();
  await officer.getByRole("button", { name: "收回" }).click();
  await expect(screen.getByText("这块屏幕已经收回，不再出码")).toBeVisible({ timeout: 20_000 });
  await context.close();
});

test("a lead stops for danger, and knows before what happens", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, "2026-09-02T17:30");
  const claim = await placeOf(city, "王建国", shift);
  await city.moveTo("2026-09-02T17:40");
  const page = await signedIn("李秀英");
  await page.goto(`/lead/${shift.id}`);
  await page.getByRole("link", { name: "停岗" }).click();
  await page.getByRole("button", { name: "沙尘" }).click();
  await page.getByRole("button", { name: /^停掉这个班次/ }).click();
  await page.getByRole("button", { name: /^现在停岗/ }).click();
  await expect(page).toHaveURL(new RegExp(`/lead/${shift.id}/departures$`));
  const own = await (await city.as("王建国")).get<{ state: string; state_reason: string; claim: { id: number; state: string } }>(`/shifts/${shift.id}`);
  expect(own).toMatchObject({ state: "stopped", state_reason: "沙尘", claim: { id: claim, state: "cancelled" } });
});
