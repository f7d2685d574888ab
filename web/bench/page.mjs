// The browser's part of `scripts/bench page`: reads what to measure from its input, writes a line of JSON for each round.
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const asked = JSON.parse(readFileSync(0, "utf8"));
// Lighthouse's slow 4G with a processor 4 times slower; WebPageTest's slow 3G with one 6 times slower.
const SLOW_4G = { latency: 150, down: 1638.4, up: 750, cpu: 4 };
const SLOW_3G = { latency: 400, down: 400, up: 400, cpu: 6 };

const browser = await chromium.launch({
  executablePath: process.env.DAOGANG_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function signedIn({ account }) {
  // Without the worker: WeChat's browser has none, and what it fetches for later is no part of a first load.
  const context = await browser.newContext({ baseURL: asked.url, viewport: { width: 390, height: 844 }, locale: "zh-CN", timezoneId: "Asia/Shanghai", serviceWorkers: "block" });
  const answer = await context.request.post("/api/v1/session", { data: { account, password: asked.password }, headers: { origin: asked.url } });
  if (!answer.ok()) throw new Error(`${account} could not sign in: ${answer.status()}`);
  return context;
}

async function throttled(page, { latency, down, up, cpu }) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  if (!asked.throttled) return devtools;
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: (down * 1024) / 8, uploadThroughput: (up * 1024) / 8 });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  return devtools;
}

async function firstLoad(context) {
  const page = await context.newPage();
  const devtools = await throttled(page, SLOW_4G);
  let bytes = 0;
  let requests = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.addInitScript(() => {
    window.lcp = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.lcp = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  const lcp = await page.evaluate(() => window.lcp);
  await page.close();
  return { first_load_kb: bytes / 1024, first_load_requests: requests, lcp_s: lcp / 1000 };
}

async function code() {
  const answer = await fetch(`${asked.url}/api/v1/shifts/${asked.shift}/code`, { headers: { authorization: `Bearer ${asked.officer}` } });
  if (!answer.ok) throw new Error(`no code: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).url;
}

async function scanToDone(context) {
  const page = await context.newPage();
  await throttled(page, SLOW_3G);
  const url = await code();
  const began = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await page.getByText("已到岗").first().waitFor({ timeout: 60_000 });
  const seconds = (performance.now() - began) / 1000;
  await page.close();
  return seconds;
}

for (let at = 0; at + 1 < asked.people.length; at += 2) {
  const known = await signedIn(asked.people[at]);
  const first = await firstLoad(known);
  const scan_to_done_s = await scanToDone(known);
  const other = await signedIn(asked.people[at + 1]);
  const scan_to_done_nothing_kept_s = await scanToDone(other);
  console.log(JSON.stringify({ ...first, scan_to_done_s, scan_to_done_nothing_kept_s }));
  await known.close();
  await other.close();
}
await browser.close();
