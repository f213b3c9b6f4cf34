// Finding people in the list of users.
import { alive, expect, open, row, test, type Page } from '../support/test.ts';

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search by nickname or User ID' });
/** The rows about users: all but the one with the names of the columns. */
const people = (page: Page) => page.getByRole('rowheader');

test('users are found by part of a nickname or of a User ID', async ({ admin, people: school }) => {
  await school.createAll([
    { userId: 'S-2041', nickname: 'Minji Kim' },
    { userId: 'S-2042', nickname: 'Zoë Müller' },
    { userId: 'T-park', nickname: '박소라' },
  ]);
  await open(admin, '/users');
  await expect(people(admin)).toHaveCount(4);
  await admin.keyboard.press('/');
  await expect(search(admin)).toBeFocused();
  for (const [term, found] of [
    ['zoe mul', 'Zoë Müller'],
    ['2041', 'Minji Kim'],
    ['소라', '박소라'],
    ['t-PARK', '박소라'],
  ] as const) {
    await search(admin).fill(term);
    await expect(people(admin)).toHaveText([new RegExp(found)]);
  }
  await expect(admin.getByText('1 match')).toBeVisible();
  await expect(admin).toHaveURL(/\/users\?search=t-PARK$/);
  await admin.reload();
  await alive(admin);
  await expect(search(admin)).toHaveValue('t-PARK');
  await expect(people(admin)).toHaveText([/박소라/]);
});

test('a search that finds nobody says what to do', async ({ admin }) => {
  await open(admin, '/users');
  await search(admin).fill('kim7');
  await expect(admin.getByRole('heading', { name: 'No user matches “kim7”' })).toBeVisible();
  await admin.getByRole('link', { name: 'Clear search' }).click();
  await expect(row(admin, /Ada Admin/)).toBeVisible();
  await expect(search(admin)).toHaveValue('');
});

test('a long list has pages', async ({ admin, people: school }) => {
  const number = (it: number) => String(it).padStart(2, '0');
  await school.createAll(
    Array.from({ length: 60 }, (_, it) => ({
      userId: `S-${number(it)}`,
      nickname: `Pupil ${number(it)}`,
    })),
  );
  await open(admin, '/users');
  await expect(admin.getByText('61 users')).toBeVisible();
  await expect(admin.getByText('61 people can be specified for rooms')).toBeVisible();
  await expect(people(admin)).toHaveCount(50);
  await expect(people(admin).first()).toContainText('Ada Admin');
  await expect(people(admin).last()).toContainText('Pupil 48');
  await admin.getByRole('link', { name: 'Next' }).click();
  await expect(people(admin)).toHaveCount(11);
  await expect(people(admin).first()).toContainText('Pupil 49');
  await expect(people(admin).last()).toContainText('Pupil 59');
  await expect(admin.getByRole('link', { name: 'Next' })).toHaveCount(0);
  await admin.reload();
  await alive(admin);
  await expect(people(admin)).toHaveCount(11);
  await admin.getByRole('link', { name: 'Previous' }).click();
  await expect(people(admin)).toHaveCount(50);
  await expect(people(admin).first()).toContainText('Ada Admin');
  await search(admin).fill('pupil');
  await expect(admin.getByText('More than 50. Type more to find them.')).toBeVisible();
});
