// The limits of a room and the consequences of its type, where no script runs.
import { expect, open, test } from '../support/test.ts';

test.beforeEach(async ({ admin: _, people }) => {
  await people.inTimeZone('Europe/Berlin');
  await people.createAll([{ userId: 'S-1', nickname: 'Minji Kim' }]);
});

test('limits are given by a plain form, and a refused one shows what was typed', async ({
  admin,
  complaints,
}) => {
  complaints.expectStatus(422);
  await open(admin, '/rooms/new');
  await admin.getByLabel('Name').fill('Exam');
  await admin.getByRole('radio', { name: /^All users/ }).check();
  await admin.getByText('Limits optional').click();
  await admin.getByLabel('Capacity').fill('0');
  await admin.getByLabel('From', { exact: true }).fill('2026-03-29T02:30');
  await admin.getByRole('button', { name: 'Create room' }).click();
  await expect(admin.getByText('A whole number from 1 to 10,000.')).toBeVisible();
  await expect(admin.getByText('The clocks skip this time on that day.')).toBeVisible();
  await expect(admin.getByLabel('From', { exact: true })).toHaveValue('2026-03-29T02:30');
  await admin.getByLabel('Capacity').fill('24');
  await admin.getByLabel('From', { exact: true }).fill('2026-03-29T03:30');
  await admin.getByRole('button', { name: 'Create room' }).click();
  await expect(admin.getByText('The room is ready.')).toBeVisible();
  const about = admin.getByRole('region', { name: 'About this room' });
  await expect(about).toContainText(/from 2026-03-29 03:30\s*Europe\/Berlin/);
});

test('what each other type would mean stands beside the types', async ({ admin, people }) => {
  await open(admin, `${await people.room({ name: 'Algebra', members: ['S-1'] })}/settings`);
  const other = admin.getByRole('listitem');
  await expect(other.filter({ hasText: 'All users may enter then.' })).toContainText(
    'All 2 active users may enter, not only the 1 member.',
  );
  await expect(other.filter({ hasText: 'Anyone with the link may enter then.' })).toBeVisible();
});
