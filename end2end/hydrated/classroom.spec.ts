// The live classroom with several people in browsers of their own: who is in, what Hosts do, who stays out.
import { type Locator } from '@playwright/test';
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { act, count, enter, lesson, line, row, write } from '../support/classroom.ts';
import { expect, open, options, test } from '../support/test.ts';

const PHONE = { width: 360, height: 740 };

test('a teacher and two students meet, write, and raise hands', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia, joon } = await lesson(visitor, people);
  await expectAccessible(host, 'the classroom as Host');
  await expectAccessible(sofia, 'the classroom as Guest');
  await joon.getByRole('button', { name: 'Raise hand' }).click();
  await expect(row(host, 'Joon Lee')).toContainText('hand raised');
  await write(sofia, 'Good morning');
  await write(host, 'Good morning, all');
  await joon.getByRole('tab', { name: /Chat/ }).click();
  await expect(line(joon, 'Good morning, all')).toBeVisible();
  await expectAccessible(joon, 'the chat');
  for (const page of [host, sofia]) {
    await page.setViewportSize(PHONE);
    await expectNoOverflow(page, 'the classroom on a phone');
    await expectAccessible(page, 'the classroom on a phone');
  }
});

test('what a Host does holds at once, and can be undone', async ({ admin, people, visitor }) => {
  await open(admin, '/rooms');
  const { host, sofia } = await lesson(visitor, people);
  await act(host, 'Sofia Rossi', 'Make Host');
  await expect(sofia.getByText('You are now a Host.').first()).toBeVisible();
  await host.getByRole('button', { name: 'Undo' }).first().click();
  await expect(sofia.getByText('You are now a Guest.').first()).toBeVisible();
  await act(host, 'Sofia Rossi', 'Lock chat');
  await sofia.getByRole('tab', { name: /Chat/ }).click();
  await expect(sofia.getByText('A Host has locked chat.').first()).toBeVisible();
  await act(host, 'Sofia Rossi', 'Unlock chat');
  await write(sofia, 'Thank you');
  await host.getByRole('tab', { name: /Chat/ }).click();
  await expect(line(host, 'Thank you')).toBeVisible();
  // What a Host is told of themselves meanwhile takes nothing from what they type.
  await host.getByRole('tab', { name: /People/ }).click();
  await act(host, 'Sofia Rossi', 'Make Host');
  await expect(sofia.getByText('You are now a Host.').first()).toBeVisible();
  await act(host, 'Sofia Rossi', 'Rename');
  const name = host.getByRole('dialog').getByRole('textbox');
  await name.fill('Sofia R.');
  await sofia.getByRole('tab', { name: /People/ }).click();
  await act(sofia, 'Mina Park', 'Rename');
  await sofia.getByRole('dialog').getByRole('textbox').fill('Mina P.');
  await sofia.keyboard.press('Enter');
  await expect(host.getByText('A Host renamed you to Mina P.').first()).toBeVisible();
  await expect(name).toHaveValue('Sofia R.');
});

test('on a phone, people and chat cover nothing that must be known', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia } = await lesson(visitor, people);
  await sofia.setViewportSize(PHONE);
  const announcement = sofia.getByRole('alert').getByText('Page 12, please');
  const offline = sofia.locator('.line-bar').getByText('Reconnecting.');
  const isUncovered = (what: Locator) =>
    what.evaluate((it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return it.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
  await sofia.locator('.class-foot').getByRole('button', { name: /People/ }).click();
  await host.getByRole('button', { name: 'Announce' }).click();
  await host.getByRole('textbox', { name: 'Announcement' }).fill('Page 12, please');
  await host.getByRole('dialog').getByRole('button', { name: 'Announce' }).click();
  await expect.poll(() => isUncovered(announcement)).toBe(true);
  await sofia.context().setOffline(true);
  await expect.poll(() => isUncovered(offline)).toBe(true);
  await expectNoOverflow(sofia, 'people, an announcement and no connection on a phone');
  await sofia.context().setOffline(false);
  await expect(offline).toHaveCount(0);
  await sofia.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => isUncovered(announcement)).toBe(true);
});

