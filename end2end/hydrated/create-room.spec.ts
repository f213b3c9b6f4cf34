// Creating rooms and picking who may enter them.
import { expect, open, options, row, section, test, type Page } from '../support/test.ts';
import type { Locator } from '@playwright/test';

const picker = (page: Page) => page.getByRole('combobox', { name: 'Specify users' });
const chosen = (page: Page) =>
  page.getByRole('list', { name: 'Specified users' }).getByRole('listitem');
const option = (page: Page, text: string | RegExp) => options(page).filter({ hasText: text });
/** Types a name and chooses the only one who has it. */
async function pick(page: Page, name: string): Promise<void> {
  await picker(page).fill(name);
  await expect(options(page)).toHaveText([new RegExp(name)]);
  await picker(page).press('Enter');
  await expect(chosen(page).last()).toContainText(name);
}

const create = (page: Page) => page.getByRole('button', { name: 'Create room', exact: true });

/** Presses Tab until the cursor is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((it) => it === document.activeElement)) return;
  }
  throw new Error(`${target} is not reached by Tab`);
}

async function deactivate(page: Page, userId: string): Promise<void> {
  await open(page, `/users/${userId}`);
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.getByRole('button', { name: 'Reactivate' })).toBeVisible();
}

test('a room for specified users only is made by keyboard alone, and a reload shows it', async ({
  admin,
  people,
}) => {
  await people.createAll([
    { userId: 'T-1', nickname: 'Ms Park', permission: 'host' },
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee' },
  ]);
  await open(admin, '/rooms');
  await tabTo(admin, admin.getByRole('main').getByRole('link', { name: 'Create room' }).first());
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('heading', { name: 'Create room' })).toBeVisible();
  await tabTo(admin, admin.getByRole('textbox', { name: 'Name' }));
  await admin.keyboard.type('Algebra 7B');
  const types = admin.getByRole('radio');
  await tabTo(admin, types.first());
  await expect(types.first()).toBeChecked();
  await admin.keyboard.press('ArrowDown');
  await expect(types.nth(1)).toBeChecked();
  await admin.keyboard.press('ArrowUp');
  await expect(admin.getByRole('radio', { name: /^Specified users only/ })).toBeChecked();

  await tabTo(admin, picker(admin));
  await expect(options(admin)).toHaveCount(4);
  await admin.keyboard.type('minj');
  await expect(options(admin)).toHaveText([/Minji Kim.*S-1/]);
  await admin.keyboard.press('Enter');
  await expect(chosen(admin)).toHaveCount(1);
  await admin.keyboard.type('S-');
  await expect(options(admin)).toHaveCount(2);
  await expect(options(admin).first()).toHaveAttribute('aria-selected', 'true');
  while ((await option(admin, 'Joon Lee').getAttribute('aria-selected')) !== 'true') {
    await admin.keyboard.press('ArrowDown');
  }
  await admin.keyboard.press('Enter');
  await expect(chosen(admin)).toHaveText([/Minji Kim/, /Joon Lee/]);

  await tabTo(admin, admin.getByLabel('Entry permission of Joon Lee'));
  await admin.keyboard.press('ArrowUp');
  await expect(admin.getByLabel('Entry permission of Joon Lee')).toHaveValue('host');
  await expect(admin.getByText('2 specified: 1 Host, 1 Guest')).toBeVisible();
  await tabTo(admin, create(admin));
  await admin.keyboard.press('Enter');

  await expect(admin).toHaveURL(/\/rooms\/[^/]+\?created$/);
  await expect(admin.getByText('The room is ready. These people may enter it.')).toBeVisible();
  await admin.reload();
  await expect(admin.getByRole('heading', { name: 'Algebra 7B' })).toBeVisible();
  await expect(admin.getByRole('main')).toContainText('Specified users only');
  await expect(row(admin, /Ada Admin/)).toContainText('Owner');
  await expect(admin.getByLabel('Entry permission of Minji Kim')).toHaveValue('guest');
  await expect(admin.getByLabel('Entry permission of Joon Lee')).toHaveValue('host');
  await expect(admin.getByRole('rowheader')).toHaveCount(3);
});

test('the picker shows the first twenty before anything is typed', async ({ admin, people }) => {
  await people.createAll(
    Array.from({ length: 24 }, (_, it) => ({ userId: `S-${it + 10}`, nickname: `Pupil ${it + 10}` })),
  );
  await open(admin, '/rooms/new');
  await expect(options(admin)).toHaveCount(0);
  await picker(admin).focus();
  await expect(options(admin)).toHaveCount(20);
  await expect(admin.getByText('Users by nickname')).toBeVisible();
  await expect(admin.getByText('There are more. Type more of the name to find them.')).toBeVisible();
  await expect(options(admin).nth(1)).toContainText(/Pupil 10.*S-10.*Guest/);
  await picker(admin).fill('pupil 33');
  await expect(options(admin)).toHaveCount(1);
  await expect(options(admin).locator('mark')).toHaveText('Pupil 33');
});

test('who can\'t be picked is shown with the reason', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Minji Lee' },
  ]);
  await deactivate(admin, 'S-2');
  await open(admin, '/rooms/new');
  await picker(admin).focus();
  await expect(option(admin, 'Ada Admin')).toContainText('Owner');
  await option(admin, 'Minji Kim').click();
  await expect(option(admin, 'Minji Kim')).toContainText('Already specified');
  await expect(option(admin, 'Minji Lee')).toContainText('Deactivated');
  for (const name of ['Ada Admin', 'Minji Kim', 'Minji Lee']) {
    await expect(option(admin, name)).toBeDisabled();
    await option(admin, name).click({ force: true });
  }
  await picker(admin).fill('minji lee');
  await expect(options(admin)).toHaveCount(1);
  await admin.keyboard.press('Enter');
  await expect(chosen(admin)).toHaveCount(1);
});

test('choices survive whatever is typed, and Backspace takes back the last', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee', permission: 'monitoring' },
    { userId: 'S-3', nickname: 'Sora Park' },
  ]);
  await open(admin, '/rooms/new');
  for (const name of ['Minji', 'Joon', 'Sora']) await pick(admin, name);
  await expect(chosen(admin)).toHaveText([/Minji Kim/, /Joon Lee/, /Sora Park/]);
  await expect(admin.getByLabel('Entry permission of Joon Lee')).toHaveValue('monitoring');
  await admin.getByLabel('Entry permission of Minji Kim').selectOption('Host');
  await picker(admin).fill('zzzz');
  await expect(admin.getByText('No user matches “zzzz”').first()).toBeVisible();
  await expect(chosen(admin)).toHaveCount(3);
  await admin.getByRole('radio', { name: /^All users/ }).check();
  await expect(picker(admin)).toBeHidden();
  await admin.getByRole('radio', { name: /^Specified users only/ }).check();
  await expect(chosen(admin)).toHaveCount(3);
  await expect(admin.getByLabel('Entry permission of Minji Kim')).toHaveValue('host');

  await picker(admin).fill('');
  await picker(admin).press('Backspace');
  await expect(chosen(admin)).toHaveText([/Minji Kim/, /Joon Lee/]);
  await picker(admin).press('Escape');
  await admin.getByRole('button', { name: 'Remove Minji Kim (S-1)' }).click();
  await expect(chosen(admin)).toHaveText([/Joon Lee/]);
});

test('Enter picks who matches what was typed, however fast it comes', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'A-0', nickname: 'Aaron First' },
    { userId: 'S-3', nickname: 'Sora Park' },
  ]);
  await open(admin, '/rooms/new');
  await picker(admin).focus();
  await expect(options(admin)).toHaveText([/Aaron First/, /Ada Admin/, /Sora Park/]);
  await admin.keyboard.type('sora');
  await admin.keyboard.press('Enter');
  await expect(chosen(admin)).toHaveText([/Sora Park/]);
});

test('a picker can be left by Escape without losing the form', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/rooms/new');
  await picker(admin).fill('minji');
  await expect(options(admin)).toHaveCount(1);
  await picker(admin).press('Escape');
  await expect(options(admin)).toHaveCount(0);
  await expect(picker(admin)).toHaveAttribute('aria-expanded', 'false');
  await expect(picker(admin)).toHaveValue('minji');
  await picker(admin).press('ArrowDown');
  await expect(options(admin)).toHaveCount(1);
});

test('a group adds everybody who is in it now', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim', groups: ['Class 7B'] },
    { userId: 'S-2', nickname: 'Joon Lee', groups: ['Class 7B'] },
    { userId: 'S-3', nickname: 'Sora Park', groups: ['Class 7B'] },
    { userId: 'S-4', nickname: 'Tom Choi', groups: ['Class 7A'] },
  ]);
  await deactivate(admin, 'S-3');
  await open(admin, '/rooms/new');
  await picker(admin).fill('minji');
  await option(admin, 'Minji Kim').click();
  await picker(admin).fill('7b');
  await expect(option(admin, 'Class 7B')).toContainText('group of 3');
  await expect(option(admin, 'Class 7B')).toContainText('Add all');
  await option(admin, 'Class 7B').click();
  await expect(admin.getByText('Class 7B: 1 person added').first()).toBeVisible();
  await expect(chosen(admin)).toHaveText([/Minji Kim/, /Joon Lee/]);
});

test('somebody who doesn\'t exist is created from the picker and picked, the form unharmed', async ({
  admin,
  people,
}) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/rooms/new');
  await admin.getByRole('textbox', { name: 'Name' }).fill('Algebra 7B');
  await pick(admin, 'Minji');
  await picker(admin).fill('kim7');
  await expect(admin.getByRole('main').getByText('No user matches “kim7”').first()).toBeVisible();
  await expect(
    admin.getByText('Create the user first, then they appear here.'),
  ).toBeVisible();
  await admin.getByRole('button', { name: 'Create user “kim7”' }).click();

  const dialog = admin.getByRole('dialog', { name: 'Create user' });
  await expect(dialog.getByRole('textbox', { name: 'User ID' })).toHaveValue('kim7');
  await dialog.getByRole('textbox', { name: 'Nickname' }).fill('Kim Seven');
  await dialog.getByRole('radio', { name: /^Host/ }).check();
  await dialog.getByRole('button', { name: 'Create and specify' }).click();
  await expect(dialog).toBeHidden();
  await expect(chosen(admin)).toHaveText([/Minji Kim/, /Kim Seven/]);
  await expect(admin.getByLabel('Entry permission of Kim Seven')).toHaveValue('host');
  await expect(admin.getByRole('textbox', { name: 'Name' })).toHaveValue('Algebra 7B');
  await expect(picker(admin)).toBeFocused();

  await create(admin).click();
  await expect(admin.getByText('The room is ready.')).toBeVisible();
  await expect(admin.getByRole('rowheader')).toHaveText([/Ada Admin/, /Kim Seven/, /Minji Kim/]);
});

test('the way to the new user can be gone by keyboard, and left again', async ({ admin, complaints, people }) => {
  complaints.expectStatus(422);
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/rooms/new');
  await picker(admin).fill('Sora Park');
  const offer = admin.getByRole('button', { name: 'Create user “Sora Park”' });
  await expect(offer).toBeVisible();
  await tabTo(admin, offer);
  await admin.keyboard.press('Enter');
  const dialog = admin.getByRole('dialog', { name: 'Create user' });
  await expect(dialog.getByRole('textbox', { name: 'Nickname' })).toHaveValue('Sora Park');
  await dialog.getByRole('textbox', { name: 'User ID' }).fill('s-1');
  await admin.keyboard.press('Enter');
  await expect(dialog.getByText(/Taken by Minji Kim\./)).toBeVisible();
  await admin.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(picker(admin)).toHaveValue('Sora Park');
  await expect(chosen(admin)).toHaveCount(0);
});

test('a room with nobody, or with no Host, is warned about and not stopped', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/rooms/new');
  await expect(admin.getByText('Nobody is specified yet.')).toBeVisible();
  await pick(admin, 'Minji');
  await expect(admin.getByText('Nobody here is a Host.')).toBeVisible();
  await admin.getByLabel('Entry permission of Minji Kim').selectOption('Host');
  await expect(admin.getByText('Nobody here is a Host.')).toHaveCount(0);
  await picker(admin).press('Escape');
  await admin.getByRole('button', { name: 'Remove Minji Kim (S-1)' }).click();
  await admin.getByRole('textbox', { name: 'Name' }).fill('Quiet room');
  await create(admin).click();
  await expect(admin.getByRole('heading', { name: 'Nobody is specified yet' })).toBeVisible();
});

test('a form without a name is answered in words and loses nobody', async ({ admin, people, complaints }) => {
  complaints.expectStatus(422);
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/rooms/new');
  await pick(admin, 'Minji');
  await create(admin).click();
  const name = admin.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveAccessibleDescription(/Fill this in\./);
  await expect(name).toBeFocused();
  await expect(chosen(admin)).toHaveCount(1);
  await name.fill('Algebra');
  await create(admin).click();
  await expect(admin.getByText('The room is ready.')).toBeVisible();
});

test('readers hear how many results there are and who is chosen', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Minji Lee' },
  ]);
  await open(admin, '/rooms/new');
  const said = (words: string) => admin.getByRole('status').filter({ hasText: words });
  await picker(admin).fill('minji');
  await expect(said('2 results')).toHaveCount(1);
  const active = await picker(admin).getAttribute('aria-activedescendant');
  await expect(options(admin).first()).toHaveAttribute('id', active ?? '');
  await admin.keyboard.press('Enter');
  await expect(said('Minji Kim is specified')).toHaveCount(1);
  await picker(admin).fill('nobody7');
  await expect(said('No user matches “nobody7”')).toHaveCount(1);
});

test('rooms are found by name', async ({ admin, people }) => {
  await people.room({ name: 'Algebra 7B' });
  await people.room({ name: 'Chess club', type: 'public' });
  await open(admin, '/rooms');
  await expect(admin.getByRole('rowheader')).toHaveText([/Algebra 7B/, /Chess club/]);
  await admin.getByRole('searchbox', { name: 'Search by room name' }).fill('chess');
  await expect(admin.getByRole('rowheader')).toHaveText([/Chess club.*All users/]);
  await admin.getByRole('searchbox').fill('zzz');
  await expect(admin.getByRole('heading', { name: 'No room matches “zzz”' })).toBeVisible();
  await admin.getByRole('link', { name: 'Clear search' }).click();
  await expect(admin.getByRole('rowheader')).toHaveCount(2);
  await section(admin, 'Users').click();
  await expect(admin.getByRole('heading', { name: 'Users' })).toBeVisible();
});
