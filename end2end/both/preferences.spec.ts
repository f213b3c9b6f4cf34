// Look and language: chosen by the browser, switched in the page, kept in a cookie.
import { alive, expect, open, test, type Page } from '../support/test.ts';

const html = (page: Page) => page.locator('html');
/** The colour behind the page, as it is painted. */
const ground = (page: Page) =>
  page.getByRole('main').evaluate((it) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    if (!canvas) return 0;
    canvas.fillStyle = getComputedStyle(it.ownerDocument.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0] ?? 0;
  });

test('the look follows the system until one is chosen, and the choice is kept', async ({ admin }) => {
  await admin.emulateMedia({ colorScheme: 'dark' });
  await open(admin, '/rooms?search=algebra');
  expect(await ground(admin)).toBeLessThan(60);
  await admin.emulateMedia({ colorScheme: 'light' });
  expect(await ground(admin)).toBeGreaterThan(200);

  await admin.getByLabel('Account of Ada Admin').click();
  await admin.getByRole('button', { name: 'Dark' }).click();
  await expect(html(admin)).toHaveAttribute('data-theme', 'dark');
  await expect(admin).toHaveURL(/\/rooms\?search=algebra$/);
  expect(await ground(admin)).toBeLessThan(60);
  await open(admin, '/users');
  await expect(html(admin)).toHaveAttribute('data-theme', 'dark');
  await admin.getByLabel('Account of Ada Admin').click();
  await expect(admin.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true');
  await admin.getByRole('button', { name: 'As the system' }).click();
  await expect(html(admin)).not.toHaveAttribute('data-theme');
});

test('the language is switched in the page and kept', async ({ admin }) => {
  await open(admin, '/rooms');
  await admin.getByLabel('Account of Ada Admin').click();
  await admin.getByRole('button', { name: '한국어' }).click();
  await expect(html(admin)).toHaveAttribute('lang', 'ko');
  await expect(admin.getByRole('heading', { name: '방', exact: true })).toBeVisible();
  await alive(admin);
  await open(admin, '/users');
  await expect(admin.getByRole('heading', { name: '사용자', exact: true })).toBeVisible();
  await admin.getByLabel('Ada Admin 님의 계정').click();
  await admin.getByRole('button', { name: 'English' }).click();
  await expect(admin.getByRole('heading', { name: 'Users' })).toBeVisible();
});

test('the door too can be had in another language', async ({ page }) => {
  await open(page, '/sign-in');
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('heading', { name: '로그인' })).toBeVisible();
});
