import type { Page } from "@playwright/test";
import { DESK, expect, test } from "./support";

interface QueueItem {
  shift: { id: number; starts_at: string };
  post: { id: number; title: string; place: string };
}
const inQueue = (items: QueueItem[], place: string, day: string) => items.filter((item) => item.post.place === place && item.shift.starts_at.startsWith(day));

/** Puts a table on a cell as the browser does when somebody pastes. */
async function paste(page: Page, cell: string, text: string) {
  await page.getByRole("textbox", { name: cell }).or(page.getByRole("combobox", { name: cell })).first().evaluate((input, pasted) => {
    const clipboard = new DataTransfer();
    clipboard.setData("text/plain", pasted);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
  }, text);
}

test("a post is published from its template in three steps, reaches members, and is undone in one", async ({ signedIn, city }) => {
  const page = await signedIn("community_officer", { viewport: DESK });
  const member = await city.as("王建国");
  const queue = async () => (await member.get<{ items: QueueItem[] }>("/queue?limit=100")).items;
  await page.goto("/desk");
  await expect(page.getByRole("button", { name: "发布 2 个班次" })).toBeVisible();
  const before = inQueue(await queue(), "盘旋路十字", "2026-09-01T23").length;

  let steps = 0;
  const began = Date.now();
  await page.getByLabel(/^地点/).fill("盘旋路十字");
  steps += 1;
  await page.getByLabel("意外险编号").fill("2026-0413");
  steps += 1;
  await page.getByRole("button", { name: "发布 2 个班次" }).click();
  steps += 1;
  await expect(page.getByText("已发布 2 个班次：盘旋路十字")).toBeVisible();
  expect(steps).toBe(3);
  expect(Date.now() - began).toBeLessThan(60_000);
  expect(inQueue(await queue(), "盘旋路十字", "2026-09-01T23").length).toBe(before + 1);

  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText("已撤销，内容还在这里，改好再发。")).toBeVisible();
  await expect(page.getByLabel(/^地点/)).toHaveValue("盘旋路十字");
  expect(inQueue(await queue(), "盘旋路十字", "2026-09-01T23").length).toBe(before);
});

test("what is wrong is said at its field, and nothing typed is lost when the session ends", async ({ signedIn, city }) => {
  const page = await signedIn("community_officer", { viewport: DESK });
  await page.goto("/desk");
  await page.getByLabel(/^地点/).fill("没有发过的地方");
  await page.getByRole("button", { name: "发布 2 个班次" }).click();
  await expect(page.getByText("这个地点以前没有发过，请在地图上点一下")).toBeVisible();
  await expect(page.getByText("有危险的岗位要填意外险编号")).toBeVisible();
  await page.getByRole("button", { name: "在地图上放" }).click();
  await page.getByRole("application", { name: "岗位在哪里" }).click({ position: { x: 120, y: 150 } });
  await expect(page.getByText("这个地点以前没有发过，请在地图上点一下")).toBeHidden();
  await page.getByLabel("意外险编号").fill("2026-0413");

  await page.context().clearCookies();
  await page.getByRole("button", { name: "发布 2 个班次" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  const { account, password } = city.account("community_officer");
  await page.getByLabel("账号").fill(account);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page).toHaveURL(/\/desk$/);
  await expect(page.getByLabel(/^地点/)).toHaveValue("没有发过的地方");
  await page.getByRole("button", { name: "发布 2 个班次" }).click();
  await expect(page.getByText("已发布 2 个班次：没有发过的地方")).toBeVisible();
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText(/^已撤销/)).toBeVisible();
});

