// What every test begins with: a program of its own, somebody signed in, and an ear on the browser.
import { test as base, type BrowserContext, expect, type Page } from '@playwright/test';
import { Complaints } from './watch.ts';
import { People } from './people.ts';
import { Rollcall } from './rollcall.ts';

export { expect, type Page };

/** The first Admin of every console under test. */
export const ADMIN = { userId: 'A-root', nickname: 'Ada Admin', password: 'correct horse battery' };

interface Fixtures {
  /** A program that nobody has signed in to. */
  rollcall: Rollcall;
  /** What the browser complains about. */
  complaints: Complaints;
  /** Creates users and rooms. */
  people: People;
  /** A page of somebody who is signed in as the first Admin. */
  admin: Page;
  /** Opens a page in a browser of its own, in which nobody is signed in. */
  visitor: Visitor;
}

/** Opens a page in a browser of its own. */
export type Visitor = () => Promise<Page>;

export const test = base.extend<Fixtures>({
  rollcall: async ({}, use) => {
    const rollcall = await Rollcall.start();
    await use(rollcall);
    await rollcall.stop();
  },
  baseURL: async ({ rollcall }, use) => use(rollcall.url),
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints(context, hasScript() ? ['error', 'warning'] : ['error']);
      await use(complaints);
      expect(complaints.take(), 'the browser has nothing to complain about').toEqual([]);
    },
    { auto: true },
  ],
  people: async ({ context, rollcall }, use) => use(new People(context.request, rollcall.url)),
  admin: async ({ page, people, rollcall }, use) => {
    await people.setUp(rollcall.setupLink, ADMIN);
    await use(page);
  },
  visitor: async ({ browser, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ javaScriptEnabled, locale: 'en-GB' });
      contexts.push(context);
      return context.newPage();
    });
    // The next test begins in the same browser, and is to find none of them half closed.
    await Promise.all(contexts.map((it) => it.close()));
  },
});

/** Whether the pages of this test come to life. */
export const hasScript = () => test.info().project.use.javaScriptEnabled !== false;

/** Opens a page and waits until it can be touched. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

/** Waits until the page that is loading has come to life, where it does: those at the door don't. */
export async function alive(page: Page): Promise<void> {
  if (!hasScript()) return;
  await page.locator('html[data-hydrated], html:not([data-lives])').waitFor({ state: 'attached' });
}

/** A link of the main navigation. */
export const section = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });

/** The open list of a combobox. */
export const options = (page: Page) => page.getByRole('listbox').getByRole('option');

/** The row of a table that is about somebody or something. */
export const row = (page: Page, name: string | RegExp) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
