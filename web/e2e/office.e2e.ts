import type { Page } from "@playwright/test";
import { type City, expect, withOwnCity } from "./support";

const test = withOwnCity();

interface PostView {
  id: number;
  title: string;
  place: string;
  state: string;
  state_reason: string | null;
  bring: string;
  meeting_point: string;
  version: number;
  shifts: { id: number; starts_at: string; capacity: number; lead_id: number | null; state: string }[];
}
const HERE = { geolocation: { latitude: 36.0607, longitude: 103.8367, accuracy: 20 }, permissions: ["geolocation"] };
const OFFICER = "community_officer";

async function publishedAt(city: City, place: string): Promise<PostView | undefined> {
  const officer = await city.as(OFFICER);
  const { organization_id } = city.account(OFFICER);
  const posts = await officer.get<{ items: PostView[] }>(`/posts?organization_id=${organization_id}&limit=20`);
  return posts.items.find((post) => post.place === place);
}
async function write(page: Page, place: string) {
  await page.goto("/office/new");
  await page.getByRole("button", { name: "文明交通劝导" }).click();
  await page.getByLabel("地点名称").fill(place);
  await page.getByRole("button", { name: "就在我这里" }).click();
  await expect(page.getByText("误差约 20 米")).toBeVisible();
}

test.describe.configure({ mode: "serial" });

test("a post is published from the ready text in a few taps, stands in the queue, and is taken back with one", async ({ signedIn, city }) => {
  const page = await signedIn(OFFICER, HERE);
  await write(page, "邮局门口");
  await page.getByRole("button", { name: /^看一眼再发布/ }).click();
  // A dangerous post without insurance isn't let through, and says so in place.
  await expect(page.getByText("请填保单编号，或者谁同意免保")).toBeVisible();
  await page.getByLabel("意外险保单编号").fill("2026-0413");
  await page.getByRole("button", { name: /^看一眼再发布/ }).click();
  await expect(page.getByRole("article")).toContainText("7:30–8:30");
  await expect(page.getByRole("article")).toContainText("已投意外险，编号 2026-0413");
  // Back from the last look nothing is lost.
  await page.goBack();
  await expect(page.getByLabel("地点名称")).toHaveValue("邮局门口");
  await page.getByRole("button", { name: /^看一眼再发布/ }).click();
  await page.getByRole("button", { name: "发布 2 个班次" }).dblclick();
  await expect(page.getByRole("status").filter({ hasText: "已发布 2 个班次，8 个名额" })).toBeVisible();

  const post = await publishedAt(city, "邮局门口");
  expect(post).toMatchObject({ title: "文明交通劝导", state: "published" });
  expect(post?.shifts.map((shift) => shift.starts_at)).toEqual(["2026-09-01T23:30:00Z", "2026-09-02T09:30:00Z"]);
  const queue = await (await city.as("王建国")).get<{ items: { post: { id: number } }[] }>("/queue?lat=36.0607&lon=103.8367&datum=wgs84&within_m=50&limit=100");
  expect(queue.items.filter((item) => item.post.id === post?.id)).toHaveLength(2);

  await page.getByRole("button", { name: "撤销发布" }).click();
  await expect(page.getByText("已经撤销")).toBeVisible();
  expect(await publishedAt(city, "邮局门口")).toBeUndefined();
});

test("what was being written is there again after the page was left", async ({ signedIn }) => {
  const page = await signedIn(OFFICER, HERE);
  await write(page, "天水路口 🚦 \u202e");
  await page.goto("/");
  await page.goto("/office/new");
  await expect(page.getByLabel("地点名称")).toHaveValue("天水路口 🚦 \u202e");
  await expect(page.getByText("位置已经选好")).toBeVisible();
  await page.getByRole("button", { name: "从头写" }).click();
  await expect(page.getByLabel("地点名称")).toHaveCount(0);
});

test("with location refused the map takes its place", async ({ signedIn }) => {
  const page = await signedIn(OFFICER, { permissions: [] });
  await page.goto("/office/new");
  await page.getByRole("button", { name: "环境整治" }).click();
  await page.getByRole("button", { name: "就在我这里" }).click();
  await expect(page.getByText(/请在地图上点一下/)).toBeVisible();
  await page.locator(".map-view .map").click({ position: { x: 120, y: 120 } });
  await expect(page.getByText("位置已经选好")).toBeVisible();
});

