// The pictures that the READMEs show, taken from the real pages on a morning at 盘旋路.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { DESK, PHONE, test } from "./support";
import { placeOf, shiftAt, shownCode } from "./support/post";

const FOLDER = resolve(import.meta.dirname, "../../docs/pictures");

test("the pictures of the READMEs", async ({ city, signedIn }) => {
  test.setTimeout(300_000);
  mkdirSync(FOLDER, { recursive: true });
  const shift = await shiftAt(city, "2026-09-01T07:30");
  const claims = { 王建国: await placeOf(city, "王建国", shift), 赵敏: await placeOf(city, "赵敏", shift) };
  const member = await signedIn("王建国", { viewport: PHONE, deviceScaleFactor: 2 });
  const lead = await signedIn("李秀英", { viewport: PHONE, deviceScaleFactor: 2 });
  const officer = await signedIn("community_officer", { viewport: DESK });
  const unit = await signedIn("unit_officer", { viewport: DESK });
  const take = async (page: typeof member, path: string, name: string) => {
    await page.goto(path);
    await page.waitForLoadState("networkidle").catch(() => {});
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${FOLDER}/${name}.png` });
  };

  await city.moveTo("2026-09-01T07:18");
  await take(member, "/", "posts");
  await (await city.as("赵敏")).post(`/claims/${claims.赵敏}/check-in`, { method: "rotating_code", code: (await shownCode(city, shift)).url });
  await city.moveTo("2026-09-01T07:22");
  await take(member, new URL((await shownCode(city, shift)).url).pathname, "arrived");
  await take(lead, `/lead/${shift.id}`, "lead-code");
  await take(officer, "/desk", "desk-today");
  await city.moveTo("2026-09-01T08:31");
  await take(lead, `/lead/${shift.id}/departures`, "lead-departures");
  await (await city.as("李秀英")).post(`/shifts/${shift.id}/departures/confirm`, { claim_ids: Object.values(claims) });
  await take(member, "/record", "record");
  await take(unit, "/desk/unit", "desk-unit");
});
