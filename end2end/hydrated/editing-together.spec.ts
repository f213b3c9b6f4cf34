// Two who edit one thing: the second is told who changed what, keeps what was typed, and chooses.
import { expectAccessible } from '../support/axe.ts';
import { alive, expect, open, test, type Page } from '../support/test.ts';

const outdated = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'Somebody else has changed this' });

test('the second who edits a user is told what the first changed, and chooses', async ({
  admin,
  context,
  people,
  complaints,
}) => {
  complaints.expectStatus(422);
  await people.create({ userId: 'S-1', nickname: 'Minji Kim', groups: ['7B'] });
  await open(admin, '/users/S-1');
  const other = await context.newPage();
  await open(other, '/users/S-1');
  await other.getByLabel('Nickname').fill('Minji Park');
  await other.getByRole('radio', { name: /Monitoring/ }).check();
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText('The changes are saved.')).toBeVisible();

  await admin.getByLabel('Nickname').fill('Minji Lee');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(outdated(admin)).toBeFocused();
  await expect(outdated(admin)).toBeInViewport();
  await expect(outdated(admin)).toContainText('Ada Admin (A-root) changed');
  await expect(outdated(admin)).toContainText('“Minji Kim” to “Minji Park”');
  await expect(outdated(admin)).toContainText('Nickname is now Minji Park');
  await expect(outdated(admin)).toContainText('Default entry permission is now Monitoring');
  await expect(admin.getByLabel('Nickname')).toHaveValue('Minji Lee');
  await expectAccessible(admin, 'user, changed meanwhile');

  const permission = outdated(admin).getByRole('listitem').filter({ hasText: 'Default entry permission is now' });
  await permission.getByRole('button', { name: 'Use this' }).click();
  await expect(permission).toHaveCount(0);
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await admin.reload();
  await alive(admin);
  await expect(admin.getByLabel('Nickname')).toHaveValue('Minji Lee');
  await expect(admin.getByRole('radio', { name: /Monitoring/ })).toBeChecked();
});

test('the second who edits a room is told what the first changed, and chooses', async ({
  admin,
  context,
  people,
  complaints,
}) => {
  complaints.expectStatus(422);
  const settings = `${await people.room({ name: 'Algebra' })}/settings`;
  await open(admin, settings);
  const other = await context.newPage();
  await open(other, settings);
  await other.getByLabel('Name').fill('Algebra II');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('heading', { name: 'Algebra II' })).toBeVisible();

  await admin.getByLabel('Name').fill('Geometry');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(outdated(admin)).toContainText('“Algebra” to “Algebra II”');
  await expect(admin.getByLabel('Name')).toHaveValue('Geometry');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('heading', { name: 'Geometry' })).toBeVisible();
});
