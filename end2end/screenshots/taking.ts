// How the pictures of the documentation are taken, of a school that the program itself invents.
import { join } from 'node:path';
import { Rollcall } from '../support/rollcall.ts';
import { expect, options, test as base, type Page } from '../support/test.ts';

const IMAGES = join(__dirname, '../../docs/images');

export const test = base.extend({
  rollcall: async ({}, use) => {
    const rollcall = await Rollcall.start({ users: 200, rooms: 12 });
    await use(rollcall);
    await rollcall.stop();
  },
});

/** Takes the page as it stands, in light and in dark. */
export async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    scrollTo(0, 0);
    await document.fonts.ready;
    // Those further down are fetched once somebody scrolls there.
    const seen = [...document.images].filter((it) => it.getBoundingClientRect().top < innerHeight);
    await Promise.all(seen.map((it) => it.decode()));
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const path = join(IMAGES, `${name}-${colorScheme}.png`);
    // Finishes the fading from one theme to the other.
    await page.screenshot({ path, animations: 'disabled' });
  }
}

/** What the picker is called. */
const IN_ENGLISH = { specify: 'Specify users', specified: 'Specified users' };

/** Picks the one user whom a term finds. */
export async function pick(page: Page, term: string, words = IN_ENGLISH): Promise<void> {
  const picker = page.getByRole('combobox', { name: words.specify });
  await picker.fill(term);
  await expect(options(page)).toHaveCount(1);
  await picker.press('Enter');
  await expect(page.getByRole('list', { name: words.specified })).toContainText(term);
}
