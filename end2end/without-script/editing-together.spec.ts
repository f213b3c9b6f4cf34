// Two who edit one user, where no script runs.
import { expect, test } from '../support/test.ts';

test('the second is told, keeps what was typed, and may save it after all', async ({
  admin,
  context,
  people,
  complaints,
}) => {
  complaints.expectStatus(422);
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await admin.goto('/users/S-1');
  const other = await context.newPage();
  await other.goto('/users/S-1');
  await other.getByLabel('Nickname').fill('Minji Park');
  await other.getByRole('button', { name: 'Save' }).click();
  await admin.getByLabel('Nickname').fill('Minji Lee');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Somebody else has changed this')).toBeVisible();
  await expect(admin.getByText('“Minji Kim” to “Minji Park”').first()).toBeVisible();
  await expect(admin.getByLabel('Nickname')).toHaveValue('Minji Lee');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('heading', { name: 'Minji Lee' })).toBeVisible();
});
