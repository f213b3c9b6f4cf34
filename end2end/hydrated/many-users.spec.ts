// Doing one thing to many users: choosing them over pages and searches, acting, taking it back.
import { expect, open, options, row, test, type Page } from '../support/test.ts';
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';

const bar = (page: Page) => page.getByRole('region', { name: 'Chosen users' });
const box = (page: Page, name: string | RegExp) => page.getByRole('checkbox', { name });
const people = (page: Page) => page.getByRole('rowheader');
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });

/** Opens a menu of the bar and takes what is in it. */
async function act(page: Page, menu: string, item: string): Promise<void> {
  await bar(page).locator('summary').filter({ hasText: menu }).click();
  await bar(page).getByRole('button', { name: item, exact: true }).click();
}

test('the choice is kept over pages and searches, and set at once', async ({ admin, people: school }) => {
  const users = Array.from({ length: 60 }, (_, it) => ({ userId: `S-${String(it).padStart(2, '0')}` }));
  await school.createAll(users);
  await open(admin, '/users?sort=user_id');
  await expect(bar(admin)).toHaveCount(0);
  await box(admin, 'Choose S-03 (S-03)').click();
  await box(admin, 'Choose S-05 (S-05)').click({ modifiers: ['Shift'] });
  await expect(bar(admin)).toContainText('3 users chosen');
  await expect(box(admin, 'Choose S-04 (S-04)')).toBeChecked();
  await admin.getByRole('link', { name: 'Next' }).click();
  await expect(people(admin)).toHaveCount(11);
  await box(admin, 'Choose all on this page').click();
  await expect(bar(admin)).toContainText('14 users chosen');
  await admin.getByRole('searchbox').fill('S-04');
  await expect(people(admin)).toHaveCount(1);
  await expect(box(admin, 'Choose S-04 (S-04)')).toBeChecked();
  await box(admin, 'Choose S-04 (S-04)').click();
  await expect(bar(admin)).toContainText('13 users chosen');
  await expectAccessible(admin, 'the bar');

  await act(admin, 'Permission', 'Host');
  await expect(admin.getByText('The default permission of 13 users is set.')).toBeVisible();
  await admin.getByRole('searchbox').fill('S-0');
  await expect(row(admin, 'S-03')).toContainText('Host');
  await expect(row(admin, 'S-04')).toContainText('Guest');
  await undo(admin).click();
  await expect(admin.getByText('13 users are as before.')).toBeVisible();
  await expect(row(admin, 'S-03')).toContainText('Guest');
  await admin.getByRole('button', { name: 'Choose nobody' }).click();
  await expect(bar(admin)).toHaveCount(0);
});

test('who could not be changed is told with the reason', async ({ admin, people: school }) => {
  await school.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'T-1', nickname: 'Sora Park', role: 'teacher' },
  ]);
  await open(admin, '/users');
  await box(admin, 'Choose all on this page').click();
  await expect(bar(admin)).toContainText('3 users chosen');
  await act(admin, 'Status', 'Deactivate');
  const report = admin.getByRole('dialog', { name: 'Not everybody could be changed' });
  await expect(report).toContainText('1 user deactivated. 2 could not be changed.');
  await expect(report.getByRole('listitem').filter({ hasText: 'Ada Admin' })).toContainText(
    'Has the console role Admin, and is changed on their own page.',
  );
  await expect(report.getByRole('listitem').filter({ hasText: 'Sora Park' })).toContainText('T-1');
  await expectAccessible(admin, 'what could not be done');
  await report.getByRole('button', { name: 'Undo' }).click();
  await expect(report).toBeHidden();
  await expect(admin.getByText('1 user is as before.')).toBeVisible();
  await expect(row(admin, 'Minji Kim')).not.toContainText('Deactivated');
});

test('users are put into groups and taken out by keyboard alone', async ({ admin, people: school }) => {
  await school.createAll([
    { userId: 'S-1', nickname: 'Minji Kim', groups: ['Choir'] },
    { userId: 'S-2', nickname: 'Joon Lee' },
  ]);
  await open(admin, '/users');
  await box(admin, 'Choose Joon Lee (S-2)').focus();
  await admin.keyboard.press('Space');
  await expect(admin.getByRole('status').filter({ hasText: '1 user chosen' })).toBeAttached();
  await box(admin, 'Choose Minji Kim (S-1)').focus();
  await admin.keyboard.press('Space');
  await expect(bar(admin)).toContainText('2 users chosen');
  await admin.keyboard.press('Enter');
  await admin.keyboard.press('Tab');
  await expect(bar(admin).locator('summary').filter({ hasText: 'Groups' })).toBeFocused();
  await admin.keyboard.press('Enter');
  await admin.keyboard.press('Tab');
  await admin.keyboard.press('Enter');
  const dialog = admin.getByRole('dialog', { name: 'Add to groups' });
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await admin.keyboard.type('Choir');
  await expect(options(admin)).toHaveText([/Choir.*1 person/]);
  await admin.keyboard.press('Enter');
  await expect(dialog.getByRole('list', { name: 'Chosen groups' })).toContainText('Choir');
  await admin.keyboard.type('Class 7B');
  await expect(options(admin)).toHaveText([/Class 7B.*New group/]);
  await admin.keyboard.press('Enter');
  await expectAccessible(admin, 'adding to groups');
  await dialog.getByRole('button', { name: 'Add to groups' }).press('Enter');
  await expect(admin.getByText('2 users added to groups.')).toBeVisible();
  await expect(row(admin, 'Joon Lee')).toContainText('Choir, Class 7B');
  await undo(admin).click();
  await expect(row(admin, 'Joon Lee')).not.toContainText('Choir');
  await expect(row(admin, 'Minji Kim')).toContainText('Choir');
  await act(admin, 'Groups', 'Take out of groups');
  await admin.keyboard.type('Choir');
  await expect(options(admin)).toHaveText([/Choir.*1 person/]);
  await admin.keyboard.press('Enter');
  await admin.getByRole('dialog').getByRole('button', { name: 'Take out of groups' }).click();
  await expect(admin.getByText('1 user taken out of groups. It was so for 1 already.')).toBeVisible();
  await expect(row(admin, 'Minji Kim')).not.toContainText('Choir');
});

