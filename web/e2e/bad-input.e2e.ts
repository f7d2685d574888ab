// Phones and hands as they are: clocks wrong by a year, storage refused, old browsers, two tabs, going back, text from anywhere.
import { expect, withOwnCity } from "./support";
import { sideways } from "./support/looks";
import { placeOf, shiftAt, standing } from "./support/post";

const test = withOwnCity();
test.describe.configure({ mode: "serial" });

const HERE = { geolocation: { latitude: 36.0607, longitude: 103.8367, accuracy: 20 }, permissions: ["geolocation"] };

test("a phone whose clock is a year ahead shows the server's day and checks in inside", async ({ signedIn, city }) => {
  const claim = await placeOf(city, "王建国", await shiftAt(city, "2026-09-01T07:30"));
  await city.moveTo("2026-09-01T07:20");
  const page = await signedIn("王建国", standing(20, 15));
  await page.addInitScript(() => {
    const YEAR_MS = 366 * 86_400_000;
    const Real = Date;
    class Ahead extends Real {
      constructor(...given: unknown[]) {
        super(...((given.length > 0 ? given : [Real.now() + YEAR_MS]) as [number]));
      }
      static override now() {
        return Real.now() + YEAR_MS;
      }
    }
    window.Date = Ahead as DateConstructor;
    const fix = (position: GeolocationPosition) => ({ coords: position.coords, timestamp: position.timestamp + YEAR_MS }) as GeolocationPosition;
    const { geolocation } = navigator;
    const watch = geolocation.watchPosition.bind(geolocation);
    const get = geolocation.getCurrentPosition.bind(geolocation);
    geolocation.watchPosition = (done, failed, options) => watch((position) => done(fix(position)), failed, options);
    geolocation.getCurrentPosition = (done, failed, options) => get((position) => done(fix(position)), failed, options);
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: /今天\s*9月1日 周二/ })).toBeVisible();
  await page.goto(`/arrive/${claim}`);
  await page.getByRole("button", { name: "用定位" }).click();
  await expect(page.getByText("已到岗")).toBeVisible();
  await expect(page.getByText("7:20", { exact: true })).toBeVisible();
});

test("a browser that refuses all storage signs in, claims and changes the language", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, "2026-09-03T07:30");
  const page = await signedIn("韩晓超");
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("denied", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) Object.defineProperty(window, name, { get: refuse });
  });
  await page.goto(`/shifts/${shift.id}`);
  await page.getByRole("button", { name: "认领一个名额" }).click();
  await expect(page.getByText("已认领，名额是您的了")).toBeVisible();
  await page.goto("/me");
  await page.getByRole("radio", { name: "English" }).or(page.getByRole("button", { name: "English" })).first().click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("an old in-app browser without worker, locks, random ids and live lines does the whole way", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, "2026-09-04T07:30");
  const page = await signedIn("郭梅");
  await page.addInitScript(() => {
    for (const [from, name] of [[Crypto.prototype, "randomUUID"], [Navigator.prototype, "locks"], [Navigator.prototype, "serviceWorker"], [Navigator.prototype, "wakeLock"], [Navigator.prototype, "permissions"]] as const) {
      delete (from as unknown as Record<string, unknown>)[name];
    }
    const old = window as unknown as Record<string, unknown>;
    for (const name of ["EventSource", "ResizeObserver", "BarcodeDetector", "structuredClone"]) delete old[name];
    delete (AbortSignal as unknown as Record<string, unknown>).timeout;
    delete (Array.prototype as unknown as Record<string, unknown>).at;
    delete (String.prototype as unknown as Record<string, unknown>).replaceAll;
    delete (Object as unknown as Record<string, unknown>).hasOwn;
  });
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  await page.goto("/");
  await expect(page.getByRole("link", { name: /7:30|17:30/ }).first()).toBeVisible();
  await page.goto(`/shifts/${shift.id}`);
  await page.getByRole("button", { name: "认领一个名额" }).click();
  await expect(page.getByText("已认领，名额是您的了")).toBeVisible();
  for (const path of ["/mine", "/record", "/me"]) {
    await page.goto(path);
    await expect(page.getByRole("main")).not.toBeEmpty();
  }
  expect(broken).toEqual([]);
});