test("twelve rows are pasted, looked at, published and undone, and the wrong one is named at its cell", async ({ signedIn, city }) => {
  const page = await signedIn("community_officer", { viewport: DESK });
  const member = await city.as("王建国");
  const rows = Array.from({ length: 12 }, (_, n) => ["9月3日", `${8 + Math.floor(n / 2)}:${n % 2 ? "30" : "00"}-${9 + Math.floor(n / 2)}:${n % 2 ? "30" : "00"}`, n === 4 ? "没有这类" : "垃圾分类", n === 7 ? "新投放点" : "盘旋路十字", "3"].join("\t"));
  await page.goto("/desk/rows");
  await paste(page, "第 1 行，日期", ["日期\t时间\t岗位类别\t地点\t名额", ...rows].join("\n"));
  await expect(page.getByText("共 12 行，10 行可以，2 行要改，已标出来")).toBeVisible();
  await expect(page.getByRole("button", { name: "发布 12 个岗位" })).toBeDisabled();

  const wrong = page.getByRole("textbox", { name: "第 5 行，岗位类别" });
  await expect(wrong).toHaveAttribute("aria-invalid", "true");
  await expect(wrong).toHaveAccessibleDescription(/类别对不上/);
  await wrong.fill("垃圾分类宣传");
  await page.getByRole("button", { name: "在地图上点" }).click();
  await page.getByRole("dialog").getByRole("application").click({ position: { x: 200, y: 200 } });
  await page.getByRole("button", { name: "用这个位置" }).click();
  await expect(page.getByText("12 行都读懂了，先看一遍再发布")).toBeVisible();
  await page.getByRole("button", { name: "先看一遍" }).click();
  await expect(page.getByText("12 行都可以发布")).toBeVisible();

  const published = async () => (await member.get<{ items: QueueItem[] }>("/queue?limit=100&category=waste_sorting")).items.filter((item) => ["盘旋路十字", "新投放点"].includes(item.post.place)).length;
  expect(await published()).toBe(0);
  await page.getByRole("button", { name: "发布 12 个岗位" }).click();
  await expect(page.getByText("已发布 12 个岗位")).toBeVisible();
  expect(await published()).toBe(12);
  await page.getByRole("button", { name: "撤销这 12 个" }).click();
  await expect(page.getByRole("button", { name: "发布 12 个岗位" })).toBeVisible();
  expect(await published()).toBe(0);
});

test("a row that the server alone refuses is named at its cell too", async ({ signedIn }) => {
  const page = await signedIn("community_officer", { viewport: DESK });
  await page.goto("/desk/rows");
  await paste(page, "第 1 行，日期", "9月1日\t1:00-2:00\t垃圾分类\t盘旋路十字\t3");
  await page.getByRole("button", { name: "先看一遍" }).click();
  await expect(page.getByRole("textbox", { name: "第 1 行，时间" })).toHaveAccessibleDescription("时间已经过了");
});

test("an edit that another officer was faster with shows both versions and loses nothing", async ({ signedIn }) => {
  const [mine, theirs] = [await signedIn("community_officer", { viewport: DESK }), await signedIn("community_officer", { viewport: DESK })];
  for (const page of [mine, theirs]) {
    await page.goto("/desk/posts");
    await page.getByRole("button", { name: /^盘旋路十字/ }).first().click();
    await expect(page.getByLabel("穿什么、带什么")).toHaveValue(/反光背心/);
  }
  await mine.getByLabel("穿什么、带什么").fill("自带水杯和手套");
  await mine.getByLabel("集合地点").fill("东北角邮局门口");
  await theirs.getByLabel("穿什么、带什么").fill("红马甲到社区领");
  await theirs.getByRole("button", { name: "保存修改" }).click();
  await expect(theirs.getByText("已保存")).toBeVisible();

  await mine.getByRole("button", { name: "保存修改" }).click();
  const both = mine.getByRole("alert").filter({ hasText: "刚才有别人改过这个岗位" });
  await expect(both).toContainText("红马甲到社区领");
  await expect(both).toContainText("自带水杯和手套");
  await expect(mine.getByLabel("集合地点")).toHaveValue("东北角邮局门口");
  await mine.getByRole("button", { name: "保存我写的" }).click();
  await expect(mine.getByText("已保存")).toBeVisible();
  await mine.reload();
  await expect(mine.getByLabel("穿什么、带什么")).toHaveValue("自带水杯和手套");
});

