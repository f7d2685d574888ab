// A member at their phone before a shift: posts, claiming and undoing, refusals with a next step, own settings, no network.
import { expect, withOwnCity } from "./support";
import { placeOf, shiftAt, standing } from "./support/post";

const test = withOwnCity();
test.describe.configure({ mode: "serial" });

test("a place is claimed with one tap, undone with one, and claimed again; a double tap takes one", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, "2026-09-02T07:30");
  const page = await signedIn("王建国");
  await page.goto(`/shifts/${shift.id}`);
  await expect(page.getByText("路口车流大")).toBeAttached();
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && request.url().includes("/claims") && sent.push(request.url()));
  await page.getByRole("button", { name: "认领一个名额" }).dblclick();
  await expect(page.getByText("已认领，名额是您的了")).toBeVisible();
  expect(sent).toHaveLength(1);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText("已退掉，名额让给别人了")).toBeVisible();
  await page.getByRole("button", { name: "认领一个名额" }).click();
  await expect(page.getByText("已认领，名额是您的了")).toBeVisible();
  const { items } = await (await city.as("王建国")).get<{ items: { shift_id: number; state: string }[] }>("/me/claims");
  expect(items.filter((claim) => claim.shift_id === shift.id && claim.state === "held")).toHaveLength(1);
});

test("the next shift stands on top, with its lead and when check-in opens", async ({ signedIn }) => {
  const page = await signedIn("王建国");
  await page.goto("/");
  const next = page.getByRole("region", { name: "您的下一个班次" });
  await expect(next).toContainText("7:30–8:30");
  await expect(next).toContainText("明天 9月2日 周三");
  await expect(next).toContainText("盘旋路十字 文明交通劝导");
  await page.getByRole("link", { name: "我的班次" }).click();
  await expect(page.getByText("已认领")).toBeVisible();
});

test("a full shift shows others, and one at the same time shows the own one", async ({ signedIn, city }) => {
  const member = await city.as("王建国");
  const { items } = await member.get<{ items: { shift: { id: number; starts_at: string }; places: { capacity: number } }[] }>("/queue?from=2026-09-02T07:00:00%2B08:00&to=2026-09-02T08:00:00%2B08:00&limit=20");
  const page = await signedIn("王建国");
  const clashing = items.find(({ shift }) => Date.parse(shift.starts_at) === Date.parse("2026-09-02T07:30:00+08:00"))!;
  await page.goto(`/shifts/${clashing.shift.id}`);
  await page.getByRole("button", { name: "认领一个名额" }).click();
  await expect(page.getByRole("alert")).toContainText("这个时间您已经有岗位了");
  await page.getByRole("link", { name: "看看撞上的那个班次" }).click();
  await expect(page.getByText("盘旋路十字").first()).toBeVisible();

  const shift = await shiftAt(city, "2026-09-01T17:30");
  const other = await signedIn("郭梅");
  await other.goto(`/shifts/${shift.id}`);
  await expect(other.getByRole("button", { name: "认领一个名额" })).toBeVisible();
  // The last places go while she reads, and the page doesn't hear of it.
  await other.route("**/api/v1/live**", (route) => route.abort());
  for (const who of ["赵敏", "陈刚", "刘玉兰", "韩晓超"]) await placeOf(city, who, shift).catch(() => 0);
  const claim = other.getByRole("button", { name: "认领一个名额" });
  if (await claim.isVisible()) {
    await claim.click();
    await expect(other.getByRole("alert")).toContainText("名额满了");
  }
  await other.getByRole("link", { name: "看看别的岗位" }).first().click();
  await expect(other).toHaveURL(/\/$/);
});

test("posts near are looked for only when asked, and a refused position says what else there is", async ({ signedIn }) => {
  const near = await signedIn("赵敏", standing(0, 20));
  await near.goto("/");
  await near.getByRole("button", { name: "附近" }).click();
  await expect(near.getByText(/离您 .*米/).first()).toBeVisible();
  await near.getByRole("button", { name: "地图" }).click();
  await expect(near.locator(".leaflet-container")).toBeVisible();

  const refused = await signedIn("陈刚", { permissions: [] });
  await refused.goto("/");
  await refused.getByRole("button", { name: "附近" }).click();
  await expect(refused.getByText("没有允许用位置")).toBeVisible();
  await refused.getByRole("button", { name: "看看今天的" }).click();
  await expect(refused.getByRole("link", { name: /还缺|无人认领/ }).first()).toBeVisible();
});

test("what was seen stays without a network, and says from when it is", async ({ signedIn }) => {
  const page = await signedIn("刘玉兰");
  await page.goto("/");
  await expect(page.getByRole("link", { name: /还缺|无人认领/ }).first()).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(/没有网络。看到的是/)).toBeVisible();
  await expect(page.getByRole("link", { name: /还缺|无人认领/ }).first()).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText(/没有网络/)).toHaveCount(0);
});

test("a number changed on another phone meanwhile is told, and kept after another press", async ({ signedIn, city }) => {
  const page = await signedIn("韩晓超");
  await page.goto("/me");
  await expect(page.getByText("韩晓超")).toBeVisible();
  await page.getByRole("button", { name: "修改" }).click();
  await page.getByLabel("新的手机号").fill("12");
  await page.getByRole("button", { name: "保存电话" }).click();
  await expect(page.getByText("请填 11 位手机号")).toBeVisible();
  const other = await signedIn("韩晓超");
  await other.goto("/me");
  await other.getByRole("button", { name: "修改" }).click();
  await other.getByLabel("新的手机号").fill("138 0000 1111");
  await other.getByRole("button", { name: "保存电话" }).click();
  await expect(other.getByText("138****1111")).toBeVisible();
  await page.getByLabel("新的手机号").fill("13800002222");
  await page.getByRole("button", { name: "保存电话" }).click();
  await expect(page.getByText("刚才有别人改过")).toBeVisible();
  await page.getByRole("button", { name: "保存电话" }).click();
  await expect(page.getByText("138****2222")).toBeVisible();
  expect((await (await city.as("韩晓超")).get<{ phone: string }>("/me")).phone).toBe("138****2222");
});

test("signing out ends the session and asks to sign in again", async ({ signedIn }) => {
  const page = await signedIn("郭梅");
  await page.goto("/me");
  await page.getByRole("button", { name: "退出登录" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/mine");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});
