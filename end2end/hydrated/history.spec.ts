// What was done to a user and in a room; a user's rooms; copies of rooms.
import { expect, open, options, row, test } from '../support/test.ts';

test.use({ timezoneId: 'Asia/Seoul' });

test.beforeEach(async ({ admin: _, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
});

test('a change is told at once, in the zone of the reader', async ({ admin, people }) => {
  await open(admin, await people.room({ name: 'Algebra 7B', members: ['S-1'] }));
  const history = admin.getByRole('region', { name: 'History' });
  await expect(history.getByRole('listitem')).toHaveCount(1);
  await admin.getByLabel('Entry permission of Minji Kim').selectOption('Host');
  const first = history.getByRole('listitem').first();
  await expect(first).toContainText(
    'Ada Admin (A-root) changed the permission of Minji Kim (S-1) in “Algebra 7B” from Guest to Host.',
  );
  const time = first.locator('time');
  const expected = await time.evaluate((it: HTMLTimeElement) =>
    new Date(it.dateTime).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }),
  );
  await expect(time).toHaveText(expected);
});

test('the page of a user grows by older rooms and answers whether they can enter', async ({
  admin,
  people,
}) => {
  for (let number = 0; number < 21; number += 1) {
    await people.room({ name: `Room ${number}`, members: ['S-1'] });
  }
  await people.room({ name: 'Staff only' });
  await open(admin, '/users/S-1');
  const rooms = admin.getByRole('region', { name: 'Rooms' });
  await expect(row(admin, /^Room 20/)).toContainText('Guest');
  await expect(rooms.getByRole('rowheader')).toHaveCount(20);
  await rooms.getByRole('link', { name: 'Show more' }).click();
  await expect(rooms.getByRole('rowheader')).toHaveCount(21);
  await expect(rooms.getByRole('link', { name: 'Show more' })).toHaveCount(0);

  const panel = admin.getByRole('region', { name: 'Can they enter?' });
  const search = panel.getByRole('combobox', { name: 'Room' });
  await search.fill('staff');
  await expect(options(admin)).toHaveText([/Staff only/]);
  await search.press('Enter');
  await expect(panel.getByRole('status')).toContainText('S-1 is not among them');
  await panel.getByRole('button', { name: 'Add as Guest' }).click();
  await expect(panel.getByRole('status')).toContainText('Yes, as Guest.');
});

test('a room is duplicated with its members, and leads to its settings', async ({ admin, people }) => {
  await open(admin, await people.room({ name: 'Algebra 7B', members: ['S-1'] }));
  await admin.getByLabel('More for this room').click();
  await admin.getByRole('button', { name: 'Duplicate' }).click();
  await expect(admin.getByText('This is the copy.')).toBeVisible();
  await expect(admin.getByLabel('Name')).toHaveValue('Copy of Algebra 7B');
  await admin.getByLabel('Name').fill('Algebra 7C');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByRole('heading', { name: 'Algebra 7C' })).toBeVisible();
  await expect(row(admin, /Minji Kim/)).toHaveCount(1);
});
