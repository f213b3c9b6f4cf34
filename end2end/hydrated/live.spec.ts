// What others change shows up without reloading, and a lost connection catches up by itself.
import { expect, open, options, row, test } from '../support/test.ts';
import { expectAccessible } from '../support/axe.ts';

test('a room that is created elsewhere joins an open list, and what goes on in a row goes on', async ({
  admin,
  people,
}) => {
  await people.room({ name: 'Biology' });
  await open(admin, '/rooms');
  const biology = admin.getByRole('link', { name: 'Biology' });
  await biology.focus();
  await people.room({ name: 'Algebra' });
  await expect(row(admin, /Algebra/)).toBeVisible();
  await expect(admin.getByText('2 rooms')).toBeVisible();
  await expect(biology).toBeFocused();
});

test('a group that is created elsewhere joins an open list', async ({ admin, people }) => {
  await open(admin, '/groups');
  await expect(admin.getByRole('heading', { name: 'No groups yet' })).toBeVisible();
  await people.group('7B');
  await expect(row(admin, /7B/)).toBeVisible();
});

test('an open picker shows who is created and deactivated elsewhere', async ({
  admin,
  context,
  people,
}) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/rooms/new');
  await admin.getByRole('combobox', { name: 'Specify users' }).fill('kim');
  await expect(options(admin)).toHaveText([/Minji Kim/]);
  await people.create({ userId: 'S-2', nickname: 'Jun Kim' });
  await expect(options(admin)).toHaveText([/Minji Kim/, /Jun Kim/]);
  const other = await context.newPage();
  await open(other, '/users/S-2');
  await other.getByRole('button', { name: 'Deactivate' }).click();
  await expect(options(admin).filter({ hasText: 'Jun Kim' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await expect(admin.getByRole('combobox', { name: 'Specify users' })).toHaveValue('kim');
});

test('who was chosen already is shown as they are by now', async ({ admin, context, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Jun Kim' },
    { userId: 'S-3', nickname: 'Sora Park' },
  ]);
  await open(admin, '/rooms/new');
  const field = admin.getByRole('combobox', { name: 'Specify users' });
  await field.evaluate((it) => {
    const list = new DataTransfer();
    list.setData('text', 'S-1 S-2 S-3');
    it.dispatchEvent(new ClipboardEvent('paste', { clipboardData: list, bubbles: true }));
  });
  const chosen = admin.getByRole('list', { name: 'Specified users' }).getByRole('listitem');
  await expect(chosen).toHaveCount(3);
  await chosen.nth(2).getByRole('combobox').selectOption({ label: 'Host' });

  const other = await context.newPage();
  await open(other, '/users/S-1');
  await other.getByRole('button', { name: 'Deactivate' }).click();
  await expect(chosen.nth(0)).toContainText('Deactivated');
  await open(other, '/users/S-2/delete');
  await other.getByRole('textbox').fill('S-2');
  await other.getByRole('button', { name: 'Delete this user' }).click();
  await expect(chosen.nth(1)).toContainText('Deleted');
  await open(other, '/users/S-3');
  await other.getByLabel('Nickname').fill('Sora Lee');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(chosen.nth(2)).toContainText('Sora Lee');
  await expect(chosen.nth(2).getByRole('combobox')).toHaveValue('host');
});

test('the page of a user follows what is changed elsewhere, and keeps what was typed', async ({
  admin,
  context,
  people,
  complaints,
}) => {
  complaints.expectStatus(404);
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/users/S-1');
  await admin.getByLabel('Nickname').fill('Minji');
  const other = await context.newPage();
  await open(other, '/users/S-1');
  await other.getByLabel('Nickname').fill('Minji Lee');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Minji Lee');
  await expect(admin.getByRole('list', { name: 'History' })).toContainText('Minji Lee');
  await expect(admin.getByLabel('Nickname')).toHaveValue('Minji');
  await open(other, '/users/S-1/delete');
  await other.getByRole('textbox').fill('S-1');
  await other.getByRole('button', { name: 'Delete this user' }).click();
  await expect(admin.getByText('This user was deleted meanwhile.')).toBeVisible();
});

test('the page of a room follows what is changed elsewhere, until it is deleted', async ({
  admin,
  context,
  people,
  complaints,
}) => {
  complaints.expectStatus(404);
  const room = await people.room({ name: 'Algebra' });
  await open(admin, room);
  const other = await context.newPage();
  await open(other, `${room}/settings`);
  await other.getByRole('textbox', { name: 'Name' }).fill('Biology');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Biology');
  await expect(admin).toHaveTitle(/Biology/);
  await open(other, `${room}/delete`);
  await other.getByRole('textbox').fill('Biology');
  await other.getByRole('button', { name: 'Delete this room' }).click();
  await expect(admin.getByText('This room was deleted meanwhile.')).toBeVisible();
});

test('without a connection a bar says so, and afterwards the list catches up by itself', async ({
  admin,
  context,
  people,
  complaints,
}) => {
  await people.room({ name: 'Biology' });
  await open(admin, '/rooms');
  await context.setOffline(true);
  const bar = admin.getByText("Rollcall can't be reached.");
  await expect(bar).toBeVisible();
  await expectAccessible(admin, 'rooms, without a connection');
  await people.room({ name: 'Algebra' });
  await expect(row(admin, /Algebra/)).toHaveCount(0);
  await context.setOffline(false);
  await expect(row(admin, /Algebra/)).toBeVisible();
  await expect(bar).toHaveCount(0);
  complaints.take();
});

test('whoever was signed out elsewhere is told, and keeps what they typed', async ({
  admin,
  context,
  complaints,
}) => {
  complaints.expectStatus(401);
  await open(admin, '/users/new');
  await admin.getByLabel('User ID').fill('S-7');
  const other = await context.newPage();
  await open(other, '/users');
  await other.getByLabel(/Account of/).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(admin.getByText('You are signed out.')).toBeVisible();
  await expect(admin.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await expect(admin.getByLabel('User ID')).toHaveValue('S-7');
  await expectAccessible(admin, 'create user, signed out');
});

test('a page that outlives an update says so', async ({ admin, context }) => {
  await context.route('**/live', (route) =>
    route.fulfill({
      contentType: 'text/event-stream',
      body: 'data: {"version":"another","changes":{"users":1,"groups":1,"rooms":1,"log":1}}\n\n',
    }),
  );
  await open(admin, '/users');
  await expect(admin.getByText('Rollcall was updated.')).toBeVisible();
  await expectAccessible(admin, 'users, after an update');
  await context.unroute('**/live');
  await admin.getByRole('link', { name: 'Reload the page' }).click();
  await expect(admin.getByText('Rollcall was updated.')).toHaveCount(0);
});
