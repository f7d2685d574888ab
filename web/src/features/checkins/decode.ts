// Reads QR codes from a camera's picture or a photo: by the browser where it can, else by our own reader from our own origin.
import { codeOf } from "./scan";

type Picture = HTMLVideoElement | HTMLCanvasElement;
interface Reader {
  detect(picture: Picture): Promise<{ rawValue: string }[]>;
}
interface NativeReader {
  new (options: { formats: string[] }): Reader;
  getSupportedFormats?(): Promise<string[]>;
}

/** A photo is brought to this size: enough for any code, little enough for an old phone. */
const PHOTO_PX = 1_600;

async function byTheBrowser(): Promise<Reader | null> {
  const native = (window as unknown as { BarcodeDetector?: NativeReader }).BarcodeDetector;
  try {
    const formats = await native?.getSupportedFormats?.();
    return native && formats?.includes("qr_code") ? new native({ formats: ["qr_code"] }) : null;
  } catch {
    return null;
  }
}

async function byOurselves(): Promise<Reader> {
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasm }] = await Promise.all([import("barcode-detector/ponyfill"), import("zxing-wasm/reader/zxing_reader.wasm?url")]);
  prepareZXingModule({ overrides: { locateFile: (path: string, before: string) => (path.endsWith(".wasm") ? wasm : before + path) } });
  return new BarcodeDetector({ formats: ["qr_code"] });
}

let ours: Promise<Reader> | null = null;
let native: Promise<Reader | null> | null = null;

/** What a picture says; empty when it holds no code. */
export async function textsIn(picture: Picture): Promise<string[]> {
  native ??= byTheBrowser();
  const browser = await native;
  if (browser) {
    try {
      return (await browser.detect(picture)).map((found) => found.rawValue);
    } catch {
      native = Promise.resolve(null);
    }
  }
  ours ??= byOurselves().catch((error: unknown) => {
    ours = null;
    throw error;
  });
  return (await (await ours).detect(picture)).map((found) => found.rawValue);
}

/** The first of our codes among texts. */
export const firstCode = (texts: string[]): string | null => texts.map(codeOf).find((code) => code !== null) ?? null;

function load(file: File): Promise<HTMLImageElement> {
  return new Promise((loaded, refused) => {
    const image = new Image();
    const url = URL.createObjectURL(file);
    image.onload = () => loaded(image);
    image.onerror = () => refused(new Error("no picture"));
    image.src = url;
  });
}

/** What a photo says, looked at smaller when it is large, and whole when that found nothing. */
export async function textsInPhoto(file: File): Promise<string[]> {
  const image = await load(file);
  const whole = Math.max(image.naturalWidth, image.naturalHeight);
  for (const size of whole > PHOTO_PX ? [PHOTO_PX, PHOTO_PX / 2] : [whole]) {
    const scale = size / whole;
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const texts = await textsIn(canvas);
    if (texts.length > 0) return texts;
  }
  return [];
}
