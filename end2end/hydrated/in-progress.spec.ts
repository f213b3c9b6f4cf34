// The console while meetings go on: which rooms, how many are in, who, and when somebody was last in one.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { enter } from '../support/classroom.ts';
import { expect, open, row, section, test } from '../support/test.ts';

const PHONE = { width: 360, height: 740 };

test('rooms say whether a meeting goes on and how many are in, without being loaded again', async ({
  admin,
  people,
  visitor,
}) => {
  await people.create({ userId: 'S-1', nickname: 'Sofia Rossi' });
  await people.create({ userId: 'S-2', nickname: 'Joon Lee' });
  const room = await people.room({ name: 'Algebra', members: ['S-1', 'S-2'] });
  await people.room({ name: 'Biology', members: [] });
  const link = await people.link(room, 'S-1');
  await open(admin, '/rooms');
  await expect(row(admin, /Algebra/)).toContainText('Waiting');
  const sofia = await enter(visitor, link);
  await expect(row(admin, /Algebra/)).toContainText('In progress, 1 in');
  await expect(row(admin, /Biology/)).toContainText('Waiting');
  await expectAccessible(admin, 'the rooms list with a meeting');
  await admin.setViewportSize(PHONE);
  await expectNoOverflow(admin, 'the rooms list with a meeting on a phone');
  await admin.setViewportSize({ width: 1280, height: 820 });
  await open(admin, '/rooms?status=in_progress');
  await expect(row(admin, /Algebra/)).toBeVisible();
  await expect(row(admin, /Biology/)).toHaveCount(0);

  await row(admin, /Algebra/).getByRole('link').first().click();
  await expect(admin.locator('.page-head').getByText('In progress, 1 in')).toBeVisible();
  await expect(row(admin, /Sofia Rossi/)).toContainText('In the room');
  await expect(row(admin, /Joon Lee/)).toContainText('Not in the room');
  await expectAccessible(admin, 'a room with a meeting');

  await section(admin, 'Users').click();
  await expect(row(admin, /Sofia Rossi/).locator('time')).toHaveCount(1);
  await expect(row(admin, /Joon Lee/).locator('time')).toHaveCount(0);
  await admin.goBack();

  await sofia.getByRole('button', { name: 'Leave' }).first().click();
  await expect(admin.locator('.page-head').getByText('In progress, 0 in')).toBeVisible();
  // Nor of whoever has gone is said that they are yet to come.
  await expect(row(admin, /Sofia Rossi/)).toContainText('Not in the room');
  await sofia.context().close();
});

test('what can\'t be asked for on the page of a room is said there, and not left out', async ({
  admin,
  complaints,
  people,
}) => {
  complaints.expectStatus(503);
  await people.room({ name: 'Algebra', type: 'open' });
  await open(admin, '/rooms');
  const unavailable = { status: 503, contentType: 'application/json', body: '"unavailable"' };
  for (const asked of ['rooms/meeting', 'meetings/now', 'links/standing']) {
    await admin.route(`**/api/${asked}?*`, (route) => route.fulfill(unavailable));
  }
  await row(admin, /Algebra/).getByRole('link').first().click();
  const said = 'The database can\'t be reached just now.';
  await expect(admin.locator('.page-head').getByRole('alert')).toContainText(said);
  await expect(admin.locator('.page-head').getByText('Waiting')).toHaveCount(0);
  for (const card of ['This meeting', 'Entry links']) {
    await expect(admin.getByRole('region', { name: card }).getByRole('alert')).toContainText(said);
  }
});
