// What a scanner reads from a picture of a page: zbarimg, which knows nothing of these pages.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";

/** What zbarimg reads off one picture of the page, or null. */
export async function glance(page: Page): Promise<string | null> {
  const directory = mkdtempSync(join(tmpdir(), "daogang-scan-"));
  const path = join(directory, "screen.png");
  try {
    await page.screenshot({ path });
    const read = spawnSync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path], { encoding: "utf8" });
    if (read.error) throw new Error(`zbarimg (Debian's zbar-tools) is needed: ${read.error.message}`);
    return read.status === 0 ? read.stdout.trim() : null;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The code that a page shows, held before it for up to 5 s as a person would hold a phone. */
export async function scan(page: Page): Promise<string> {
  for (let tries = 0; tries < 20; tries += 1) {
    const read = await glance(page);
    if (read) return read;
    await page.waitForTimeout(250);
  }
  throw new Error("there is no code to read on the page");
}
