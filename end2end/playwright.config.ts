// The browser tests: what a person does in the console, with scripts and without.
import { defineConfig } from '@playwright/test';
import { inChromium } from './support/chromium.ts';

export default defineConfig({
  outputDir: 'results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  timeout: 45_000,
  expect: { timeout: 8_000 },
  use: { ...inChromium, trace: 'retain-on-failure', locale: 'en-GB', timezoneId: 'UTC' },
  projects: [
    { name: 'hydrated', testMatch: ['both/*.spec.ts', 'hydrated/*.spec.ts'] },
    {
      name: 'without-script',
      testMatch: ['both/*.spec.ts', 'without-script/*.spec.ts'],
      use: { javaScriptEnabled: false },
    },
  ],
});
