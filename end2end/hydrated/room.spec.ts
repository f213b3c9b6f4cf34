// The page of a room: its members, who can enter, and what becomes of the room.
import { alive, expect, open, options, row, test, type Page } from '../support/test.ts';

const permission = (page: Page, nickname: string) =>
  page.getByLabel(`Entry permission of ${nickname}`);
const who = (page: Page) => page.getByRole('combobox', { name: 'User', exact: true });
/** What "Can they enter?" answers. */
const answer = (page: Page) =>
  page.getByRole('region', { name: 'Can they enter?' }).getByRole('status');

async function ask(page: Page, nickname: string): Promise<void> {
  await who(page).fill(nickname);
  await expect(options(page)).toHaveText([new RegExp(nickname)]);
  await who(page).press('Enter');
}

test.beforeEach(async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee' },
    { userId: 'S-3', nickname: 'Sora Park', permission: 'monitoring' },
  ]);
  await open(admin, await people.room({ name: 'Algebra 7B', members: ['S-1', 'S-2'] }));
});

test('a member\'s permission is changed in place, and the toast takes it back', async ({ admin }) => {
  await permission(admin, 'Minji Kim').selectOption('Host');
  await expect(admin.getByText('Minji Kim is now a Host')).toBeVisible();
  await admin.reload();
  await alive(admin);
  await expect(permission(admin, 'Minji Kim')).toHaveValue('host');
  await permission(admin, 'Minji Kim').selectOption('Monitoring');
  await expect(admin.getByText('Minji Kim is now Monitoring')).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(permission(admin, 'Minji Kim')).toHaveValue('host');
  await expect(admin.getByText('Minji Kim is now a Host')).toBeVisible();
  await admin.reload();
  await expect(permission(admin, 'Minji Kim')).toHaveValue('host');
  await expect(permission(admin, 'Joon Lee')).toHaveValue('guest');
});

test('a member is removed, and the toast brings them back as they were', async ({ admin }) => {
  await permission(admin, 'Joon Lee').selectOption('Host');
  await expect(admin.getByText('Joon Lee is now a Host')).toBeVisible();
  await admin.getByLabel('Actions for Joon Lee (S-2)').click();
  await admin.getByRole('button', { name: 'Remove from this room' }).click();
  await expect(admin.getByText('Joon Lee was removed from this room')).toBeVisible();
  await expect(row(admin, /Joon Lee/)).toHaveCount(0);
  await expect(admin.getByText('1 member', { exact: true })).toBeVisible();
  await admin
    .getByRole('status')
    .filter({ hasText: 'was removed' })
    .getByRole('button', { name: 'Undo' })
    .last()
    .click();
  await expect(permission(admin, 'Joon Lee')).toHaveValue('host');
  await admin.reload();
  await expect(permission(admin, 'Joon Lee')).toHaveValue('host');
});

test('more users are added with the same picker', async ({ admin }) => {
  await admin.getByRole('link', { name: 'Add users' }).first().click();
  await expect(admin.getByRole('heading', { name: 'Add users to Algebra 7B' })).toBeVisible();
  const picker = admin.getByRole('combobox', { name: 'Specify users' });
  await picker.focus();
  await expect(options(admin).filter({ hasText: 'Minji Kim' })).toContainText('Already specified');
  await expect(options(admin).filter({ hasText: 'Ada Admin' })).toContainText('Owner');
  await options(admin).filter({ hasText: 'Sora Park' }).click();
  await expect(permission(admin, 'Sora Park')).toHaveValue('monitoring');
  await picker.press('Escape');
  await admin.getByRole('button', { name: 'Add to the room' }).click();
  await expect(admin.getByText('They may enter this room now.')).toBeVisible();
  await expect(permission(admin, 'Sora Park')).toHaveValue('monitoring');
  await expect(admin.getByText('3 members', { exact: true })).toBeVisible();
});

test('whether somebody can enter is answered with the reason and the remedy', async ({ admin }) => {
  await ask(admin, 'Minji Kim');
  await expect(answer(admin)).toContainText('Yes, as Guest. Minji Kim is specified for this room.');
  await who(admin).fill('');
  await ask(admin, 'Sora Park');
  await expect(answer(admin)).toContainText(
    'No. Only specified users may enter this room, and S-3 is not among them.',
  );
  await answer(admin).getByRole('button', { name: 'Add as Monitoring' }).click();
  await expect(answer(admin)).toContainText('Yes, as Monitoring. Sora Park is specified');
  await expect(permission(admin, 'Sora Park')).toHaveValue('monitoring');
  await who(admin).fill('');
  await ask(admin, 'Ada Admin');
  await expect(answer(admin)).toContainText('Yes, as Host. Ada Admin owns this room.');
});

