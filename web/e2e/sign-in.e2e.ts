import { contextOf, expect, test } from "./support";

test("a member signs in once and stays signed in", async ({ browser, city }) => {
  const context = await contextOf(browser, city);
  const page = await context.newPage();
  const { account, password } = city.account("王建国");
  await page.goto("/mine");
  await page.getByLabel("账号").fill(account);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page).toHaveURL(/\/mine$/);
  await page.reload();
  await expect(page).toHaveURL(/\/mine$/);
  await context.close();
});

test("a wrong password is told in a sentence, and what was typed stays", async ({ browser, city }) => {
  const context = await contextOf(browser, city);
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("账号").fill("member-1");
  await page.getByLabel("密码", { exact: true }).fill("not-this");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert")).toHaveText("账号或密码不对，请再试一次");
  await expect(page.getByLabel("账号")).toHaveValue("member-1");
  await context.close();
});
