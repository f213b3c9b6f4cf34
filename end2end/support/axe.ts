// Asks axe whether everybody can use a page as it stands.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { hasScript } from './test.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const PHONE = { width: 360, height: 740 };

/** Checks the page as it is now, in light and in dark. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await colour(page, 'light');
  await judge(page, `${where}, light`);
  await colour(page, 'dark');
  await judge(page, `${where}, dark`);
  await colour(page, 'light');
}

/** Has the page drawn in light or in dark. It may be told some time after the browser says so. */
async function colour(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: scheme });
  const told = () => page.evaluate((it) => matchMedia(`(prefers-color-scheme: ${it})`).matches, scheme);
  await expect.poll(told).toBe(true);
}

/**
 * Checks the page as it is now, in the window as it is and on a phone. Where no script runs axe,
 * which is one, is spared.
 */
export async function expectFits(page: Page, where: string): Promise<void> {
  const wide = page.viewportSize();
  if (hasScript()) await expectAccessible(page, where);
  await page.setViewportSize(PHONE);
  await expectNoOverflow(page, `${where} at 360 px`);
  if (hasScript()) await expectAccessible(page, `${where} at 360 px`);
  if (wide) await page.setViewportSize(wide);
}

/**
 * Opens a page as it is where no script runs. Axe itself is a script, and so the page's own is
 * replaced by one that does nothing, and its styles are told that there is none.
 */
export async function openWithoutScript(page: Page, path: string): Promise<void> {
  const nothing = 'export const hydrate = () => {};\nexport default async () => {};';
  await page.route('**/*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: nothing }),
  );
  await page.goto(path);
  await page.evaluate(() => {
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.cssRules) {
        if (!(rule instanceof CSSMediaRule) || !rule.conditionText.includes('scripting')) continue;
        rule.media.mediaText = rule.conditionText.includes('not') ? 'all' : 'not all';
      }
    }
  });
}

async function judge(page: Page, where: string): Promise<void> {
  // Half-faded text would be judged as it stands.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      const end = animation.effect?.getComputedTiming().endTime;
      if (Number.isFinite(end)) animation.finish();
    }
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(RULES)
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  const found = violations.map((it) => ({
    rule: it.id,
    help: it.help,
    places: it.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} – ${node.any[0]?.message ?? node.html}`),
  }));
  expect.soft(found, where).toEqual([]);
}

/** Nothing reaches over the edge of the window. */
export async function expectNoOverflow(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    const wide = [...document.querySelectorAll('body *')];
    return wide
      .filter((it) => it.getBoundingClientRect().right > edge + 0.5)
      .slice(0, 5)
      .map((it) => `${it.tagName.toLowerCase()}.${it.className} ${it.getBoundingClientRect().right}`);
  });
  expect.soft(over, `${where} is no wider than the window`).toEqual([]);
}
