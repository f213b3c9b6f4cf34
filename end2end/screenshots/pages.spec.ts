// The pictures of the documentation, of a school that the program itself invents.
import { join } from 'node:path';
import { Rollcall } from '../support/rollcall.ts';
import { expect, open, options, test as base, type Page } from '../support/test.ts';

const IMAGES = join(__dirname, '../../docs/images');

const test = base.extend({
  rollcall: async ({}, use) => {
    const rollcall = await Rollcall.start({ users: 200, rooms: 12 });
    await use(rollcall);
    await rollcall.stop();
  },
});

/** Takes the page as it stands, in light and in dark. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((it) => it.decode().catch(() => {})));
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(IMAGES, `${name}-${colorScheme}.png`) });
  }
}

/** The portrait of somebody in the list, as a file to upload. */
async function portrait(page: Page, row: number) {
  const small = page.getByRole('row').nth(row).getByRole('presentation');
  const address = (await small.getAttribute('src'))?.replace('/96/', '/512/') ?? '';
  const buffer = await (await page.request.get(address)).body();
  return { name: 'portrait.jpg', mimeType: 'image/jpeg', buffer };
}

async function pick(page: Page, term: string): Promise<void> {
  const picker = page.getByRole('combobox', { name: 'Specify users' });
  await picker.fill(term);
  await expect(options(page).first().locator('mark').first()).toBeVisible();
  await picker.press('Enter');
}

test('users', async ({ admin }) => {
  await open(admin, '/users');
  await expect(admin.getByText('201 users')).toHaveCount(1);
  await take(admin, 'users');
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
  await expect(options(admin).first()).toContainText('Choir');
  await admin.getByRole('combobox', { name: 'Groups' }).press('Enter');
  await admin.getByRole('textbox', { name: 'Nickname' }).focus();
  await take(admin, 'create-user');
});

test('create room', async ({ admin }) => {
  await open(admin, '/rooms/new');
  await admin.getByRole('textbox', { name: 'Name' }).fill('Algebra 7B');
  await pick(admin, 'T-0001');
  await pick(admin, 'Ida Wagner');
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
  await who.fill('M-0001');
  await expect(options(admin)).toHaveCount(1);
  await who.press('Enter');
  await expect(admin.getByText('is not among them')).toBeVisible();
  await take(admin, 'room');
});
