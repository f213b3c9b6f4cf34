// What people do while the page is still waiting for its script.
import { expect, test, type Page } from '../support/test.ts';

/** Keeps the script of pages back until what this answers is called. */
async function hold(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

test('what was typed before the page came to life stays', async ({ admin }) => {
  const release = await hold(admin);
  // The module waits for its WASM, and so does the load event.
  await admin.goto('/users/new', { waitUntil: 'commit' });
  await admin.getByRole('textbox', { name: 'User ID' }).fill('S-2041');
  await admin.getByRole('textbox', { name: 'Nickname' }).fill('Minji Kim');
  await admin.getByRole('radio', { name: /^Host/ }).check();
  await admin.getByLabel('Console role').selectOption('Teacher');
  release();
  await admin.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  await expect(admin.getByRole('complementary')).toContainText('Minji Kim');
  await expect(admin.getByRole('complementary')).toContainText('Host');
  await expect(admin.getByRole('textbox', { name: 'User ID' })).toHaveValue('S-2041');
  await admin.getByRole('button', { name: 'Create user', exact: true }).click();
  await expect(admin.getByRole('heading', { name: 'Minji Kim' })).toBeVisible();
  await expect(admin.getByRole('radio', { name: /^Host/ })).toBeChecked();
  await expect(admin.getByLabel('Console role')).toHaveValue('teacher');
});

test('a form that is sent before the page came to life is answered', async ({ admin }) => {
  await admin.route('**/*.wasm', () => {});
  await admin.goto('/users/new', { waitUntil: 'commit' });
  await admin.getByRole('textbox', { name: 'User ID' }).fill('S-2041');
  await admin.getByRole('button', { name: 'Create user', exact: true }).click();
  await expect(admin.getByText('The user is created.')).toBeVisible();
});

test('a menu that was opened before the page came to life has its items then', async ({ admin }) => {
  const release = await hold(admin);
  await admin.goto('/users', { waitUntil: 'commit' });
  await admin.getByLabel(/^Actions for /).first().click();
  release();
  await expect(admin.getByRole('link', { name: 'Edit', exact: true })).toBeVisible();
});
