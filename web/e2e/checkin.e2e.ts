// Arriving and leaving as people do it: the lead's code by scanner, camera and photo, positions near and far, refusals, no network.
import type { Page } from "@playwright/test";
import { contextOf, expect, signIn, withOwnCity } from "./support";
import { seeing } from "./support/camera";
import { placeOf, shiftAt, shownCode, standing } from "./support/post";

const test = withOwnCity();
test.describe.configure({ mode: "serial" });
const MORNING = "2026-09-01T07:30";

async function byPosition(page: Page, claim: number) {
  await page.goto(`/arrive/${claim}`);
  await page.getByRole("button", { name: "用定位" }).click();
}

test("before check-in opens the page says when it does", async ({ signedIn, city }) => {
  const evening = await shiftAt(city, "2026-09-01T17:30");
  const claim = await placeOf(city, "赵敏", evening);
  const page = await signedIn("赵敏");
  await page.goto(`/arrive/${claim}`);
  await expect(page.getByText("17:00 可以到岗")).toBeVisible();
  await (await city.as("赵敏")).post(`/claims/${claim}/release`);
});

test("the code opened by another browser checks in by itself at 7:22, once, and leaves with the right minutes", async ({ browser, signedIn, city }) => {
  const shift = await shiftAt(city, MORNING);
  const claim = await placeOf(city, "王建国", shift);
  await city.moveTo("2026-09-01T07:22");
  const page = await signedIn("王建国", standing(0, 20));
  await page.goto((await shownCode(city, shift)).url);
  await expect(page.getByText("已到岗")).toBeVisible();
  await expect(page.getByText("7:22", { exact: true })).toBeVisible();
  await expect(page.getByText("8:30 结束")).toBeVisible();
  await expect(page.getByText("提前到的 8 分钟不计。站满整班是 60 分钟。")).toBeVisible();
  await expect(page.getByText("在岗位范围内")).toBeVisible();
  await expect(page.getByText("扫了负责人的码，位置相符")).toBeVisible();
  await page.reload();
  await expect(page.getByText("已到岗")).toBeVisible();
  await page.getByRole("button", { name: /离岗签退/ }).click();
  await expect(page.getByRole("alert")).toContainText("还没开始。现在签退就定下来了，计 0 分钟");
  await page.getByRole("button", { name: "先不走" }).click();

  const other = await contextOf(browser, city);
  const nobody = await other.newPage();
  await nobody.goto((await shownCode(city, shift)).url);
  await expect(nobody.getByText("先登录一次，登录后自动到岗，不用再扫")).toBeVisible();
  const { account, password } = city.account("刘玉兰");
  await nobody.getByLabel("账号").fill(account);
  await nobody.getByLabel("密码", { exact: true }).fill(password);
  await nobody.getByRole("button", { name: "登录" }).click();
  await expect(nobody.getByText("您没有认领这个班次")).toBeVisible();
  await nobody.getByRole("button", { name: "认领一个名额" }).click();
  await expect(nobody.getByText("已到岗")).toBeVisible();
  await expect(nobody.getByText("没有带位置")).toBeVisible();
  await other.close();
  expect(claim).toBeGreaterThan(0);
});

test("a position off by 300 m can't tell and one 5 km away isn't there: without blame, and with the lead's number", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, MORNING);
  const claim = await placeOf(city, "赵敏", shift);
  const unsure = await signedIn("赵敏", standing(0, 300));
  await byPosition(unsure, claim);
  await unsure.getByRole("button", { name: "就用这个位置" }).click();
  await expect(unsure.getByText("手机定位不够准，判断不了")).toBeVisible();
  await expect(unsure.getByText("不算没到")).toBeVisible();
  await expect(unsure.getByText("现场负责人 李秀英")).toBeVisible();
  await expect(unsure.getByRole("link", { name: "给李秀英打电话" }).first()).toHaveAttribute("href", /^tel:\d{11}$/);
  expect(await unsure.locator("body").innerText()).not.toMatch(/失败|作弊|不在范围|打卡/);

  const far = await signedIn("赵敏", standing(5_000, 20));
  await far.goto(`/arrive/${claim}?way=position`);
  await expect(far.getByText(/手机定位不够准，判断不了|不在范围内/)).toBeVisible();
  await expect(far.getByRole("link", { name: "给李秀英打电话" }).first()).toBeVisible();
});

