// Who came to a meeting: told while it goes on and afterwards, as a picture, a table and a file.
import { readFile } from 'node:fs/promises';
import { expectFits } from '../support/axe.ts';
import { count, enter } from '../support/classroom.ts';
import { expect, open, row, test, type Page, type Visitor } from '../support/test.ts';
import type { People } from '../support/people.ts';

/** A room for a Host and three Guests, of whom one has come beside the Host, was away, and is back. */
async function lesson(visitor: Visitor, people: People) {
  await people.create({ userId: 'T-1', nickname: 'Mina Park', permission: 'host' });
  await people.create({ userId: 'S-1', nickname: 'Sofia Rossi' });
  await people.create({ userId: 'S-2', nickname: 'Joon Lee' });
  await people.create({ userId: 'S-3', nickname: 'A rather long name, and then some more of it' });
  const room = await people.room({ name: 'Algebra', members: ['T-1', 'S-1', 'S-2', 'S-3'] });
  const host = await enter(visitor, await people.link(room, 'T-1'));
  const link = await people.link(room, 'S-1');
  const sofia = await enter(visitor, link);
  await expect(count(host)).toHaveText('2 in the room');
  await sofia.getByRole('button', { name: 'Leave' }).click();
  await expect(count(host)).toHaveText('1 in the room');
  const again = await enter(visitor, link);
  await expect(count(again)).toHaveText('2 in the room');
  return { room, host };
}

async function end(host: Page): Promise<void> {
  await host.getByRole('button', { name: 'End meeting for all' }).click();
  await host.getByRole('dialog').getByRole('button', { name: 'End meeting for all' }).click();
  await expect(host.getByText('The meeting has ended').first()).toBeVisible();
}

test('a meeting tells who is there, and once it has ended who came', async ({
  admin,
  context,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { room, host } = await lesson(visitor, people);
  // Whoever observes is in no record.
  const observer = await context.newPage();
  await observer.goto(`${room}/enter`);
  await observer.getByRole('button', { name: 'Observe' }).click();
  await expect(observer.getByText('You observe.').first()).toBeVisible();

  await open(admin, room);
  const meetings = admin.getByRole('region', { name: 'Meetings' });
  await expect(meetings.getByText('In progress')).toBeVisible();
  await meetings.getByRole('rowheader').getByRole('link').click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Attendance: Algebra');
  await expect(admin.getByRole('heading', { name: '2 of 4 came' })).toBeVisible();
  await expect(admin.getByText('In progress')).toBeVisible();
  await expect(row(admin, 'Mina Park')).toContainText('Still in');
  await expect(row(admin, 'Joon Lee')).toContainText('Not yet');
  await expectFits(admin, 'attendance while the meeting goes on');

  await end(host);
  // The page is told.
  await expect(admin.getByText('ended by Mina Park (T-1)')).toBeVisible();
  await expect(admin.getByText('In progress')).toHaveCount(0);
  await expect(admin.getByRole('heading', { name: '2 of 4 came' })).toBeVisible();
  const lines = admin.getByRole('list', { name: '2 of 4 came' }).getByRole('listitem');
  await expect(lines).toHaveCount(4);
  // Back within a minute, she was never away.
  await expect(lines.filter({ hasText: 'Sofia Rossi' }).locator('.timeline__stay')).toHaveCount(1);
  await expect(lines.filter({ hasText: 'Joon Lee' })).toContainText('not there');
  await expect(row(admin, 'Sofia Rossi')).toContainText('Guest');
  await expect(row(admin, 'Joon Lee')).toContainText('Absent');
  await expect(admin.getByRole('main')).not.toContainText('Ada Admin');
  await expectFits(admin, 'attendance');
});

test('the same is a file, and stands on the pages of the room and of whoever came', async ({
  admin,
  complaints,
  people,
  visitor,
}) => {
  complaints.expectStatus(404);
  await open(admin, '/rooms');
  const { room, host } = await lesson(visitor, people);
  await end(host);
  await open(admin, `${room}/meetings/1`);
  const downloading = admin.waitForEvent('download');
  await admin.getByRole('link', { name: 'Download CSV' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('attendance-1.csv');
  const table = await readFile(await download.path(), 'utf8');
  const firstTwo = table.trim().split('\r\n').map((it) => it.split(',').slice(0, 4).join());
  expect(firstTwo.slice(1, 3)).toEqual([
    '"Mina Park","T-1","host","present"',
    '"Sofia Rossi","S-1","guest","present"',
  ]);
  await open(admin, room);
  const meetings = admin.getByRole('region', { name: 'Meetings' });
  await expect(meetings.getByRole('row').last()).toContainText('2 of 4 came');
  await expectFits(admin, 'a room with a meeting');
  await open(admin, `${room}/delete`);
  await expect(admin.getByText('1 meeting with its attendance')).toBeVisible();
  await open(admin, '/users/S-1');
  await expect(meetings.getByRole('row').last()).toContainText('Algebra');
  await expect(meetings.getByRole('columnheader')).toHaveText(['Came', 'Left', 'Room', 'Total']);
  await expect(meetings.getByRole('row').last().locator('time')).toHaveCount(2);
  await expectFits(admin, 'a user with a meeting');
  await open(admin, '/users/S-2');
  await expect(meetings.getByText('No meetings yet')).toBeVisible();
  await open(admin, `${room}/meetings/2`);
  await expect(admin.getByRole('heading', { name: 'Nothing is here.' })).toBeVisible();
  await expectFits(admin, 'no such meeting');
});
