// Groups where no script runs: creating, filling, renaming, merging and deleting them by plain forms.
import { expect, open, test } from '../support/test.ts';

test.beforeEach(async ({ admin: _, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee' },
  ]);
});

test('a group is created and filled by pasting User IDs', async ({ admin, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, '/groups');
  await admin.getByRole('main').getByRole('link', { name: 'Create group' }).first().click();
  await admin.getByLabel('Name').fill('Class 7B');
  await admin.getByRole('button', { name: 'Create group' }).click();
  await expect(admin.getByText('The group is ready.')).toBeVisible();
  await admin.getByRole('link', { name: 'Add users' }).first().click();
  const pasted = admin.getByRole('textbox', { name: 'Add users' });
  await pasted.fill('s-1 S-404');
  await admin.getByRole('button', { name: 'Add to the group' }).click();
  await expect(admin.getByText('Nobody has these User IDs: S-404.')).toBeVisible();
  await expect(pasted).toHaveValue('s-1 S-404');
  await pasted.fill('s-1, S-2');
  await admin.getByRole('button', { name: 'Add to the group' }).click();
  await expect(admin.getByText('2 people were added.')).toBeVisible();
  await expect(admin.getByRole('rowheader')).toHaveText([/Joon Lee/, /Minji Kim/]);
});

test('a group is renamed and merged by plain forms', async ({ admin, people, complaints }) => {
  complaints.expectStatus(422);
  await people.group('Choir', ['S-2']);
  const group = await people.group('7B', ['S-1']);
  await open(admin, `${group}/rename`);
  await admin.getByLabel('Name').fill('7C');
  await admin.getByRole('button', { name: 'Rename group' }).click();
  await expect(admin.getByText('The group has its new name.')).toBeVisible();
  await open(admin, '/groups/7C/merge');
  const into = admin.getByRole('textbox', { name: 'Group to merge into' });
  await into.fill('7c');
  await admin.getByRole('button', { name: 'Merge groups' }).click();
  await expect(
    admin.getByText('This is the same group.').filter({ visible: true }),
  ).toBeVisible();
  await expect(into).toHaveValue('7c');
  await into.fill('choir');
  await admin.getByRole('button', { name: 'Merge groups' }).click();
  await expect(admin.getByText('Both groups are one now.')).toBeVisible();
  await expect(admin.getByRole('rowheader')).toHaveText([/Joon Lee/, /Minji Kim/]);
});

test('a group is deleted by typing its name', async ({ admin, people, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, `${await people.group('7B', ['S-1'])}/delete`);
  const name = admin.getByLabel('Type 7B to delete it');
  await name.fill('7C');
  await admin.getByRole('button', { name: 'Delete group' }).click();
  await expect(admin.getByText('Type “7B” here, exactly as it stands above.')).toBeVisible();
  await name.fill('7B');
  await admin.getByRole('button', { name: 'Delete group' }).click();
  await expect(admin.getByText('The group 7B is deleted.')).toBeVisible();
});