test('whoever is removed may come back, and whoever is banned may not', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia, links, room } = await lesson(visitor, people);
  await act(host, 'Sofia Rossi', 'Remove from meeting');
  await expect(sofia.getByText('A Host removed you').first()).toBeVisible();
  // Their entry has ended: nothing on that page leads back.
  await expect(sofia.getByRole('link', { name: 'Enter again' })).toHaveCount(0);
  await sofia.reload();
  await expect(sofia.getByRole('heading', { name: 'Open your link again' })).toBeVisible();
  await expect(count(host)).toHaveText('2 in the room');
  const again = await enter(visitor, links[1]);
  await expect(count(again)).toHaveText('3 in the room');
  await act(host, 'Sofia Rossi', 'Ban from this room');
  await expect(again.getByText('You are banned from this room').first()).toBeVisible();
  await again.reload();
  await expect(count(again)).toHaveCount(0);
  await again.goto(links[1]);
  await expect(again.getByText('You are banned from this room. Ask your teacher.')).toBeVisible();
  await expect(again.getByRole('button', { name: 'Enter' })).toHaveCount(0);
  const renewed = await people.link(room, 'S-1');
  await again.goto(renewed);
  await expect(again.getByText('You are banned from this room. Ask your teacher.')).toBeVisible();
  await host.getByRole('button', { name: 'Undo' }).first().click();
  await expect(host.getByText('Lifted the ban of Sofia Rossi').first()).toBeVisible();
  await again.goto(renewed);
  await again.getByRole('button', { name: 'Enter' }).click();
  await expect(count(again)).toHaveText('3 in the room');
});

test('whoever comes to a locked room waits, and is in once it is unlocked', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, joon, links } = await lesson(visitor, people);
  await joon.getByRole('button', { name: 'Leave' }).click();
  await expect(joon).toHaveURL(/\/left$/);
  await expect(count(host)).toHaveText('2 in the room');
  await host.getByRole('button', { name: 'Lock room' }).click();
  await joon.goto(links[2]);
  await expect(joon.getByText('A Host has locked the room.')).toBeVisible();
  await joon.getByRole('button', { name: 'Enter' }).click();
  await expect(joon.getByText('You are let in when it is unlocked.').first()).toBeVisible();
  await expectAccessible(joon, 'the wait at the door');
  await expect(count(host)).toHaveText('2 in the room');
  await host.getByRole('button', { name: 'Unlock room' }).click();
  await expect(count(joon)).toHaveText('3 in the room');
});

test('whoever waits until the room opens is told when, by the clocks of the school', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  await people.inTimeZone('Asia/Seoul');
  await people.create({ userId: 'S-1', nickname: 'Sofia Rossi' });
  const room = await people.room({ name: 'Algebra', members: ['S-1'] });
  await people.window(room, 'Algebra', { opens: '2099-11-24T09:00' });
  const sofia = await visitor();
  await sofia.goto(await people.link(room, 'S-1'));
  await sofia.getByRole('button', { name: 'Enter' }).click();
  const opens = /It opens at Nov 24, 2099, 9:00\s+AM \(Asia\/Seoul\)\./;
  await expect(sofia.getByText(opens).first()).toBeVisible();
});

