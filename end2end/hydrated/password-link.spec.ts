// The one-time link: an Admin makes it and hands it over, and somebody sets their password by it.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { expect, open, test, type Page } from '../support/test.ts';

const PHONE = { width: 360, height: 740 };
const PASSWORD = 'a sentence is easy';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'One-time link for Ms Kim' });
const card = (page: Page) => page.getByRole('region', { name: 'Sign-in' });

/** Makes a link on the page of the user, and answers with it. */
async function make(admin: Page): Promise<string> {
  await card(admin).getByRole('button', { name: 'Make a one-time link' }).click();
  const link = await dialog(admin).getByLabel('One-time link', { exact: true }).inputValue();
  await dialog(admin).getByRole('button', { name: 'Close', exact: true }).last().click();
  return link;
}

async function set(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password').fill(password);
  await page.getByLabel('Password again').fill(password);
  await page.getByRole('button', { name: 'Set password' }).click();
}

test.beforeEach(async ({ admin, people }) => {
  await people.create({ userId: 'T-kim', nickname: 'Ms Kim', role: 'teacher' });
  await open(admin, '/users/T-kim');
});

test('whoever is given a link sets a password and signs in', async ({ admin, browser, rollcall }) => {
  await expect(card(admin)).toContainText('No password yet.');
  const link = await make(admin);
  expect(link).toContain(`${rollcall.url}/password?secret=`);
  await expect(card(admin)).toContainText('A one-time link waits until');

  const elsewhere = await browser.newContext();
  const kim = await elsewhere.newPage();
  await kim.goto(link);
  await expect(kim.getByRole('heading', { name: 'Set your password' })).toBeVisible();
  await expect(kim.getByLabel('User ID')).toHaveValue('T-kim');
  await set(kim, 'Password1');
  await expect(kim.getByLabel('New password')).toHaveAccessibleDescription(/tried first/);
  await set(kim, PASSWORD);
  await expect(kim.getByText('The password is set. Sign in with it.')).toBeVisible();
  await expect(kim.getByLabel('User ID')).toHaveValue('T-kim');
  await kim.getByLabel('Password').fill(PASSWORD);
  await kim.getByRole('button', { name: 'Sign in' }).click();
  await expect(kim.getByLabel('Account of Ms Kim')).toBeVisible();
  await elsewhere.close();
  // The Admin's page says so by itself.
  await expect(card(admin)).toContainText('Has a password.');
  await expect(card(admin)).not.toContainText('waits until');
});

test('a newer link takes the place of the older, and dead ones say whom to ask', async ({
  admin,
  complaints,
}) => {
  complaints.expectStatus(404);
  const older = await make(admin);
  const newer = await make(admin);
  expect(newer).not.toBe(older);
  for (const dead of [older, '/password?secret=guess', '/password']) {
    await open(admin, dead);
    await expect(admin.getByRole('alert').filter({ visible: true })).toContainText(
      'Ask an administrator of this school for a new one.',
    );
    await expect(admin.getByRole('button', { name: 'Set password' })).toHaveCount(0);
  }
  await open(admin, newer);
  await expect(admin.getByRole('button', { name: 'Set password' })).toBeVisible();
});

test('a link is copied, and read by a camera', async ({ admin, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await card(admin).getByRole('button', { name: 'Make a one-time link' }).click();
  const field = dialog(admin).getByLabel('One-time link', { exact: true });
  await dialog(admin).getByRole('button', { name: 'Copy' }).click();
  await expect(dialog(admin).getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = () => admin.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toBe(await field.inputValue());
  await expect(dialog(admin).getByRole('img', { name: 'The same link as a QR code' })).toBeVisible();
});

test('whoever gets a role on the page is told what comes next', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji' });
  await open(admin, '/users/S-1');
  await expect(card(admin)).toHaveCount(0);
  await admin.getByRole('combobox', { name: 'Console role' }).selectOption('teacher');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(card(admin)).toContainText('No password yet.');
});

test('everybody can use the card, the link and the form', async ({ admin, complaints }) => {
  complaints.expectStatus(404);
  await expectAccessible(admin, 'a user without a password');
  await card(admin).getByRole('button', { name: 'Make a one-time link' }).click();
  const link = await dialog(admin).getByLabel('One-time link', { exact: true }).inputValue();
  await expectAccessible(admin, 'the link');
  await admin.setViewportSize(PHONE);
  await expectNoOverflow(admin, 'the link at 360 px');
  await expectAccessible(admin, 'the link at 360 px');
  for (const [path, where] of [[link, 'set a password'], ['/password', 'a dead link']]) {
    await open(admin, path);
    await expectNoOverflow(admin, `${where} at 360 px`);
    await expectAccessible(admin, where);
  }
});
