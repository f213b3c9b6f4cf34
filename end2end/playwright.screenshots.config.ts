// Takes the pictures of the documentation: docs/images/*.png.
import { defineConfig } from '@playwright/test';
import { inChromium } from './support/chromium.ts';

export default defineConfig({
  testDir: 'screenshots',
  outputDir: 'results',
  workers: 1,
  retries: 0,
  reporter: 'list',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    ...inChromium,
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 820 },
    contextOptions: { reducedMotion: 'reduce' },
  },
});
