// Looks at a picture that the console serves, as a browser decodes it.
import { type Browser, type BrowserContext, expect } from '@playwright/test';

export interface Seen {
  width: number;
  height: number;
  /** The colour in the middle of the upper half: red, green and blue. */
  above: number[];
  /** The colour in the middle of the lower half. */
  below: number[];
  /** The file as it was sent. */
  bytes: Buffer;
}

/** Fetches and decodes a picture as the person of `context` sees it, without turning it. */
export async function look(browser: Browser, context: BrowserContext, url: string): Promise<Seen> {
  const bytes = await (await context.request.get(url)).body();
  // A browser of its own: the one under test may run no scripts.
  const studio = await browser.newContext({ storageState: await context.storageState() });
  const page = await studio.newPage();
  await page.goto(new URL('/healthz', url).href);
  const decoded = await page.evaluate(async (path) => {
    const blob = await (await fetch(path)).blob();
    const bitmap = await createImageBitmap(blob, { imageOrientation: 'none' });
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas?.drawImage(bitmap, 0, 0);
    const at = (part: number) =>
      Array.from(canvas?.getImageData(width / 2, height * part, 1, 1).data.slice(0, 3) ?? []);
    return { width, height, above: at(0.25), below: at(0.75) };
  }, new URL(url).pathname);
  await studio.close();
  return { ...decoded, bytes };
}

export function expectRed([red = 0, green = 0, blue = 0]: number[]): void {
  expect(red, 'red').toBeGreaterThan(130);
  expect(Math.max(green, blue), 'other than red').toBeLessThan(110);
}

export function expectBlue([red = 0, green = 0, blue = 0]: number[]): void {
  expect(blue, 'blue').toBeGreaterThan(130);
  expect(Math.max(red, green), 'other than blue').toBeLessThan(110);
}
