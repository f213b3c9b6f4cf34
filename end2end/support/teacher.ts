// A Teacher in a browser of their own, as an Admin makes one: by a one-time link.
import { type Browser, type Page } from '@playwright/test';
import { alive, open } from './test.ts';

/** The password that Teachers under test set. */
export const PASSWORD = 'a sentence is easy';

/** A second browser, in which a Teacher has set a password by the Admin's link and signed in. */
export async function signIn(admin: Page, browser: Browser, userId: string): Promise<Page> {
  await open(admin, `/users/${userId}`);
  await admin.getByRole('button', { name: 'Make a one-time link' }).click();
  const link = await admin.getByLabel('One-time link', { exact: true }).inputValue();
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await alive(page);
  return page;
}
