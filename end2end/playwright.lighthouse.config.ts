// What Lighthouse says of the pages of the program that is deployed.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'lighthouse',
  outputDir: 'results',
  workers: 1,
  retries: 0,
  reporter: 'list',
  timeout: 1_800_000,
});