test('deleting says what is lost, asks who takes the rooms, and for the number', async ({ admin, people: school }) => {
  await school.createAll([
    { userId: 'S-1', nickname: 'Minji Kim', groups: ['Choir'] },
    { userId: 'S-2', nickname: 'Joon Lee' },
    { userId: 'S-3', nickname: 'Sora Park' },
  ]);
  const room = await school.room({ name: 'Algebra', members: ['S-2'] });
  await open(admin, `${room}/owner`);
  await admin.getByRole('combobox', { name: 'New owner' }).fill('S-1');
  // The answer to what was typed; until it comes, the first of all stand there.
  await expect(options(admin)).toHaveText([/Minji Kim/]);
  await options(admin).click();
  await admin.getByRole('button', { name: 'Hand over' }).click();
  await expect(admin).toHaveURL(new RegExp(`${room}`));

  await open(admin, '/users');
  for (const name of ['Minji Kim (S-1)', 'Joon Lee (S-2)', 'Ada Admin (A-root)']) {
    await box(admin, `Choose ${name}`).click();
  }
  await bar(admin).getByRole('button', { name: 'Delete' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Delete the chosen users?' });
  for (const lost of ['2 users', '1 place in a room', '1 place in a group', '1 of the chosen stays']) {
    await expect(dialog).toContainText(lost);
  }
  await expectAccessible(admin, 'deleting many');
  const confirm = dialog.getByRole('button', { name: 'Delete 2 users' });
  await confirm.click();
  await expect(dialog).toContainText('Type “2” here');
  await dialog.getByLabel('Type the number 2 to delete that many users').fill('2');
  await confirm.click();
  await expect(dialog, 'nobody takes the rooms').toBeVisible();
  await dialog.getByRole('combobox', { name: 'Who takes their rooms' }).fill('Sora');
  await expect(options(admin)).toHaveText([/Sora Park/]);
  await options(admin).click();
  await confirm.click();
  const report = admin.getByRole('dialog', { name: 'Not everybody could be changed' });
  await expect(report).toContainText('2 users deleted.');
  await report.getByRole('button', { name: 'Close' }).last().click();
  await expect(people(admin)).toHaveText([/Ada Admin/, /Sora Park/]);
  await expect(bar(admin)).toContainText('1 user chosen');
  await open(admin, room);
  await expect(row(admin, 'Sora Park')).toContainText('Owner');
});

test('a group is found among many by keyboard alone', async ({ admin, people: school }) => {
  const groups = Array.from({ length: 12 }, (_, it) => `Class ${it}`);
  await school.create({ userId: 'S-1', nickname: 'Minji Kim', groups });
  await open(admin, '/users');
  const chip = admin.locator('summary').filter({ hasText: /^Group$/ });
  await chip.focus();
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('combobox', { name: 'Group' })).toBeFocused();
  await expectAccessible(admin, 'finding a group');
  await admin.keyboard.press('Escape');
  await admin.keyboard.press('Escape');
  await expect(chip).toBeFocused();
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('combobox', { name: 'Group' })).toBeFocused();
  await admin.keyboard.type('11');
  await expect(options(admin)).toHaveText([/Class 11/]);
  await admin.keyboard.press('Enter');
  await expect(admin).toHaveURL('/users?group=Class%2011');
  await expect(people(admin)).toHaveText([/Minji Kim/]);
  await expect(row(admin, 'Minji Kim')).toContainText('Class 0, Class 1');
});

test('the bar fits the narrowest phone', async ({ admin, people: school }) => {
  await admin.setViewportSize({ width: 360, height: 740 });
  await school.create({ userId: 'S-1', nickname: 'Minji Kim', groups: ['Choir', 'Class 7B', 'Chess'] });
  await open(admin, '/users');
  await box(admin, 'Choose Minji Kim (S-1)').click();
  await bar(admin).getByRole('button', { name: 'Choose this page' }).click();
  await expect(bar(admin)).toContainText('2 users chosen');
  await expectNoOverflow(admin, 'the list with the bar');
  await expectAccessible(admin, 'the bar on a phone');
});
