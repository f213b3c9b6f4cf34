// Filters and orders of the lists: links, so that they work before the app has loaded and stay in the
// address.
import { alive, expect, hasScript, open, options, test, type Page } from '../support/test.ts';

const names = (page: Page) => page.getByRole('rowheader');
/** The chip of a filter that isn't set. */
const chip = (page: Page, name: string) =>
  page.locator('summary').filter({ hasText: new RegExp(`^${name}$`) });

async function choose(page: Page, filter: string, choice: string): Promise<void> {
  await chip(page, filter).click();
  await page.getByRole('link', { name: choice, exact: true }).click();
}

test('users are filtered and sorted, and the address keeps it', async ({ admin, people }) => {
  // One after the other: who is newest counts.
  await people.create({ userId: 'S-1', nickname: 'Bea Host', permission: 'host' });
  await people.create({ userId: 'S-2', nickname: 'Ann Guest' });
  await people.create({ userId: 'A-1', nickname: 'Zoe Host', permission: 'host', role: 'teacher' });
  await open(admin, '/users');
  await choose(admin, 'Permission', 'Host');
  await expect(names(admin)).toHaveText([/Bea Host/, /Zoe Host/]);
  await expect(admin).toHaveURL('/users?permission=host');
  await choose(admin, 'Console role', 'Teacher');
  await expect(names(admin)).toHaveText([/Zoe Host/]);
  await expect(admin.getByText('1 match')).toBeVisible();
  await admin.reload();
  await alive(admin);
  await expect(names(admin)).toHaveText([/Zoe Host/]);
  await admin.getByRole('link', { name: 'Take the filter away: Console role, Teacher' }).click();
  await chip(admin, 'Sorted by nickname').click();
  await admin.getByRole('link', { name: 'Newest first' }).click();
  await expect(names(admin)).toHaveText([/Zoe Host/, /Bea Host/]);
  await admin.goBack();
  await expect(names(admin)).toHaveText([/Bea Host/, /Zoe Host/]);
  await admin.goForward();
  await expect(names(admin)).toHaveText([/Zoe Host/, /Bea Host/]);
  await chip(admin, 'Newest first').click();
  await admin.getByRole('link', { name: 'Sorted by User ID' }).click();
  await expect(names(admin)).toHaveText([/A-1/, /S-1/]);
});

test('a search keeps the filters', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Kim Host', permission: 'host' },
    { userId: 'S-2', nickname: 'Kim Guest' },
  ]);
  await open(admin, '/users?permission=host');
  await admin.getByRole('searchbox').fill('kim');
  await admin.getByRole('searchbox').press('Enter');
  await expect(names(admin)).toHaveText([/Kim Host/]);
  await expect(admin).toHaveURL('/users?permission=host&search=kim');
  await admin.getByRole('link', { name: 'Take the filter away: Permission, Host' }).click();
  await expect(names(admin)).toHaveCount(2);
});

test('a filter that leaves nothing says how to see more', async ({ admin }) => {
  await open(admin, '/users?status=deactivated');
  await expect(admin.getByRole('heading', { name: 'Nothing of this kind' })).toBeVisible();
  await admin.getByRole('link', { name: 'Show all' }).click();
  await expect(names(admin)).toHaveText([/Ada Admin/]);
  await open(admin, '/users?status=nonsense&sort=nonsense');
  await expect(names(admin)).toHaveText([/Ada Admin/]);
});

test('pages of a filtered list stay filtered', async ({ admin, people }) => {
  const users = Array.from({ length: 60 }, (_, it) => ({
    userId: `S-${String(it).padStart(2, '0')}`,
    permission: 'monitoring' as const,
  }));
  await people.createAll(users);
  await open(admin, '/users?permission=monitoring&sort=user_id');
  await expect(admin.getByText('More than 50')).toBeVisible();
  await admin.getByRole('link', { name: 'Next' }).click();
  // The first Admin is of this kind too, and stands before them.
  await expect(names(admin)).toHaveCount(11);
  await expect(names(admin).first()).toContainText('S-49');
  await admin.getByRole('link', { name: 'Previous' }).click();
  await expect(names(admin)).toHaveCount(50);
  await expect(admin).toHaveURL(/permission=monitoring&sort=user_id/);
});

test('rooms are filtered and sorted', async ({ admin, people }) => {
  await people.room({ name: 'Algebra' });
  await people.room({ name: 'Chess', type: 'public' });
  await people.room({ name: 'Zumba', type: 'public' });
  await open(admin, '/rooms');
  await choose(admin, 'Who may enter', 'All users');
  await expect(names(admin)).toHaveText([/Chess/, /Zumba/]);
  await chip(admin, 'Sorted by name').click();
  await admin.getByRole('link', { name: 'Newest first' }).click();
  await expect(names(admin)).toHaveText([/Zumba/, /Chess/]);
  await expect(admin).toHaveURL('/rooms?type=public&sort=newest');
  await choose(admin, 'Status', 'Ended');
  await expect(admin.getByRole('heading', { name: 'Nothing of this kind' })).toBeVisible();
});

test('users are filtered by group, from its page or by its name', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Bea Host', permission: 'host', groups: ['Class 7B', 'Choir', 'Chess'] },
    { userId: 'S-2', nickname: 'Ann Guest', groups: ['Class 7B'] },
    { userId: 'S-3', nickname: 'Zoe Guest', groups: ['Choir'] },
  ]);
  await open(admin, '/groups/Class%207B');
  await admin.getByLabel('More for this group').click();
  await admin.getByRole('link', { name: 'Show among all users' }).click();
  await expect(admin).toHaveURL('/users?group=Class%207B');
  await alive(admin);
  await expect(names(admin)).toHaveText([/Ann Guest/, /Bea Host/]);
  await expect(admin.getByRole('row').filter({ hasText: 'Bea Host' })).toContainText('Chess, Choir');
  await expect(admin.getByRole('row').filter({ hasText: 'Bea Host' })).toContainText('and 1 more group');
  await choose(admin, 'Permission', 'Guest');
  await expect(names(admin)).toHaveText([/Ann Guest/]);
  await admin.getByRole('searchbox').fill('bea');
  await admin.getByRole('searchbox').press('Enter');
  await expect(admin.getByRole('heading', { name: 'Nothing of this kind matches “bea”' })).toBeVisible();
  await open(admin, '/users?group=Class%207B&sort=user_id');
  await admin.getByRole('link', { name: 'Take the filter away: Group, Class 7B' }).click();
  await expect(names(admin)).toHaveCount(4);
  await chip(admin, 'Group').click();
  if (hasScript()) {
    await admin.getByRole('combobox', { name: 'Group' }).fill('cho');
    await options(admin).filter({ hasText: 'Choir' }).click();
  } else {
    await admin.getByRole('textbox', { name: 'Group' }).fill('choir');
    await admin.getByRole('button', { name: 'Filter' }).click();
  }
  await expect(names(admin)).toHaveText([/Bea Host/, /Zoe Guest/]);
  await expect(admin).toHaveURL(/\/users\?sort=user_id&group=choir$/i);
});