test('the page of the room follows what a Host makes of somebody, and lifts bans', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, links, room } = await lesson(visitor, people);
  await open(admin, room);
  const answer = admin.getByRole('region', { name: 'Can they enter?' }).getByRole('status');
  const banned = admin.getByRole('region', { name: 'Banned from this room' });
  const who = admin.getByRole('combobox', { name: 'User', exact: true });
  await who.fill('Sofia');
  await expect(options(admin)).toHaveText([/Sofia Rossi/]);
  await who.press('Enter');
  await expect(answer).toContainText('Yes, as Guest.');
  await act(host, 'Sofia Rossi', 'Make Host');
  await expect(answer).toContainText('Yes, as Host.');
  await host.getByRole('button', { name: 'Undo' }).first().click();
  await expect(answer).toContainText('Yes, as Guest.');
  await expect(banned).toHaveCount(0);
  await act(host, 'Sofia Rossi', 'Ban from this room');
  await expect(answer).toContainText('No. S-1 is banned from this room.');
  await expect(banned.getByRole('listitem')).toHaveText([/Sofia Rossi.*S-1.*banned by T-1/]);
  await expectAccessible(admin, 'a room from which somebody is banned');
  await banned.getByRole('button', { name: 'Lift ban of Sofia Rossi' }).click();
  await expect(admin.getByText('The ban of Sofia Rossi was lifted')).toBeVisible();
  await expect(admin.getByRole('main')).toBeFocused();
  await expect(banned).toHaveCount(0);
  await expect(answer).toContainText('Yes, as Guest.');
  await expect(count(await enter(visitor, links[1]))).toHaveText('3 in the room');
  await act(host, 'Sofia Rossi', 'Ban from this room');
  await answer.getByRole('button', { name: 'Lift ban' }).click();
  await expect(answer).toContainText('Yes, as Guest.');
  await expect(banned).toHaveCount(0);
});

test('an Admin observes unseen, and the meeting ends for all', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia, room } = await lesson(visitor, people);
  await admin.goto(`${room}/enter`);
  await admin.getByRole('button', { name: 'Observe' }).click();
  await expect(admin.getByText('You observe.').first()).toBeVisible();
  await expect(count(admin)).toHaveText('3 in the room');
  await write(sofia, 'Is anybody watching?');
  await admin.getByRole('tab', { name: /Chat/ }).click();
  await expect(line(admin, 'Is anybody watching?')).toBeVisible();
  await expect(admin.getByRole('textbox', { name: 'Write to everybody' })).toHaveCount(0);
  await expect(count(host)).toHaveText('3 in the room');
  await expect(host.getByText('Ada Admin')).toHaveCount(0);
  await host.getByRole('button', { name: 'End meeting for all' }).click();
  await host.getByRole('dialog').getByRole('button', { name: 'End meeting for all' }).click();
  for (const page of [host, sofia, admin]) {
    await expect(page.getByText('The meeting has ended').first()).toBeVisible();
  }
});

test('a line that drops comes back by itself with what was said meanwhile', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia } = await lesson(visitor, people);
  await sofia.context().setOffline(true);
  await expect(sofia.getByText('Reconnecting.').first()).toBeVisible();
  await expect(row(host, 'Sofia Rossi')).toContainText('reconnecting');
  await write(host, 'Where is Sofia?');
  await sofia.context().setOffline(false);
  await sofia.getByRole('tab', { name: /Chat/ }).click();
  await expect(line(sofia, 'Where is Sofia?')).toBeVisible();
  await host.getByRole('tab', { name: /People/ }).click();
  await expect(row(host, 'Sofia Rossi')).toBeVisible();
  await expect(row(host, 'Sofia Rossi')).not.toContainText('reconnecting');
});

test('whatever is written while the line is down is said once it is back, in its order', async ({
  admin,
  people,
  visitor,
}) => {
  // Of twenty lines eight are said at once, and then one a second.
  test.slow();
  await open(admin, '/rooms');
  const { host, sofia } = await lesson(visitor, people);
  await sofia.context().setOffline(true);
  await expect(sofia.getByText('Reconnecting.').first()).toBeVisible();
  const lines = Array.from({ length: 20 }, (_, at) => `Line ${at + 1}.`);
  for (const text of lines) await write(sofia, text);
  await write(sofia, 'One too many');
  await expect(sofia.getByText('Too much is waiting to be sent.').first()).toBeVisible();
  const field = sofia.getByRole('textbox', { name: 'Write to everybody' });
  await expect(field).toHaveValue('One too many');
  await sofia.context().setOffline(false);
  await host.getByRole('tab', { name: /Chat/ }).click();
  await expect(host.locator('.chat__text')).toHaveText(lines, { timeout: 60_000 });
  await expect(sofia.getByText('Being sent')).toHaveCount(0);
  await field.press('Enter');
  await expect(line(host, 'One too many')).toBeVisible();
});

