// A browser whose camera sees one picture and nothing else, as a phone held before a screen.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type Page, chromium } from "@playwright/test";

/** Films what a page shows now, and lends a browser that sees the film. */
export async function seeing(page: Page, use: (browser: Browser) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "daogang-camera-"));
  const picture = join(directory, "screen.png");
  const film = join(directory, "screen.mjpeg");
  let browser: Browser | null = null;
  try {
    await page.screenshot({ path: picture });
    const made = spawnSync("ffmpeg", ["-loglevel", "error", "-loop", "1", "-framerate", "20", "-t", "2", "-i", picture, "-vf", "scale=720:-2", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", film], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`ffmpeg is needed for the camera: ${made.error?.message ?? made.stderr}`);
    browser = await chromium.launch({
      executablePath: process.env.DAOGANG_CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${film}`],
    });
    await use(browser);
  } finally {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
