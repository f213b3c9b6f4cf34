// What the console costs in a browser: figures to read, beside those of `cargo xtask bench`.
import { defineConfig } from '@playwright/test';
import { inChromium } from './support/chromium.ts';

export default defineConfig({
  testDir: 'figures',
  outputDir: 'results',
  workers: 1,
  retries: 0,
  reporter: 'list',
  timeout: 600_000,
  expect: { timeout: 30_000 },
  use: { ...inChromium, locale: 'en-GB', timezoneId: 'UTC' },
});
