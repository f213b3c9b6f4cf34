// The doors of rooms: from a link, or from the console, into the classroom. No script need run there.
import { expectFits } from '../support/axe.ts';
import { sidewaysPhoto } from '../support/pictures.ts';
import { signIn } from '../support/teacher.ts';
import { alive, expect, hasScript, open, test } from '../support/test.ts';

test('a student enters by their link', async ({ admin, people, visitor }) => {
  await people.create({ userId: 'S-1', nickname: 'Sofia Rossi', picture: sidewaysPhoto().buffer });
  const room = await people.room({ name: 'Algebra II, group B', members: ['S-1'] });
  const link = await people.link(room, 'S-1');
  const page = await visitor();
  await page.goto(link);
  await expect(page).toHaveURL(/\/door\/[0-9a-z]{12}$/);
  await expect(page.getByRole('heading', { name: 'Algebra II, group B' })).toBeVisible();
  await expect(page.getByText('Sofia Rossi')).toBeVisible();
  await expect(page.getByText('Others will see this nickname and profile image.')).toBeVisible();
  await expect(page.getByText('Administrators of this school may observe meetings')).toBeVisible();
  const picture = page.locator('.door__you img');
  await expect(picture).toHaveJSProperty('complete', true);
  await expect(picture).not.toHaveJSProperty('naturalWidth', 0);
  await expectFits(page, 'the door of a link');
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(page).toHaveURL(/\/classroom\/[0-9a-z]{12}$/);
  // The room is open to whoever came through its door, and to nobody else.
  const without = await admin.request.get(page.url(), { maxRedirects: 0 });
  expect(without.headers().location).toBe(`${room}/enter`);
});

test('somebody unknown says their name', async ({ people, admin, visitor }) => {
  const room = await people.room({ name: 'Chess club', type: 'open' });
  const link = await people.link(room);
  await admin.close();
  const page = await visitor();
  await page.goto(link);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(page.getByLabel('Your name')).toHaveAccessibleDescription(/Fill this in/);
  await expectFits(page, 'the door of a shared link, without a name');
  await page.getByLabel('Your name').fill('Kim');
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(page).toHaveURL(/\/classroom\//);
});

test('whoever is signed in as somebody else is told, and chooses', async ({
  admin,
  browser,
  people,
}) => {
  await people.create({ userId: 'S-1', nickname: 'Sofia Rossi' });
  await people.create({ userId: 'T-1', nickname: 'Mina Park', permission: 'host', role: 'teacher' });
  const room = await people.room({ name: 'Algebra', members: ['S-1', 'T-1'] });
  const link = await people.link(room, 'S-1');
  test.skip(!hasScript(), 'a Teacher is signed in by the page of a user, which needs a script');
  const mina = await signIn(admin, browser, 'T-1');
  await mina.goto(link);
  await alive(mina);
  const words = 'This link is for Sofia Rossi. You are signed in as Mina Park.';
  await expect(mina.getByText(words)).toBeVisible();
  await expect(mina.getByRole('button', { name: 'Enter as Sofia Rossi' })).toBeVisible();
  await expectFits(mina, 'a door where another is signed in');
  await mina.getByRole('button', { name: 'Enter as Mina Park' }).click();
  await expect(mina).toHaveURL(/\/classroom\//);
});

test('who has to wait is told until when, and who is refused what to do', async ({
  admin,
  complaints,
  people,
  visitor,
}) => {
  complaints.expectStatus(404);
  await people.create({ userId: 'S-1', nickname: 'Sofia Rossi' });
  const room = await people.room({ name: 'Algebra', members: ['S-1'] });
  const link = await people.link(room, 'S-1');
  await people.window(room, 'Algebra', { opens: '2190-01-01T09:00' });
  const page = await visitor();
  await page.goto(link);
  await expect(page.getByText(/It opens at 2190-01-01 09:00 \(/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Enter' })).toBeVisible();
  await expectFits(page, 'a door that opens later');
  await people.window(room, 'Algebra', { closes: '2020-01-01T09:00' });
  await page.goto(link);
  await expect(page.getByRole('alert')).toContainText('It closed at 2020-01-01 09:00 (');
  await expect(page.getByRole('button', { name: 'Enter' })).toHaveCount(0);
  await expectFits(page, 'a door that refuses');
  const stranger = await visitor();
  await stranger.goto(new URL(page.url()).href);
  await expect(stranger.getByRole('heading', { name: 'Open your link again' })).toBeVisible();
  await expectFits(stranger, 'a door that is closed');
  await admin.close();
});

test('who is not specified for a private room learns nothing but why their link is of no use', async ({
  admin,
  complaints,
  people,
  rollcall,
  visitor,
}) => {
  complaints.expectStatus(404);
  await people.create({ userId: 'S-1', nickname: 'Sofia Rossi' });
  const room = await people.room({ name: 'Algebra', members: ['S-1'] });
  const link = await people.link(room, 'S-1');
  await people.takeOff(room, 'S-1');
  const page = await visitor();
  await page.goto(link);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Only specified users may enter, and you are not among them.');
  await expect(alert).toContainText('Ask your teacher to add you.');
  await expect(page.getByRole('button', { name: 'Enter' })).toHaveCount(0);
  await expectFits(page, 'a door for those who are specified');
  // Whoever has no link finds a room like one that never was.
  const address = room.replace('/rooms/', '/classroom/');
  for (const path of [address, '/classroom/000000000000', link.replace(/.$/, (last) => (last === '0' ? '1' : '0'))]) {
    const answer = await page.goto(new URL(path, rollcall.url).href);
    expect(answer?.status(), path).toBe(404);
  }
  await admin.close();
});

test('an Admin observes from the console, or is asked before entering as Host', async ({
  admin,
  people,
}) => {
  await people.create({ userId: 'T-1', nickname: 'Mina Park', role: 'teacher' });
  const room = await people.room({ name: 'Biology' });
  await people.handOver(room, 'T-1');
  // Who hands a room over stays in it as a Host.
  await people.takeOff(room, 'A-root');
  await open(admin, room);
  await admin.getByRole('link', { name: 'Observe' }).click();
  await alive(admin);
  await expect(admin.getByText('Nobody in the room will see you.')).toBeVisible();
  await expectFits(admin, 'the door of a room for an Admin');
  await admin.getByRole('link', { name: 'Enter as Host' }).click();
  await alive(admin);
  await expect(admin.getByText('Everybody will see you as Host.')).toBeVisible();
  await expectFits(admin, 'the question before an Admin enters as Host');
  await admin.getByRole('link', { name: 'Cancel' }).click();
  await alive(admin);
  await admin.getByRole('button', { name: 'Observe' }).click();
  await expect(admin).toHaveURL(/\/classroom\//);
});