test("the second of two tabs finds what the first has claimed", async ({ signedIn, city }) => {
  const shift = await shiftAt(city, "2026-09-04T17:30");
  const first = await signedIn("王建国");
  const second = await first.context().newPage();
  for (const tab of [first, second]) await tab.goto(`/shifts/${shift.id}`);
  await expect(second.getByRole("button", { name: "认领一个名额" })).toBeVisible();
  await first.getByRole("button", { name: "认领一个名额" }).click();
  await expect(first.getByText("已认领，名额是您的了")).toBeVisible();
  const again = second.getByRole("button", { name: "认领一个名额" });
  if (await again.isVisible()) await again.click();
  await expect(second.getByText(/已认领|您已经认领了/).first()).toBeVisible();
  const { items } = await (await city.as("王建国")).get<{ items: { shift_id: number; state: string }[] }>("/me/claims");
  expect(items.filter((claim) => claim.shift_id === shift.id && claim.state === "held")).toHaveLength(1);
});

test("going back after publishing publishes nothing twice", async ({ signedIn, city }) => {
  const page = await signedIn("community_officer", HERE);
  await page.goto("/office/new");
  await page.getByRole("button", { name: "垃圾分类宣传" }).click();
  await page.getByLabel("地点名称").fill("后退试一试");
  await page.getByRole("button", { name: "就在我这里" }).click();
  await page.getByRole("button", { name: /^看一眼再发布/ }).click();
  await page.getByRole("button", { name: /^发布 \d+ 个班次/ }).click();
  await expect(page.getByRole("status").filter({ hasText: /已发布/ })).toBeVisible();
  await page.goBack();
  await page.goForward();
  const officer = await city.as("community_officer");
  const { items } = await officer.get<{ items: { place: string }[] }>(`/posts?organization_id=${city.account("community_officer").organization_id}&limit=100`);
  expect(items.filter((post) => post.place === "后退试一试")).toHaveLength(1);
});

test("pasted emoji, two hundred characters and right-to-left marks stay text, and move nothing", async ({ signedIn, city }) => {
  const officer = await city.as("community_officer");
  const long = `${"很长的地名".repeat(39)}🚦🧧‮abc`;
  const post = await officer.post<{ id: number; shifts: { id: number }[] }>("/posts", {
    organization_id: city.account("community_officer").organization_id,
    category: "cleaning",
    title: "<b>🧹</b> & \"清扫\" 1️⃣",
    place: [...long].slice(0, 198).join(""),
    description: "<script>window.broken = true</script>\n第二行",
    position: { lat: 36.0607, lon: 103.8367, datum: "gcj02" },
    fence: { radius_m: 100 },
    check_in: { methods: ["rotating_code"] },
    shifts: [{ starts_at: "2026-09-02T09:00:00+08:00", ends_at: "2026-09-02T10:00:00+08:00", capacity: 1000 }],
  });
  await officer.post(`/posts/${post.id}/publish`);
  const page = await signedIn("赵敏", { viewport: { width: 320, height: 640 } });
  await page.goto(`/shifts/${post.shifts[0]!.id}`);
  await expect(page.getByText("很长的地名很长的地名").first()).toBeVisible();
  await expect(page.getByText("<script>window.broken = true</script>").first()).toBeAttached();
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
  expect(await sideways(page)).toBe(0);
});

test("a camera that another app holds is told in plain words, with the other ways", async ({ signedIn, city }) => {
  const claim = await placeOf(city, "陈刚", await shiftAt(city, "2026-09-01T17:30"));
  await city.moveTo("2026-09-01T17:05");
  const page = await signedIn("陈刚");
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("in use", "NotReadableError"));
  });
  await page.goto(`/arrive/${claim}`);
  await page.getByRole("button", { name: "扫码到岗" }).click();
  await expect(page.getByRole("alert")).toContainText("相机");
  await expect(page.getByRole("button", { name: "拍照" })).toBeVisible();
  await expect(page.getByRole("button", { name: "用定位" })).toBeVisible();
});
