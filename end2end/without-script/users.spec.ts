// Creating and editing users where no script runs.
import { CAMERA, pictureBomb, sidewaysPhoto, textCalledPng } from '../support/pictures.ts';
import { expectBlue, expectRed, look } from '../support/pixels.ts';
import { expect, open, row, test, type Page } from '../support/test.ts';

const create = (page: Page) => page.getByRole('button', { name: 'Create user', exact: true });

test('a user with a photo, groups and a role is created by a plain form', async ({
  admin,
  browser,
  context,
  rollcall,
}) => {
  await open(admin, '/users/new');
  await admin.getByLabel('User ID').fill('T-park');
  await admin.getByLabel('Nickname').fill('Ms Park');
  await admin.getByLabel('Profile image').setInputFiles(sidewaysPhoto());
  await admin.getByRole('radio', { name: /^Host/ }).check();
  await admin.getByRole('textbox', { name: 'Groups' }).fill('Staff, Chess club');
  await admin.getByLabel('Console role').selectOption('Teacher');
  await create(admin).click();
  await expect(admin.getByText('The user is created.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Ms Park' })).toBeVisible();
  await expect(admin.getByRole('radio', { name: /^Host/ })).toBeChecked();
  await expect(admin.getByLabel('Console role')).toHaveValue('teacher');
  await expect(admin.getByRole('main')).toContainText('Staff');

  const path = await admin.getByRole('main').getByRole('presentation').first().getAttribute('src');
  const seen = await look(browser, context, rollcall.url + path);
  expect([seen.width, seen.height]).toEqual([512, 512]);
  expectRed(seen.above);
  expectBlue(seen.below);
  expect(seen.bytes.includes(CAMERA)).toBe(false);
});

for (const [what, file, words] of [
  ['a picture bomb', pictureBomb(), 'The picture is 30,000 × 30,000 pixels'],
  ['a text that is called a picture', textCalledPng(), 'This is not a PNG, JPEG, WebP or GIF.'],
] as const) {
  test(`${what} is refused in words by the server, and what was typed stays`, async ({
    admin,
    complaints,
  }) => {
    complaints.expectStatus(422);
    await open(admin, '/users/new');
    await admin.getByLabel('User ID').fill('S-1');
    await admin.getByLabel('Nickname').fill('Minji Kim');
    await admin.getByLabel('Profile image').setInputFiles(file);
    await admin.getByRole('radio', { name: /^Monitoring/ }).check();
    await admin.getByRole('textbox', { name: 'Groups' }).fill('Class 7B');
    await admin.getByLabel('Console role').selectOption('Teacher');
    await create(admin).click();
    await expect(admin.getByText(words)).toBeVisible();
    await expect(admin.getByLabel('User ID')).toHaveValue('S-1');
    await expect(admin.getByLabel('Nickname')).toHaveValue('Minji Kim');
    await expect(admin.getByRole('radio', { name: /^Monitoring/ })).toBeChecked();
    await expect(admin.getByLabel('Console role')).toHaveValue('teacher');
    await expect(admin.getByRole('textbox', { name: 'Groups' })).toHaveValue('Class 7B');
    await open(admin, '/users');
    await expect(admin.getByRole('rowheader')).toHaveCount(1);
  });
}

test('a taken User ID says by whom, links to them and keeps the rest', async ({
  admin,
  complaints,
  people,
}) => {
  complaints.expectStatus(422);
  await people.create({ userId: 'T-Kim', nickname: 'Ms Kim' });
  await open(admin, '/users/new');
  await admin.getByLabel('User ID').fill('t-kim');
  await admin.getByLabel('Nickname').fill('Somebody else');
  await create(admin).click();
  await expect(admin.getByLabel('User ID')).toHaveAccessibleDescription(/Taken by Ms Kim\./);
  await expect(admin.getByLabel('User ID')).toHaveValue('t-kim');
  await expect(admin.getByLabel('Nickname')).toHaveValue('Somebody else');
  await admin.getByRole('link', { name: 'Open that user' }).click();
  await expect(admin.getByRole('heading', { name: 'Ms Kim' })).toBeVisible();
});

test('create and add another keeps permission, groups and role', async ({ admin }) => {
  await open(admin, '/users/new');
  await admin.getByLabel('User ID').fill('T-1');
  await admin.getByRole('radio', { name: /^Host/ }).check();
  await admin.getByRole('textbox', { name: 'Groups' }).fill('Staff');
  await admin.getByLabel('Console role').selectOption('Teacher');
  await admin.getByRole('button', { name: 'Create and add another' }).click();
  await expect(admin.getByText('T-1 is created.')).toBeVisible();
  await expect(admin.getByLabel('User ID')).toHaveValue('');
  await expect(admin.getByRole('radio', { name: /^Host/ })).toBeChecked();
  await expect(admin.getByLabel('Console role')).toHaveValue('teacher');
  await expect(admin.getByRole('textbox', { name: 'Groups' })).toHaveValue('Staff');
});

test('a user is edited by a plain form and keeps their groups and image', async ({ admin, people }) => {
  await people.create({
    userId: 'S-1',
    nickname: 'Minji',
    groups: ['Class 7B'],
    picture: sidewaysPhoto().buffer,
  });
  await open(admin, '/users');
  await admin.getByRole('link', { name: 'Minji', exact: true }).click();
  await admin.getByLabel('Nickname').fill('Minji Kim');
  await admin.getByRole('radio', { name: /^Monitoring/ }).check();
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Minji Kim' })).toBeVisible();
  await expect(admin.getByRole('radio', { name: /^Monitoring/ })).toBeChecked();
  await expect(admin.getByRole('main').getByRole('presentation').first()).toBeVisible();
  await expect(admin.getByRole('textbox', { name: 'Groups' })).toHaveValue('Class 7B');
});

test('users are found and paged through by links and a form', async ({ admin, people }) => {
  await people.createAll(
    Array.from({ length: 55 }, (_, it) => ({ userId: `S-${it + 10}`, nickname: `Pupil ${it + 10}` })),
  );
  await open(admin, '/users');
  await expect(admin.getByRole('rowheader')).toHaveCount(50);
  await admin.getByRole('link', { name: 'Next' }).click();
  await expect(admin.getByRole('rowheader')).toHaveCount(6);
  await admin.getByRole('link', { name: 'Previous' }).click();
  await expect(admin.getByRole('rowheader')).toHaveCount(50);
  await admin.getByRole('searchbox').fill('pupil 33');
  await admin.getByRole('searchbox').press('Enter');
  await expect(row(admin, /Pupil 33/)).toBeVisible();
  await expect(admin.getByRole('rowheader')).toHaveCount(1);
  await expect(admin.getByRole('searchbox')).toHaveValue('pupil 33');
});