test("refused position and camera leave the photo and the lead, in plain words", async ({ signedIn, city }) => {
  const evening = await shiftAt(city, "2026-09-01T17:30");
  await city.moveTo("2026-09-01T17:05");
  const claim = await placeOf(city, "韩晓超", evening);
  const page = await signedIn("韩晓超", { permissions: [] });
  await page.goto(`/arrive/${claim}`);
  await page.getByRole("button", { name: "用定位" }).click();
  await expect(page.getByRole("alert")).toContainText("没有允许用位置");
  await page.getByRole("button", { name: "扫码到岗" }).click();
  await expect(page.getByRole("alert")).toContainText(/相机/);
  await expect(page.getByRole("button", { name: "拍照" })).toBeVisible();
  await expect(page.getByRole("link", { name: "给李秀英打电话" })).toBeVisible();

  // A photo of the lead's code, read by our own reader from our own origin.
  const drawn = await page.context().newPage();
  await drawn.setViewportSize({ width: 600, height: 600 });
  await drawn.setContent(`<style>svg { width: 560px; height: 560px; }</style><div style="background:#fff">${(await shownCode(city, evening)).svg.replace(/^<\?xml[^>]*>/, "")}</div>`);
  const photo = await drawn.screenshot();
  await page.locator("input[type=file]").setInputFiles({ name: "code.png", mimeType: "image/png", buffer: photo });
  await expect(page.getByText("已到岗")).toBeVisible();
});

test("the page's own camera reads the lead's code", async ({ browser, city }) => {
  const evening = await shiftAt(city, "2026-09-01T17:30");
  const claim = await placeOf(city, "郭梅", evening);
  const drawing = await (await contextOf(browser, city, { viewport: { width: 640, height: 640 } })).newPage();
  await drawing.setContent(`<style>svg { width: 560px; height: 560px; }</style><body style="margin:0;background:#fff"><div style="margin:40px">${(await shownCode(city, evening)).svg.replace(/^<\?xml[^>]*>/, "")}</div>`);
  await seeing(drawing, async (browserWithCamera) => {
    const context = await contextOf(browserWithCamera, city);
    await signIn(context, city, "郭梅");
    const page = await context.newPage();
    await page.goto(`/arrive/${claim}`);
    await page.getByRole("button", { name: "扫码到岗" }).click();
    await expect(page.getByText("已到岗")).toBeVisible();
  });
  await drawing.context().close();
});

test("a press without a network is kept, looks unlike done, and goes by itself once", async ({ signedIn, city }) => {
  const evening = await shiftAt(city, "2026-09-01T17:30");
  const claim = await placeOf(city, "王建国", evening);
  const page = await signedIn("王建国", standing(10, 20));
  await page.goto(`/arrive/${claim}`);
  await expect(page.getByRole("button", { name: "用定位" })).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "用定位" }).click();
  await expect(page.getByText("还没发出去")).toBeVisible();
  await expect(page.getByText("待发送")).toBeVisible();
  await expect(page.getByText("已到岗")).toHaveCount(0);
  const keys: string[] = [];
  page.on("request", (request) => request.url().includes("/check-in") && keys.push(request.headers()["idempotency-key"] ?? ""));
  await page.context().setOffline(false);
  await expect(page.getByText("已到岗")).toBeVisible();
  expect(new Set(keys).size).toBe(1);
});

test("leaving 5 km away at the end is taken and waits for the lead", async ({ signedIn, city }) => {
  await city.moveTo("2026-09-01T18:30");
  const claim = await placeOf(city, "王建国", await shiftAt(city, "2026-09-01T17:30"));
  const page = await signedIn("王建国", standing(5_000, 20));
  await page.goto(`/arrive/${claim}`);
  await page.getByRole("button", { name: "离岗签退" }).click();
  await expect(page.getByRole("heading", { name: /18:30 已签退|18:31 已签退/ })).toBeVisible();
  await expect(page.getByText(/60 分钟（17:30–18:30），(待核实|待负责人确认)/)).toBeVisible();
  await expect(page.getByText(/签退时不在岗位|和上一次的位置隔得太远/)).toBeVisible();
});

test("a stale and an unknown code say what to do, and nobody is checked in", async ({ signedIn }) => {
  const page = await signedIn("陈刚");
  await page.goto("/c/AQABAAAAAAADByKCW50tEzS6Z_I6thSJIcQ5e30");
  await expect(page.getByText(/这个码认不出来|这个码过时了/)).toBeVisible();
  await expect(page.getByText("已到岗")).toHaveCount(0);
});

test("a position is inside at 20 m and at the edge", async ({ signedIn, city }) => {
  const next = await shiftAt(city, "2026-09-02T07:30");
  await city.moveTo("2026-09-02T07:10");
  const inside = await signedIn("陈刚", standing(20, 20));
  await byPosition(inside, await placeOf(city, "陈刚", next));
  await expect(inside.getByText("已到岗")).toBeVisible();
  await expect(inside.getByText("用了手机定位，位置相符")).toBeVisible();
  await expect(inside.getByText("待负责人确认")).toBeVisible();
  const edge = await signedIn("韩晓超", standing(130, 40));
  await byPosition(edge, await placeOf(city, "韩晓超", next));
  await expect(edge.getByText("已到岗")).toBeVisible();
  await expect(edge.getByText("在岗位边上，算在范围内")).toBeVisible();
});