test("who arrives is seen at once, a lead is named among the holders, and stopping ends the day in one action", async ({ signedIn, city }) => {
  const officer = await city.as("community_officer");
  const me = await officer.get<{ roles: { organization_id: number }[] }>("/me");
  const day = await officer.get<{ shifts: { items: { shift: { id: number; starts_at: string }; post: { place: string; position: object } }[] } }>(`/organizations/${me.roles[0]!.organization_id}/day`);
  const { shift, post } = day.shifts.items.find((one) => one.post.place === "盘旋路十字" && one.shift.starts_at.startsWith("2026-08-31T23"))!;
  const member = await city.as("王建国");
  const claim = await member.post<{ id: number }>(`/shifts/${shift.id}/claims`, { wait: false });
  await city.moveTo("2026-09-01T07:20");

  const page = await signedIn("community_officer", { viewport: DESK });
  await page.goto("/desk");
  const pane = page.getByRole("region", { name: "盘旋路十字" });
  await expect(pane.getByText("还没到").first()).toBeVisible();
  const at = { ...post.position, accuracy_m: 15, taken_at: "2026-09-01T07:21:00+08:00", sent_at: "2026-09-01T07:21:00+08:00" };
  await city.moveTo("2026-09-01T07:21");
  await member.post(`/claims/${claim.id}/check-in`, { method: "geofence", position: at });
  await expect(pane.getByRole("listitem").filter({ hasText: "王建国" })).toContainText("手机定位，在岗位范围内", { timeout: 2_000 });
  await expect(pane.getByText(/已到 1，共 \d 人/)).toBeVisible();

  await pane.getByRole("combobox", { name: "副手" }).press("Enter");
  await page.getByRole("option", { name: "王建国" }).click();
  await pane.getByRole("button", { name: "定为负责人" }).click();
  await expect(pane.getByRole("button", { name: "定为负责人" })).toBeHidden();

  await page.getByRole("banner").getByRole("button", { name: "停岗" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/3 个班次会停/)).toBeVisible();
  await dialog.getByRole("button", { name: "停 3 个班次" }).click();
  await expect(dialog.getByText("请写原因，认领人会看到")).toBeVisible();
  await dialog.getByRole("button", { name: "雨雪" }).click();
  await dialog.getByRole("button", { name: "停 3 个班次" }).click();
  await expect(page.getByText("已停 3 个班次，认领人会收到通知")).toBeVisible();
  await expect(page.getByRole("cell", { name: "已停岗" })).toHaveCount(3);
});

test("a unit reads its members' quarter by name, without numbers of those who didn't consent, and takes it along", async ({ signedIn, city }) => {
  const page = await signedIn("unit_officer", { viewport: DESK });
  await page.goto("/desk/unit");
  await expect(page.getByRole("heading", { name: /市商务局 成员和服务时长/ })).toBeVisible();
  const names = await page.locator("tbody th").allTextContents();
  const unit = city.account("unit_officer").organization_id;
  const told = await (await city.as("unit_officer")).get<{ items: { name: string }[] }>(`/organizations/${unit}/hours?year=2026&quarter=3&limit=100`);
  expect(names).toHaveLength(50);
  expect(names).toEqual(told.items.map((member) => member.name));
  await page.getByRole("button", { name: "未授权 5" }).click();
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(5);
  for (const text of await rows.allTextContents()) expect(text).toMatch(/未授权，不显示时长$/);
  await page.getByRole("button", { name: "全部 50" }).click();
  await page.getByRole("searchbox", { name: "姓名或支部" }).fill("陈刚");
  await expect(rows).toHaveCount(1);
  await expect(page.locator("thead").getByRole("button")).toHaveCount(0);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "导出" }).click()]);
  expect(download.suggestedFilename()).toBe("市商务局 2026 年第三季度.xlsx");
});