test('the answer follows what is changed on the page', async ({ admin }) => {
  await ask(admin, 'Minji Kim');
  await expect(answer(admin)).toContainText('Yes, as Guest.');
  await permission(admin, 'Minji Kim').selectOption('Host');
  await expect(answer(admin)).toContainText('Yes, as Host.');
  await admin.getByLabel('Actions for Minji Kim (S-1)').click();
  await admin.getByRole('button', { name: 'Remove from this room' }).click();
  await expect(answer(admin)).toContainText('No. Only specified users may enter this room');
});

test('a deactivated member can\'t enter', async ({ admin }) => {
  const room = admin.url();
  await open(admin, '/users/S-1');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByRole('button', { name: 'Reactivate' })).toBeVisible();
  await open(admin, room);
  await expect(row(admin, /Minji Kim/)).toContainText('Deactivated');
  await ask(admin, 'Minji Kim');
  await expect(answer(admin)).toContainText('No. S-1 is deactivated.');
  await answer(admin).getByRole('link', { name: 'Open that user' }).click();
  await expect(admin.getByRole('heading', { name: 'Minji Kim' })).toBeVisible();
});

test('a room is ended after asking, and reopened', async ({ admin }) => {
  await admin.getByLabel('More for this room').click();
  await admin.getByRole('button', { name: 'End this room' }).click();
  const dialog = admin.getByRole('dialog', { name: 'End “Algebra 7B”?' });
  await expect(dialog).toContainText('Nobody can enter until the room is reopened.');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await admin.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(admin.getByRole('main')).toContainText('Waiting');

  await admin.getByLabel('More for this room').click();
  await admin.getByRole('button', { name: 'End this room' }).click();
  await dialog.getByRole('button', { name: 'End this room' }).click();
  await expect(admin.getByText('Algebra 7B has ended')).toBeVisible();
  await expect(admin.getByRole('main')).toContainText('Ended');
  await ask(admin, 'Minji Kim');
  await expect(answer(admin)).toContainText('No. This room has ended. Reopen it to let people in.');

  await admin.reload();
  await alive(admin);
  await admin.getByLabel('More for this room').click();
  await admin.getByRole('button', { name: 'Reopen' }).click();
  await expect(admin.getByText('Algebra 7B is open again')).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByRole('main')).toContainText('Ended');
});

test('a room is renamed and opened to all users, members keeping their permission', async ({ admin }) => {
  await permission(admin, 'Minji Kim').selectOption('Host');
  await expect(admin.getByText('Minji Kim is now a Host')).toBeVisible();
  await admin.getByLabel('More for this room').click();
  await admin.getByRole('link', { name: 'Edit' }).click();
  await expect(admin.getByRole('heading', { name: 'Edit Algebra 7B' })).toBeVisible();
  await admin.getByRole('textbox', { name: 'Name' }).fill('Geometry 7B');
  await admin.getByRole('radio', { name: /^All users/ }).check();
  await expect(
    admin.getByRole('status').filter({ hasText: 'not only the 2 members.' }),
  ).toBeVisible();
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Geometry 7B' })).toBeVisible();
  await expect(permission(admin, 'Minji Kim')).toHaveValue('host');
  await ask(admin, 'Sora Park');
  await expect(answer(admin)).toContainText('Yes, as Monitoring. Every user may enter this room');
});

test('a member is found among many', async ({ admin }) => {
  const find = admin.getByRole('searchbox', { name: 'Find a member' });
  await find.fill('joon');
  await expect(admin.getByRole('rowheader')).toHaveText([/Joon Lee/]);
  await find.fill('sora');
  await expect(admin.getByRole('heading', { name: 'No member matches “sora”' })).toBeVisible();
  await admin.getByRole('link', { name: 'Clear search' }).click();
  await expect(admin.getByRole('rowheader')).toHaveCount(3);
});

test('a room that never was is not found', async ({ admin, complaints }) => {
  complaints.expectStatus(404);
  expect((await admin.goto('/rooms/abcdefghjkmn'))?.status()).toBe(404);
  await expect(admin.getByRole('heading', { name: 'Nothing is here.' })).toBeVisible();
});
