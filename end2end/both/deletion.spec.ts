// Deleting users and rooms, and handing rooms over, with a script and without.
import { alive, expect, hasScript, open, options, row, test, type Page } from '../support/test.ts';

/** Names somebody as the owner: by search, or by typing their User ID. */
async function nameOwner(page: Page, label: string, nickname: string, userId: string) {
  if (!hasScript()) {
    await page.getByRole('textbox', { name: label }).fill(userId);
    return;
  }
  const search = page.getByRole('combobox', { name: label });
  await search.fill(nickname);
  await expect(options(page)).toHaveText([new RegExp(nickname)]);
  await search.press('Enter');
}

test.beforeEach(async ({ admin: _, people }) => {
  await people.createAll([
    { userId: 'T-1', nickname: 'Ms Park', permission: 'host' },
    { userId: 'S-1', nickname: 'Minji Kim', groups: ['7B'] },
  ]);
});

test('a user is deleted once their User ID is typed, and it is never given again', async ({
  admin,
  complaints,
  people,
}) => {
  complaints.expectStatus(404);
  complaints.expectStatus(422);
  const room = await people.room({ name: 'Algebra 7B', members: ['S-1'] });
  await open(admin, '/users/S-1');
  await admin.getByLabel('More for this user').click();
  await admin.getByRole('link', { name: 'Delete this user' }).click();
  await expect(admin.getByRole('heading', { name: 'Delete Minji Kim?' })).toBeVisible();
  await expect(admin.getByText('Their place in 1 room')).toBeVisible();
  await expect(admin.getByText('Their place in 1 group')).toBeVisible();
  await alive(admin);
  const typed = admin.getByLabel('Type the User ID, S-1, to delete them');
  await typed.fill('S-2');
  await admin.getByRole('button', { name: 'Delete this user' }).click();
  await expect(typed).toHaveAccessibleDescription(/Type “S-1” here/);
  await typed.fill('S-1');
  await admin.getByRole('button', { name: 'Delete this user' }).click();
  await expect(admin.getByRole('heading', { name: 'Users', exact: true })).toBeVisible();
  await expect(row(admin, /Minji Kim/)).toHaveCount(0);
  await open(admin, room);
  await expect(admin.getByText('0 members', { exact: true })).toBeVisible();
  await open(admin, '/users/S-1');
  await expect(admin.getByRole('heading', { name: 'Nothing is here.' })).toBeVisible();
  await open(admin, '/users/new');
  await admin.getByLabel('User ID').fill('s-1');
  await admin.getByRole('button', { name: 'Create user', exact: true }).click();
  await expect(admin.getByText('S-1 is taken, and is never given again.')).toBeVisible();
});

test('a room is handed over, and the former owner stays as a Host', async ({ admin, people }) => {
  const room = await people.room({ name: 'Algebra 7B' });
  await open(admin, `${room}/settings`);
  await admin.getByRole('link', { name: 'Hand over' }).click();
  await expect(admin.getByRole('heading', { name: 'Hand over Algebra 7B' })).toBeVisible();
  await alive(admin);
  await nameOwner(admin, 'New owner', 'Ms Park', 'T-1');
  await admin.getByRole('button', { name: 'Hand over' }).click();
  await expect(admin.getByText('The room has a new owner.')).toBeVisible();
  await expect(row(admin, /Ms Park/)).toContainText('Owner');
  await expect(row(admin, /Ada Admin/)).toContainText('Host');
});

test('who is deleted hands their rooms on', async ({ admin, complaints, people }) => {
  complaints.expectStatus(422);
  const room = await people.room({ name: 'Algebra 7B', members: ['S-1'] });
  await open(admin, `${room}/owner`);
  await nameOwner(admin, 'New owner', 'Ms Park', 'T-1');
  await admin.getByRole('button', { name: 'Hand over' }).click();
  await expect(admin.getByText('The room has a new owner.')).toBeVisible();
  await open(admin, '/users/T-1/delete');
  await expect(admin.getByText('They own 1 room.')).toBeVisible();
  await admin.getByLabel('Type the User ID, T-1, to delete them').fill('T-1');
  await admin.getByRole('button', { name: 'Delete this user' }).click();
  await expect(admin.getByText('Say who takes the rooms.')).toBeVisible();
  await alive(admin);
  await nameOwner(admin, 'Who takes their rooms', 'Minji Kim', 'S-1');
  await admin.getByRole('button', { name: 'Delete this user' }).click();
  await expect(admin.getByRole('heading', { name: 'Users', exact: true })).toBeVisible();
  await open(admin, room);
  await expect(row(admin, /Minji Kim/)).toContainText('Owner');
});

test('a room is deleted once its name is typed', async ({ admin, complaints, people }) => {
  complaints.expectStatus(422);
  await open(admin, await people.room({ name: 'Algebra 7B', members: ['S-1'] }));
  await admin.getByLabel('More for this room').click();
  await admin.getByRole('link', { name: 'Delete this room' }).click();
  await expect(admin.getByRole('heading', { name: 'Delete “Algebra 7B”?' })).toBeVisible();
  await alive(admin);
  const typed = admin.getByLabel('Type the name of the room, Algebra 7B, to delete it');
  await typed.fill('Algebra');
  await admin.getByRole('button', { name: 'Delete this room' }).click();
  await expect(typed).toHaveAccessibleDescription(/Type “Algebra 7B” here/);
  await typed.fill('Algebra 7B');
  await admin.getByRole('button', { name: 'Delete this room' }).click();
  await expect(admin.getByRole('heading', { name: 'No rooms yet' })).toBeVisible();
});
