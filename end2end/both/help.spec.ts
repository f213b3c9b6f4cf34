// The question mark on each page, and the article that it leads to.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { alive, expect, hasScript, open, test, type Page } from '../support/test.ts';
import type { People } from '../support/people.ts';

const question = (page: Page, about: string) =>
  page.getByRole('link', { name: `Help: ${about}`, exact: true });
const article = (page: Page, title: string) => page.getByRole('heading', { level: 1, name: title });

/** A small school, and the path of its room. */
async function school(people: People): Promise<string> {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await people.group('Class 7B', ['S-1']);
  return people.room({ name: 'Algebra 7B', members: ['S-1'] });
}

test('the question mark of a page leads to its help, and back', async ({ admin, people }) => {
  const room = await school(people);
  for (const [path, about, title] of [
    ['/users?search=kim', 'users', 'Users'],
    ['/groups', 'groups', 'Groups'],
    ['/groups/Class%207B', 'groups', 'Groups'],
    ['/rooms', 'rooms', 'Rooms'],
    [room, 'room', "A room's page"],
  ] as const) {
    await open(admin, path);
    await question(admin, about).click();
    await expect(article(admin, title)).toBeVisible();
    await expect(admin.getByRole('img')).toBeVisible();
    await admin.getByRole('link', { name: 'Back', exact: true }).click();
    await expect(admin).toHaveURL(path);
  }
});

test('beside a form the help opens in a tab of its own', async ({ admin, context, people }) => {
  const room = await school(people);
  for (const [path, about, title] of [
    ['/users/new', 'create user', 'Create a user'],
    ['/users/S-1', 'user', "A user's page"],
    ['/users/S-1/hand-over', 'teacher', 'Teachers'],
    ['/groups/new', 'groups', 'Groups'],
    ['/rooms/new', 'specify users', 'Specify users for a room'],
    [`${room}/add`, 'specify users', 'Specify users for a room'],
    [`${room}/settings`, 'room', "A room's page"],
  ] as const) {
    await open(admin, path);
    const opening = context.waitForEvent('page');
    await question(admin, `${about}, in a new tab`).click();
    const help = await opening;
    await expect(article(help, title)).toBeVisible();
    await expect(help.getByText('What you typed is still there')).toBeVisible();
    await help.close();
    await expect(admin).toHaveURL(path);
  }
});

test('the help is in the language of the reader, and the language can be switched there', async ({
  admin,
}) => {
  await admin.goto('/help/users?from=%2Frooms');
  await admin.getByLabel('Account of Ada Admin').click();
  await admin.getByRole('button', { name: '한국어' }).click();
  await expect(article(admin, '사용자')).toBeVisible();
  await expect(admin.getByText('여기에서 할 수 있는 일')).toBeVisible();
  await admin.getByRole('link', { name: '돌아가기' }).click();
  await alive(admin);
  await expect(admin).toHaveURL('/rooms');
  await admin.getByRole('link', { name: '도움말: 방' }).click();
  await expect(article(admin, '방')).toBeVisible();
});

test('every article can be read by everybody', async ({ admin }) => {
  test.skip(!hasScript(), 'axe is a script');
  // There are eighteen, each looked at twice.
  test.slow();
  const topics = new Set(['users']);
  for (const topic of topics) {
    await admin.goto(`/help/${topic}`);
    await expect(admin.getByRole('img')).toBeVisible();
    await expectAccessible(admin, `the help about ${topic}`);
    await admin.setViewportSize({ width: 360, height: 740 });
    await expectNoOverflow(admin, `the help about ${topic} at 360 px`);
    const more = admin.getByRole('navigation', { name: 'Read on' }).getByRole('link');
    for (const link of await more.all()) {
      const address = (await link.getAttribute('href')) ?? '';
      topics.add(address.replace('/help/', ''));
    }
  }
  expect(topics.size).toBe(18);
});

test('what there is no help about is not found', async ({ admin, complaints }) => {
  complaints.expectStatus(404);
  await admin.goto('/help/nothing');
  await expect(admin.getByRole('heading', { name: 'Nothing is here.' })).toBeVisible();
});
