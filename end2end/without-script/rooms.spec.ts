// Creating rooms and adding members where no script runs: by pasting User IDs.
import { expect, open, row, test, type Page } from '../support/test.ts';

const pasted = (page: Page) => page.getByRole('textbox', { name: 'Specify users' });

test.beforeEach(async ({ admin: _, people }) => {
  await people.createAll([
    { userId: 'T-1', nickname: 'Ms Park', permission: 'host' },
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee' },
  ]);
});

test('a room is created with pasted User IDs, each with their default permission', async ({ admin }) => {
  await open(admin, '/rooms');
  await admin.getByRole('main').getByRole('link', { name: 'Create room' }).first().click();
  await admin.getByLabel('Name').fill('Algebra 7B');
  await pasted(admin).fill('t-1, S-1\nS-2 S-1');
  await admin.getByRole('button', { name: 'Create room' }).click();
  await expect(admin.getByText('The room is ready.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Algebra 7B' })).toBeVisible();
  await expect(admin.getByRole('rowheader')).toHaveText([/Ada Admin/, /Joon Lee/, /Minji Kim/, /Ms Park/]);
  const shown = (name: RegExp, permission: string) =>
    row(admin, name).getByText(permission, { exact: true }).filter({ visible: true });
  await expect(shown(/Ms Park/, 'Host')).toHaveCount(1);
  await expect(shown(/Minji Kim/, 'Guest')).toHaveCount(1);
});

test('unknown User IDs are refused in words, and all that was typed stays', async ({
  admin,
  complaints,
}) => {
  complaints.expectStatus(422);
  await open(admin, '/rooms/new');
  await admin.getByLabel('Name').fill('Algebra 7B');
  await pasted(admin).fill('S-1, S-404\nS-405');
  await admin.getByRole('button', { name: 'Create room' }).click();
  const words = 'Nobody has these User IDs: S-404, S-405. Create these users first, or take them out.';
  await expect(admin.getByText(words)).toBeVisible();
  await expect(pasted(admin)).toHaveAccessibleDescription(/Nobody has these User IDs: S-404, S-405\./);
  await expect(admin.getByLabel('Name')).toHaveValue('Algebra 7B');
  await expect(admin.getByRole('radio', { name: /^Specified users only/ })).toBeChecked();
  await expect(pasted(admin)).toHaveValue('S-1, S-404\nS-405');
  await pasted(admin).fill('S-1');
  await admin.getByRole('button', { name: 'Create room' }).click();
  await expect(admin.getByText('The room is ready.')).toBeVisible();
});

test('members are added by pasting their User IDs', async ({ admin, complaints, people }) => {
  complaints.expectStatus(422);
  await open(admin, await people.room({ name: 'Algebra 7B', members: ['S-1'] }));
  await admin.getByRole('link', { name: 'Add users' }).first().click();
  await expect(admin.getByRole('heading', { name: 'Add users to Algebra 7B' })).toBeVisible();
  await pasted(admin).fill('S-2 nobody-7');
  await admin.getByRole('button', { name: 'Add to the room' }).click();
  await expect(admin.getByText('Nobody has these User IDs: nobody-7.')).toBeVisible();
  await expect(pasted(admin)).toHaveValue('S-2 nobody-7');
  // A table out of a spreadsheet does as well.
  await pasted(admin).fill('Nickname,User ID\n"Lee, Joon",S-2');
  await admin.getByRole('button', { name: 'Add to the room' }).click();
  await expect(admin.getByText('They may enter this room now.')).toBeVisible();
  await expect(admin.getByRole('rowheader')).toHaveText([/Ada Admin/, /Joon Lee/, /Minji Kim/]);
});

test('a room is renamed by a plain form', async ({ admin, people }) => {
  const room = await people.room({ name: 'Algebra 7B', members: ['S-1'] });
  await open(admin, `${room}/settings`);
  await admin.getByLabel('Name').fill('Geometry 7B');
  await admin.getByRole('radio', { name: /^All users/ }).check();
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Geometry 7B' })).toBeVisible();
  await expect(admin.getByRole('main')).toContainText('All users');
});

test('nothing is offered that only works with a script', async ({ admin, people }) => {
  const room = await people.room({ name: 'Algebra 7B', members: ['S-1'] });
  await open(admin, '/rooms/new');
  await expect(admin.getByRole('combobox', { name: 'Specify users' })).toBeHidden();
  await open(admin, '/users/new');
  await expect(admin.getByRole('combobox', { name: 'Groups' })).toBeHidden();
  await open(admin, room);
  await expect(admin.getByRole('combobox')).toHaveCount(0);
});
