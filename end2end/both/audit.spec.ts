// The audit log: who did what, found, opened and taken out, with a script and without.
import { readFile } from 'node:fs/promises';
import { alive, expect, hasScript, open, options, test, type Page } from '../support/test.ts';
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import type { People } from '../support/people.ts';

const rows = (page: Page) => page.locator('tbody tr');

async function school(people: People): Promise<void> {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: '=HYPERLINK("http://example.com")' },
  ]);
  await people.room({ name: 'Algebra 7B', members: ['S-1'] });
}

test('an Admin finds the log in the account menu, and opens an entry', async ({ admin, people }) => {
  await school(people);
  await open(admin, '/users');
  await admin.getByLabel('Account of Ada Admin').click();
  await admin.getByRole('link', { name: 'Audit log' }).click();
  await expect(admin.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible();
  await alive(admin);
  const latest = rows(admin).first();
  await expect(latest).toContainText('created “Algebra 7B”');
  await latest.getByText('created “Algebra 7B”').click();
  await expect(latest.getByText('room.create')).toBeVisible();
  await expect(latest.getByText('Specified users only')).toBeVisible();
  await latest.getByRole('link', { name: 'Algebra 7B' }).click();
  await expect(admin.getByRole('heading', { name: 'Algebra 7B', level: 1 })).toBeVisible();
});

test('the log is filtered by kind, person and days, and searched', async ({ admin, people }) => {
  await school(people);
  await open(admin, '/audit?kind=users');
  await expect(rows(admin)).toHaveCount(2);
  await open(admin, '/audit');
  await admin.getByRole('group').filter({ hasText: /^Person/ }).locator('summary').click();
  if (hasScript()) {
    await admin.getByRole('combobox', { name: 'Person' }).fill('minji');
    await options(admin).filter({ hasText: 'S-1' }).click();
  } else {
    await admin.getByLabel('User ID', { exact: true }).fill('S-1');
    await admin.getByRole('button', { name: 'Filter' }).first().click();
  }
  await expect(admin).toHaveURL(/person=S-1/);
  await expect(rows(admin)).toHaveCount(1);
  await expect(rows(admin)).toContainText('created Minji Kim (S-1)');
  await admin.getByRole('link', { name: 'Take the filter away: Person, S-1' }).click();
  await expect(rows(admin)).not.toHaveCount(1);
  await alive(admin);
  await admin.getByRole('group').filter({ hasText: /^Days/ }).locator('summary').click();
  await admin.getByLabel('Until').fill('2020-01-01');
  await admin.getByRole('button', { name: 'Filter' }).last().click();
  await expect(admin.getByRole('heading', { name: 'Nothing of this kind' })).toBeVisible();
  await admin.getByRole('link', { name: 'Show all' }).click();
  await alive(admin);
  const search = admin.getByRole('searchbox');
  await search.fill('algebra');
  await search.press('Enter');
  await expect(admin).toHaveURL(/search=algebra/);
  await expect(rows(admin)).toHaveCount(1);
  await search.fill('nobody-at-all');
  await search.press('Enter');
  const nothing = admin.getByRole('heading', { name: 'Nothing in the log matches “nobody-at-all”' });
  await expect(nothing).toBeVisible();
});

test('the log is taken out as a file that holds what the page shows', async ({ admin, people }) => {
  await school(people);
  await open(admin, '/audit?kind=users');
  const download = admin.waitForEvent('download');
  await admin.getByRole('link', { name: 'Export as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('audit.csv');
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  // Which of the two was created first isn't said.
  expect(lines).toHaveLength(3);
  for (const userId of ['S-1', 'S-2']) {
    expect(lines.slice(1).join()).toContain(`"user.create","A-root","${userId}"`);
  }
  await open(admin, '/audit');
  await expect(rows(admin).first()).toContainText('exported the audit log');
});

test('new entries appear while somebody looks', async ({ admin, people }) => {
  test.skip(!hasScript(), 'asks again by a script');
  await open(admin, '/audit?kind=users');
  await expect(admin.getByRole('heading', { name: 'Nothing of this kind' })).toBeVisible();
  await people.createAll([{ userId: 'S-1', nickname: 'Minji Kim' }]);
  await expect(rows(admin)).toContainText('created Minji Kim (S-1)');
  // What nothing but the log shows, too.
  await open(admin, '/audit?kind=sign_in');
  const { origin } = new URL(admin.url());
  await admin.context().request.post(`${origin}/sign-in`, {
    form: { next: '', user_id: 'S-1', password: 'the guess of somebody' },
    headers: { origin },
  });
  await expect(rows(admin).first()).toContainText('Somebody tried to sign in');
});

test('everybody can use the log, on a phone too', async ({ admin, people }) => {
  test.skip(!hasScript(), 'axe is a script');
  await school(people);
  await open(admin, '/audit');
  await rows(admin).first().locator('summary').click();
  await expectAccessible(admin, 'the audit log, an entry open');
  await admin.getByRole('group').filter({ hasText: /^Days/ }).locator('summary').click();
  await expectAccessible(admin, 'the audit log, days to choose');
  await admin.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(admin, 'the audit log');
  await open(admin, '/audit?search=nobody');
  await expectNoOverflow(admin, 'the audit log, nothing found');
  await expectAccessible(admin, 'the audit log, nothing found');
});
