// Groups: the list, who is in one, and renaming, merging and deleting them.
import { alive, expect, open, options, row, section, test, type Page } from '../support/test.ts';

const picker = (page: Page) => page.getByRole('combobox', { name: 'Add users' });
const chosen = (page: Page) =>
  page.getByRole('list', { name: 'Users to add' }).getByRole('listitem');
const people = (page: Page) => page.getByRole('rowheader');

/** Opens the menu of the group and chooses what is to be done. */
async function choose(page: Page, item: string): Promise<void> {
  await page.getByLabel('More for this group').click();
  await page.getByRole('link', { name: item, exact: true }).click();
}

test.beforeEach(async ({ admin: _, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee' },
    { userId: 'S-3', nickname: 'Sora Park' },
  ]);
});

test('a group is created, found in the list and filled with the picker', async ({ admin }) => {
  await open(admin, '/users');
  await section(admin, 'Groups').click();
  await expect(admin.getByRole('heading', { name: 'No groups yet' })).toBeVisible();
  await admin.getByRole('main').getByRole('link', { name: 'Create group' }).first().click();
  await admin.getByLabel('Name').fill('Class 7B');
  await admin.getByRole('button', { name: 'Create group' }).click();
  await expect(admin).toHaveURL(/\/groups\/Class%207B\?created$/);
  await expect(admin.getByText('The group is ready.')).toBeVisible();

  await admin.getByRole('link', { name: 'Add users' }).first().click();
  await picker(admin).fill('minji');
  await expect(options(admin)).toHaveText([/Minji Kim/]);
  await picker(admin).press('Enter');
  await picker(admin).fill('joon');
  await expect(options(admin)).toHaveText([/Joon Lee/]);
  await picker(admin).press('Enter');
  await expect(chosen(admin)).toHaveText([/Minji Kim/, /Joon Lee/]);
  await expect(chosen(admin).getByRole('combobox'), 'nobody has a permission here').toHaveCount(0);
  await expect(admin.getByText('2 to add')).toBeVisible();
  await admin.getByRole('button', { name: 'Add to the group' }).click();
  await expect(admin.getByText('2 people were added.')).toBeVisible();
  await expect(people(admin)).toHaveText([/Joon Lee.*S-2/, /Minji Kim.*S-1/]);

  await section(admin, 'Groups').click();
  await expect(row(admin, 'Class 7B')).toContainText('2 people');
  await admin.getByRole('searchbox').fill('7b');
  await expect(admin.getByText('1 match', { exact: true })).toBeVisible();
  await admin.getByRole('searchbox').fill('zzz');
  await expect(admin.getByRole('heading', { name: 'No group matches “zzz”' })).toBeVisible();
});

test('who is in the group already is shown with the reason', async ({ admin, people }) => {
  await open(admin, `${await people.group('7B', ['S-1'])}/add`);
  await picker(admin).focus();
  const there = options(admin).filter({ hasText: 'Minji Kim' });
  await expect(there).toContainText('Already in this group');
  await expect(there).toBeDisabled();
});

test('somebody is taken out, and the toast brings them back', async ({ admin, people: made }) => {
  await open(admin, await made.group('7B', ['S-1', 'S-2']));
  await expect(admin.getByRole('main')).toContainText('2 people');
  await admin.getByLabel('Actions for Minji Kim (S-1)').click();
  await admin.getByRole('button', { name: 'Remove from this group' }).click();
  await expect(admin.getByText('Minji Kim was removed from this group')).toBeVisible();
  await expect(people(admin)).toHaveText([/Joon Lee/]);
  await expect(admin.getByRole('main')).toContainText('1 person');
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(people(admin)).toHaveText([/Joon Lee/, /Minji Kim/]);
  await expect(admin.getByRole('main')).toContainText('2 people');
});

