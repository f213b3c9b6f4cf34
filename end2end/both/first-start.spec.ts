// The first start: from the printed link to a signed-in Admin.
import { ADMIN, alive, expect, open, section, test, type Page } from '../support/test.ts';

async function createAdmin(page: Page, password = ADMIN.password): Promise<void> {
  await page.getByLabel('User ID').fill(ADMIN.userId);
  await page.getByLabel('Nickname').fill(ADMIN.nickname);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password again').fill(password);
  await page.getByRole('button', { name: 'Create Admin' }).click();
}

test('whoever holds the printed link becomes the first Admin and is signed in', async ({
  page,
  rollcall,
}) => {
  await open(page, rollcall.setupLink);
  await expect(page.getByRole('heading', { name: 'Create the first Admin' })).toBeVisible();
  await createAdmin(page);
  await expect(section(page, 'Users')).toBeVisible();
  await alive(page);
  await section(page, 'Users').click();
  await expect(page.getByRole('row', { name: /Ada Admin/ })).toContainText('A-root');
  await expect(page.getByRole('row', { name: /Ada Admin/ })).toContainText('Admin');
});

test('the setup link dies with its use', async ({ page, context, rollcall, complaints }) => {
  await open(page, rollcall.setupLink);
  await createAdmin(page);
  await expect(section(page, 'Users')).toBeVisible();
  await context.clearCookies();

  // The page that is still open asks what changes, and is told that nobody is signed in.
  complaints.expectStatus(401, 422);
  await open(page, rollcall.setupLink);
  await createAdmin(page);
  await expect(page.getByRole('alert').filter({ visible: true })).toContainText('This link has been used');
  await open(page, '/users');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('without the link nobody becomes the first Admin', async ({ page }) => {
  await open(page, '/setup');
  await expect(page.getByText('needs the link that Rollcall prints')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create Admin' })).toHaveCount(0);
});

test('a weak password is refused in words and the rest of the form stays', async ({
  page,
  rollcall,
  complaints,
}) => {
  complaints.expectStatus(422);
  await open(page, rollcall.setupLink);
  await createAdmin(page, 'short');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    /At least 8 characters\./,
  );
  await expect(page.getByLabel('User ID')).toHaveValue(ADMIN.userId);
  await expect(page.getByLabel('Nickname')).toHaveValue(ADMIN.nickname);
});

test('as long as nothing is there, the lists say what comes first', async ({ admin, people }) => {
  const steps = admin.getByRole('main').getByRole('listitem');
  await open(admin, '/users');
  await expect(admin.getByRole('heading', { name: 'Nobody else is here yet' })).toBeVisible();
  await expect(steps).toHaveText(['Create user', 'Create room', 'Specify users']);
  await open(admin, '/rooms');
  await expect(admin.getByRole('heading', { name: 'No rooms yet' })).toBeVisible();
  await expect(steps).toHaveText(['Create user', 'Create room', 'Specify users']);
  await people.create({ userId: 'S-1' });
  for (const list of ['/rooms', '/groups']) {
    await open(admin, list);
    await expect(steps).toHaveText(['Create userDone', 'Create room', 'Specify users']);
  }
  await open(admin, '/users');
  await expect(admin.getByRole('heading', { name: 'Nobody else is here yet' })).toBeHidden();
});
