// Lists on paper.
import { expect, open, test, type Page } from '../support/test.ts';

/** Shows the page as it is printed. */
async function onPaper(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
}

/** The colour of a text and of the paper behind it, in the dark theme. */
const colours = (page: Page) =>
  page.getByRole('heading', { level: 1 }).evaluate((it) => [
    getComputedStyle(it).color,
    getComputedStyle(it.ownerDocument.body).backgroundColor,
  ]);

test('a list prints as a table that says what it shows and when', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Bea Host', permission: 'host' },
    { userId: 'S-2', nickname: 'Ann Guest' },
  ]);
  await open(admin, '/users?permission=host&search=bea');
  await onPaper(admin);
  await expect(admin.getByRole('heading', { name: 'Users' })).toBeVisible();
  await expect(admin.getByText('Host', { exact: true }).first()).toBeVisible();
  await expect(admin.getByRole('searchbox')).toBeVisible();
  await expect(admin.getByText(/^\w+ \d+, \d{4}, \d/)).toBeVisible();
  await expect(admin.getByRole('row')).toHaveCount(2);
  for (const control of await admin.getByRole('button').all()) await expect(control).toBeHidden();
  await expect(admin.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(admin.getByRole('link', { name: 'Create user' })).toBeHidden();
  expect(await colours(admin)).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  const head = admin.getByRole('columnheader', { name: 'User' });
  await expect(head).toBeVisible();
  const group = head.locator('xpath=ancestor::thead');
  await expect(group).toHaveCSS('display', 'table-header-group');
});

test('the members of a room print alone, without what was searched for', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, await people.room({ name: 'Algebra 7B', members: ['S-1'] }));
  await onPaper(admin);
  await expect(admin.getByRole('heading', { name: 'Algebra 7B' })).toBeVisible();
  await expect(admin.getByRole('rowheader', { name: 'Minji Kim' })).toBeVisible();
  await expect(admin.getByRole('searchbox')).toBeHidden();
  await expect(admin.getByRole('heading', { name: 'History' })).toBeHidden();
  await expect(admin.getByRole('heading', { name: 'Can they enter?' })).toBeHidden();
});
