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
      body: 'data: {"version":"another","changes":{"users":1,"groups":1,"rooms":1}}\n\n',
    }),
  );
  await open(admin, '/users');
  await expect(admin.getByText('Rollcall was updated.')).toBeVisible();
  await expectAccessible(admin, 'users, after an update');
  await context.unroute('**/live');
  await admin.getByRole('link', { name: 'Reload the page' }).click();
  await expect(admin.getByText('Rollcall was updated.')).toHaveCount(0);
});
