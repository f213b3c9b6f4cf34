// Changing users, and taking changes back.
import { sidewaysPhoto } from '../support/pictures.ts';
import { expect, open, options, row, test } from '../support/test.ts';

test('a user is edited, and a reload shows it', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji', groups: ['Class 7A'] });
  await open(admin, '/users');
  await admin.getByRole('link', { name: 'Minji', exact: true }).click();
  await expect(admin.getByRole('textbox', { name: 'User ID' })).not.toBeEditable();
  await admin.getByRole('textbox', { name: 'Nickname' }).fill('Minji Kim');
  await admin.getByRole('radio', { name: /^Monitoring/ }).check();
  await admin.getByLabel('Console role').selectOption('Teacher');
  await admin.getByRole('button', { name: 'Remove Class 7A' }).click();
  await admin.getByRole('combobox', { name: 'Groups' }).fill('Class 7B');
  await expect(options(admin)).toHaveText([/Class 7B/]);
  await admin.getByRole('combobox', { name: 'Groups' }).press('Enter');
  await expect(admin.getByRole('list', { name: 'Chosen groups' })).toHaveText('Class 7B');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Minji Kim' })).toBeVisible();

  await open(admin, '/users/S-1');
  await expect(admin.getByRole('textbox', { name: 'Nickname' })).toHaveValue('Minji Kim');
  await expect(admin.getByRole('radio', { name: /^Monitoring/ })).toBeChecked();
  await expect(admin.getByLabel('Console role')).toHaveValue('teacher');
  await expect(admin.getByRole('list', { name: 'Chosen groups' })).toHaveText('Class 7B');
});

test('an emptied nickname is the User ID again', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji' });
  await open(admin, '/users/S-1');
  await admin.getByRole('textbox', { name: 'Nickname' }).fill('');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByRole('heading', { name: 'S-1' })).toBeVisible();
});

test('a profile image is replaced and removed', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji', picture: sidewaysPhoto().buffer });
  await open(admin, '/users/S-1');
  const pictures = admin.getByRole('main').getByRole('presentation');
  const before = await pictures.first().getAttribute('src');
  await admin.getByLabel('Profile image').setInputFiles('pictures/landscape.jpg');
  await expect(admin.getByText('1,200 × 900, turned upright')).toBeVisible();
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await expect(pictures.first()).not.toHaveAttribute('src', before ?? '');
  await expect(admin.getByText('The present image')).toBeVisible();

  await admin.getByRole('button', { name: 'Remove', exact: true }).click();
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(pictures).toHaveCount(0);
  await open(admin, '/users/S-1');
  await expect(pictures).toHaveCount(0);
});

test('a user is deactivated, and the toast takes it back', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji' });
  await open(admin, '/users');
  await admin.getByLabel('Actions for Minji (S-1)').click();
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByRole('status').filter({ hasText: 'Minji is deactivated' })).toBeVisible();
  await expect(row(admin, /Minji/)).toContainText('Deactivated');
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByText('Minji is active again')).toBeVisible();
  await expect(row(admin, /Minji/)).not.toContainText('Deactivated');
  await open(admin, '/users');
  await expect(row(admin, /Minji/)).not.toContainText('Deactivated');
});

test('a deactivated user is reactivated on their page', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji' });
  await open(admin, '/users/S-1');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByRole('button', { name: 'Reactivate' })).toBeVisible();
  await open(admin, '/users/S-1');
  await expect(admin.getByRole('main')).toContainText('Deactivated');
  await admin.getByRole('button', { name: 'Reactivate' }).click();
  await expect(admin.getByRole('button', { name: 'Deactivate' })).toBeVisible();
  await expect(admin.getByRole('main')).not.toContainText('Deactivated');
});

test('the last Admin stays Admin', async ({ admin, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, '/users/A-root');
  await admin.getByLabel('Console role').selectOption('None');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  const words = 'This is the last Admin. Make somebody else an Admin first.';
  await expect(admin.getByText(words)).toBeVisible();
  await expect(admin.getByLabel('Console role')).toHaveAccessibleDescription(new RegExp(words));
});

test('the last Admin is not deactivated', async ({ admin, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, '/users/A-root');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByText('This is the last Admin. Make somebody else an Admin first.')).toBeVisible();
  await open(admin, '/users/A-root');
  await expect(admin.getByRole('button', { name: 'Deactivate' })).toBeVisible();
});

test('a user who never was is not found', async ({ admin, complaints }) => {
  complaints.expectStatus(404);
  const answer = await admin.goto('/users/nobody');
  expect(answer?.status()).toBe(404);
  await expect(admin.getByRole('heading', { name: 'Nothing is here.' })).toBeVisible();
});