test('whoever comes back to another meeting finds nothing of the last one in it', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia } = await lesson(visitor, people);
  await write(sofia, 'Good morning');
  await expect(line(sofia, 'Good morning')).toBeVisible();
  // A line that may not have been said yet comes back to whoever wrote it.
  await expect(sofia.getByText('Being sent')).toHaveCount(0);
  await sofia.context().setOffline(true);
  await expect(sofia.getByText('Reconnecting.').first()).toBeVisible();
  await write(sofia, 'Is anybody');
  await write(sofia, 'still there?');
  await host.getByRole('button', { name: 'End meeting for all' }).click();
  await host.getByRole('dialog').getByRole('button', { name: 'End meeting for all' }).click();
  await expect(host.getByText('The meeting has ended').first()).toBeVisible();
  await sofia.context().setOffline(false);
  await expect(count(sofia)).toHaveText('1 in the room');
  await expect(sofia.getByText('Another meeting has begun').first()).toBeVisible();
  await expect(sofia.getByText('Nothing has been said yet.')).toBeVisible();
  await expect(sofia.locator('.chat__text')).toHaveCount(0);
  const field = sofia.getByRole('textbox', { name: 'Write to everybody' });
  await expect(field).toHaveValue('Is anybody\nstill there?');
  await field.press('Enter');
  await expect(line(sofia, 'Is anybody')).toBeVisible();
});

test('whoever has scrolled up is told what is new, and has read it only at the end', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia } = await lesson(visitor, people);
  const tab = sofia.getByRole('tab', { name: /Chat/ });
  await tab.click();
  for (const at of [1, 2, 3, 4, 5]) await write(host, `Page ${at}\n${'and on\n'.repeat(9)}end`);
  await expect(line(sofia, 'Page 5')).toBeVisible();
  await expect(tab).toHaveText('Chat');
  const button = sofia.getByRole('button', { name: 'New messages' });
  await sofia.locator('.chat__scroller').evaluate((it) => it.scrollTo(0, 0));
  await expect(line(sofia, 'Page 1')).toBeInViewport();
  await expect(button).toHaveCount(0);
  await write(host, 'The last');
  await expect(button).toBeVisible();
  await expect(tab).toHaveText('Chat 1');
  await button.click();
  await expect(line(sofia, 'The last')).toBeInViewport();
  await expect(button).toHaveCount(0);
  await expect(tab).toHaveText('Chat');
});

test('on a phone people and chat lie above the tiles, and lead back to the button that brought them up', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host } = await lesson(visitor, people);
  await host.setViewportSize(PHONE);
  const foot = host.locator('.class-foot');
  for (const part of ['People', 'Chat']) {
    await foot.getByRole('button', { name: part }).click();
    await host.getByRole('button', { name: 'Close' }).and(host.locator(':focus')).click();
    await expect(foot.getByRole('button', { name: part })).toBeFocused();
  }
  await foot.getByRole('button', { name: 'People' }).click();
  await act(host, 'Sofia Rossi', 'Rename');
  await expect(host.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await host.keyboard.press('Escape');
  await expect(host.getByRole('dialog')).toHaveCount(0);
  await expect(row(host, 'Sofia Rossi')).toBeVisible();
  await host.keyboard.press('Escape');
  await expect(foot.getByRole('button', { name: 'People' })).toBeFocused();
});
