// The pictures of the documentation, of a school that the program itself invents.
import { expect, open, options, type Page } from '../support/test.ts';
import { pick, take, test } from './taking.ts';

/** The portrait of somebody in the list, as a file to upload. */
async function portrait(page: Page, row: number) {
  const small = page.getByRole('row').nth(row).getByRole('presentation');
  const address = (await small.getAttribute('src'))?.replace('/96/', '/512/') ?? '';
  const buffer = await (await page.request.get(address)).body();
  return { name: 'portrait.jpg', mimeType: 'image/jpeg', buffer };
}

test('users', async ({ admin }) => {
  await open(admin, '/users');
  await expect(admin.getByText('201 users')).toHaveCount(1);
  await take(admin, 'users');
});

test('a user', async ({ admin }) => {
  await open(admin, '/users/S-000005');
  await expect(admin.getByRole('heading', { name: 'History' })).toBeVisible();
  await take(admin, 'user');
});

for (const list of ['groups', 'rooms']) {
  test(list, async ({ admin }) => {
    await open(admin, `/${list}`);
    await expect(admin.getByRole('rowheader').first()).toBeVisible();
    await take(admin, list);
  });
}

test('help', async ({ admin }) => {
  await admin.goto('/help/create-room');
  await expect(admin.getByRole('img')).toBeVisible();
  await take(admin, 'help');
});

test('create user', async ({ admin }) => {
  await open(admin, '/users');
  const picture = await portrait(admin, 8);
  await open(admin, '/users/new');
  await admin.getByRole('textbox', { name: 'User ID' }).fill('S-2041');
  await admin.getByRole('textbox', { name: 'Nickname' }).fill('김민지');
  await admin.getByLabel('Profile image').setInputFiles(picture);
  await expect(admin.getByText('turned upright')).toBeVisible();
  await admin.getByRole('combobox', { name: 'Groups' }).fill('Choir');
  await expect(options(admin)).toHaveText([/Choir.*(person|people)/]);
  await admin.getByRole('combobox', { name: 'Groups' }).press('Enter');
  await expect(admin.getByRole('list', { name: 'Chosen groups' })).toHaveText('Choir');
  await admin.getByRole('textbox', { name: 'Nickname' }).focus();
  await take(admin, 'create-user');
});

test('create room', async ({ admin }) => {
  await open(admin, '/rooms/new');
  await admin.getByRole('textbox', { name: 'Name' }).fill('Algebra 7B');
  for (const userId of ['T-0001', 'S-000002', 'S-000003', 'S-000010']) await pick(admin, userId);
  await admin.getByRole('combobox', { name: 'Specify users' }).fill('kim');
  await expect(options(admin).locator('mark').first()).toHaveText(/kim/i);
  await take(admin, 'create-room');
  await admin.setViewportSize({ width: 360, height: 740 });
  await take(admin, 'create-room-phone');
});

test('room', async ({ admin, people }) => {
  const members = ['T-0001', ...Array.from({ length: 9 }, (_, it) => `S-00000${it + 1}`)];
  await open(admin, await people.room({ name: 'Algebra 7B', members }));
  const who = admin.getByRole('combobox', { name: 'User', exact: true });
  await who.fill('S-000010');
  await expect(options(admin)).toHaveCount(1);
  await who.press('Enter');
  await expect(admin.getByText('is not among them')).toBeVisible();
  await take(admin, 'room');
});
