// What is done without a connection waits, and is done once there is one.
import { expect, open, row, test } from '../support/test.ts';
import { expectAccessible } from '../support/axe.ts';

test('a form waits for the connection, and is then sent once', async ({
  admin,
  context,
  complaints,
}) => {
  await open(admin, '/rooms/new');
  await admin.getByRole('textbox', { name: 'Name' }).fill('Algebra');
  await context.setOffline(true);
  await admin.getByRole('button', { name: 'Create room', exact: true }).click();
  await expect(admin.getByText('Waiting for Rollcall.')).toBeVisible();
  await expectAccessible(admin, 'create room, waiting');
  await expect(admin.getByRole('textbox', { name: 'Name' })).toHaveValue('Algebra');
  await context.setOffline(false);
  await expect(admin.getByRole('heading', { name: 'Algebra' })).toBeVisible();
  complaints.take();
  await open(admin, '/rooms');
  await expect(admin.getByText('1 room', { exact: true })).toBeVisible();
});

test('a form whose page was left is not sent any more', async ({ admin, context, complaints }) => {
  await open(admin, '/rooms');
  await admin.getByRole('main').getByRole('link', { name: 'Create room' }).first().click();
  await admin.getByRole('textbox', { name: 'Name' }).fill('Algebra');
  await context.setOffline(true);
  await admin.getByRole('button', { name: 'Create room', exact: true }).click();
  await expect(admin.getByText('Waiting for Rollcall.')).toBeVisible();
  await admin.getByRole('link', { name: 'Cancel' }).click();
  await expect(admin.getByRole('heading', { name: 'Create room' })).toHaveCount(0);
  await context.setOffline(false);
  await expect(admin.getByText("Rollcall can't be reached.")).toHaveCount(0);
  complaints.take();
  await open(admin, '/rooms');
  await expect(admin.getByRole('heading', { name: 'No rooms yet' })).toBeVisible();
});

test('what is done to a member waits for the connection', async ({
  admin,
  context,
  people,
  complaints,
}) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  const room = await people.room({ name: 'Algebra', members: ['S-1'] });
  await open(admin, room);
  await context.setOffline(true);
  const permission = row(admin, /Minji Kim/).getByRole('combobox');
  await permission.selectOption({ label: 'Host' });
  await expect(admin.getByText("Rollcall can't be reached.")).toBeVisible();
  await context.setOffline(false);
  await expect(admin.getByText('Minji Kim is now a Host')).toBeVisible();
  complaints.take();
  await open(admin, room);
  await expect(row(admin, /Minji Kim/).getByRole('combobox')).toHaveValue('host');
});