test("a lead is named among the holders; a post is paused and let go on", async ({ signedIn, city }) => {
  const page = await signedIn(OFFICER, HERE);
  await write(page, "定西路北口");
  await page.getByLabel("意外险保单编号").fill("2026-0413");
  await page.getByRole("button", { name: /^看一眼再发布/ }).click();
  await page.getByRole("button", { name: "发布 2 个班次" }).click();
  await expect(page.getByText("已发布 2 个班次，8 个名额")).toBeVisible();
  const post = (await publishedAt(city, "定西路北口"))!;
  for (const name of ["王建国", "陈刚"]) await (await city.as(name)).post(`/shifts/${post.shifts[0]!.id}/claims`, { wait: false });

  await page.getByRole("link", { name: "定负责人" }).click();
  await expect(page).toHaveURL(new RegExp(`/office/posts/${post.id}$`));
  await page.getByRole("button", { name: "定负责人" }).first().click();
  await page.getByRole("group", { name: /现场负责人/ }).getByRole("button", { name: "王建国" }).click();
  await page.getByRole("group", { name: /副负责人/ }).getByRole("button", { name: "陈刚" }).click();
  await page.getByRole("button", { name: "请王建国负责" }).click();
  await expect(page.getByRole("button", { name: "换负责人" })).toBeVisible();
  const led = await (await city.as("王建国")).get<{ items: { id: number }[] }>("/me/shifts-led");
  expect(led.items.map((shift) => shift.id)).toContain(post.shifts[0]!.id);

  await page.getByRole("button", { name: "暂停认领" }).click();
  await page.getByRole("button", { name: "人手够了" }).click();
  await page.getByRole("button", { name: /^暂停认领 人手够了/ }).click();
  await expect(page.getByText("暂停认领：人手够了")).toBeVisible();
  expect(await publishedAt(city, "定西路北口")).toMatchObject({ state: "paused", state_reason: "人手够了" });
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByText("已发布", { exact: true })).toBeVisible();
});

test("two officers change one post: nothing of either is lost", async ({ signedIn, city }) => {
  const post = (await publishedAt(city, "定西路北口"))!;
  const page = await signedIn(OFFICER);
  await page.goto(`/office/posts/${post.id}/edit`);
  await page.getByLabel("穿什么、带什么").fill("小红帽");
  await page.getByLabel("介绍").fill("我补的一句");
  const other = await signedIn(OFFICER);
  await other.goto(`/office/posts/${post.id}/edit`);
  await other.getByLabel("穿什么、带什么").fill("反光背心");
  await other.getByLabel("集合地点").fill("邮局门口");
  await other.getByRole("button", { name: "改 2 处" }).click();
  await expect(other).not.toHaveURL(/edit/);

  await page.getByRole("button", { name: "改 2 处" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "刚才有别人改过这个岗位" })).toContainText("反光背心");
  await expect(page.getByLabel("集合地点")).toHaveValue("邮局门口");
  await page.getByRole("button", { name: "用我写的" }).click();
  await page.getByRole("button", { name: "改 2 处" }).click();
  await expect(page).not.toHaveURL(/edit/);
  expect(await (await city.as(OFFICER)).get<PostView>(`/posts/${post.id}`)).toMatchObject({ bring: "小红帽", meeting_point: "邮局门口", description: "我补的一句" });
});

test("today's posts show who came and who is missing; the day is stopped with one reason, seen before", async ({ signedIn, city }) => {
  await city.moveTo("2026-09-02T07:00");
  const page = await signedIn(OFFICER);
  await page.goto("/office");
  const row = page.getByRole("listitem").filter({ hasText: "定西路北口" }).first();
  await expect(row).toContainText("已到 0，共 2 人");
  await expect(row).toContainText("负责人 王建国");
  await expect(page.getByRole("button", { name: /^无人认领 \d/ })).toBeVisible();
  await page.getByRole("link", { name: "今日停岗" }).click();
  await page.getByRole("group", { name: "什么岗位" }).getByRole("button", { name: "文明交通劝导" }).click();
  await page.getByRole("button", { name: "雨雪" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "定西路北口" }).first()).toBeVisible();
  await page.getByRole("button", { name: /^停 \d+ 个班次/ }).click();
  await page.getByRole("button", { name: /^现在停掉 \d+ 个班次/ }).click();
  await expect(page.getByText(/^已停 \d+ 个班次/)).toBeVisible();
  const post = (await publishedAt(city, "定西路北口"))!;
  expect(post.shifts.every((shift) => shift.state === "stopped")).toBe(true);
  const held = await (await city.as("王建国")).get<{ claim: { state: string } }>(`/shifts/${post.shifts[0]!.id}`);
  expect(held.claim.state).toBe("cancelled");
});