test('people are found in the group, and lead to their page', async ({ admin, people: made }) => {
  await open(admin, await made.group('7B', ['S-1', 'S-2']));
  await admin.getByRole('searchbox', { name: 'Find somebody in this group' }).fill('joon');
  await expect(people(admin)).toHaveText([/Joon Lee/]);
  await admin.getByRole('searchbox').fill('sora');
  await expect(
    admin.getByRole('heading', { name: 'Nobody in this group matches “sora”' }),
  ).toBeVisible();
  await admin.getByRole('link', { name: 'Clear search' }).click();
  await people(admin).filter({ hasText: 'Minji Kim' }).getByRole('link').click();
  await expect(admin).toHaveURL(/\/users\/S-1$/);
  await admin.getByRole('link', { name: '7B', exact: true }).click();
  await expect(admin).toHaveURL(/\/groups\/7B$/);
});

test('a taken name is refused until another is typed, and leads to its group', async ({
  admin,
  people,
  complaints,
}) => {
  complaints.expectStatus(422);
  await people.group('Choir');
  await open(admin, await people.group('7B', ['S-1']));
  await choose(admin, 'Rename');
  const name = admin.getByLabel('Name');
  await expect(name).toHaveValue('7B');
  await name.fill('CHOIR');
  await admin.getByRole('button', { name: 'Rename group' }).click();
  await expect(admin.getByText('There is a group Choir already.')).toBeVisible();
  await expect(admin.getByRole('link', { name: 'Open that group' })).toHaveAttribute(
    'href',
    '/groups/Choir',
  );
  await name.fill('7B and 7C');
  await expect(admin.getByText('There is a group Choir already.')).toBeHidden();
  await admin.getByRole('button', { name: 'Rename group' }).click();
  await expect(admin.getByRole('heading', { name: '7B and 7C' })).toBeVisible();
  await expect(admin.getByText('The group has its new name.')).toBeVisible();
});

test('a group is merged into another that is found by typing', async ({
  admin,
  people: made,
  complaints,
}) => {
  complaints.expectStatus(422);
  await made.group('Choir', ['S-2', 'S-3']);
  await open(admin, await made.group('7B', ['S-1', 'S-2']));
  await choose(admin, 'Merge into another group');
  await expect(admin.getByText('The 2 people in it join the other group.')).toBeVisible();
  const into = admin.getByRole('combobox', { name: 'Group to merge into' });
  await into.fill('nothing');
  await expect(admin.getByText('No group matches.')).toBeVisible();
  await into.press('Escape');
  await admin.getByRole('button', { name: 'Merge groups' }).click();
  await expect(
    admin.getByText('No group has this name.').filter({ visible: true }),
  ).toBeVisible();
  await into.fill('cho');
  await expect(options(admin)).toHaveText([/Choir.*2 people/]);
  await into.press('Enter');
  await expect(into).toHaveValue('Choir');
  await admin.getByRole('button', { name: 'Merge groups' }).click();
  await expect(admin.getByText('Both groups are one now.')).toBeVisible();
  await expect(people(admin)).toHaveText([/Joon Lee/, /Minji Kim/, /Sora Park/]);
});

test('a group is deleted once its name is typed', async ({ admin, people, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, await people.group('7B', ['S-1']));
  await choose(admin, 'Delete');
  await expect(admin.getByText('The 1 person in it leaves the group.')).toBeVisible();
  const name = admin.getByLabel('Type 7B to delete it');
  await name.fill('7C');
  await admin.getByRole('button', { name: 'Delete group' }).click();
  await expect(admin.getByText('Type “7B” here')).toBeVisible();
  await name.fill('7B');
  await admin.getByRole('button', { name: 'Delete group' }).click();
  await expect(admin.getByText('The group 7B is deleted.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'No groups yet' })).toBeVisible();
  await open(admin, '/users/S-1');
  await expect(admin.getByRole('heading', { name: 'Minji Kim' })).toBeVisible();
});

test('a group has a page whatever it is called', async ({ admin, people }) => {
  for (const name of ['new', '..', '100%25', 'a/b?c#d', '합창단 2']) {
    await people.group(name);
    await open(admin, '/groups');
    await admin.getByRole('link', { name, exact: true }).click();
    await expect(admin.getByRole('heading', { name, exact: true })).toBeVisible();
    await admin.reload();
    await alive(admin);
    await expect(admin.getByRole('heading', { name, exact: true })).toBeVisible();
  }
});
