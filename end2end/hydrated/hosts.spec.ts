// What Hosts do by the keyboard alone, what nobody is told of who observes, and what survives a break.
import { type Locator } from '@playwright/test';
import { act, count, enter, lesson, line, row, write } from '../support/classroom.ts';
import { expect, open, test, type Page } from '../support/test.ts';

/** Goes by Tab to where the focus is to be. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let at = 0; at < 60; at += 1) {
    if (await target.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('no Tab leads there');
}

/** Opens a menu by Enter and chooses by the arrows. */
async function choose(page: Page, menu: Locator, what: string): Promise<void> {
  await tabTo(page, menu);
  await page.keyboard.press('Enter');
  const item = page.locator('.menu__item:visible', { hasText: new RegExp(`^${what}$`) });
  await expect(item).toBeVisible();
  for (let at = 0; at < 12; at += 1) {
    if (await item.evaluate((it) => it === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(item).toBeFocused();
  await page.keyboard.press('Enter');
}

/** The menu of somebody, reached from the list by its arrows. */
async function chooseOf(page: Page, name: string, what: string): Promise<void> {
  const menu = page.getByRole('button', { name: `More about ${name}` });
  const all = page.locator('.people__row [aria-label^="More about"]');
  await tabTo(page, all.and(page.locator('[tabindex="0"]')));
  await page.keyboard.press('Home');
  await expect(all.first()).toBeFocused();
  // The focus follows a frame after the key.
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  for (let now = await focused(); now !== `More about ${name}`; now = await focused()) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).not.toBe(now);
  }
  await choose(page, menu, what);
}

/** The menu for everybody. */
async function chooseForAll(page: Page, what: string): Promise<void> {
  await tabTo(page, page.getByLabel('For everybody'));
  await page.keyboard.press('Enter');
  await tabTo(page, page.locator('.menu__item:visible', { hasText: what }));
  await page.keyboard.press('Enter');
}

test('a Host does everything by the keyboard alone', async ({ admin, people, visitor }) => {
  // A Tab at a time through a whole page.
  test.slow();
  await open(admin, '/rooms');
  const { host, sofia, joon, links } = await lesson(visitor, people);
  await chooseOf(host, 'Sofia Rossi', 'Make Host');
  await expect(sofia.getByText('You are now a Host.').first()).toBeVisible();
  await tabTo(host, host.getByRole('button', { name: 'Undo' }).first());
  await host.keyboard.press('Enter');
  await expect(sofia.getByText('You are now a Guest.').first()).toBeVisible();
  // The focus doesn't go with the toast.
  await expect(host.locator('#main')).toBeFocused();
  await chooseOf(host, 'Sofia Rossi', 'Lock raising hands');
  await expect(sofia.getByRole('button', { name: 'Raise hand' })).toHaveCount(0);
  await chooseOf(host, 'Sofia Rossi', 'Lock chat');
  await expect(row(host, 'Sofia Rossi')).toContainText('chat locked');
  await chooseOf(host, 'Sofia Rossi', 'Rename');
  await expect(host.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await host.keyboard.press('Control+a');
  await host.keyboard.type('Sofia R.');
  await host.keyboard.press('Enter');
  await expect(row(joon, 'Sofia R.')).toBeVisible();

  await joon.getByRole('button', { name: 'Raise hand' }).click();
  await expect(row(host, 'Joon Lee')).toContainText('hand raised');
  await chooseOf(host, 'Joon Lee', 'Lower hand');
  await expect(row(host, 'Joon Lee')).not.toContainText('hand raised');
  await chooseForAll(host, 'Lock chat for Guests');
  await joon.getByRole('tab', { name: /Chat/ }).click();
  await expect(joon.getByText('A Host has locked chat.').first()).toBeVisible();
  await tabTo(host, host.getByRole('button', { name: 'Lock room' }));
  await host.keyboard.press('Enter');
  await expect(joon.getByText('Locked', { exact: true })).toBeVisible();
  await tabTo(host, host.getByRole('button', { name: 'Announce' }));
  await host.keyboard.press('Enter');
  await tabTo(host, host.getByRole('textbox', { name: 'Announcement' }));
  await host.keyboard.type('Page 12, please');
  await tabTo(host, host.getByRole('dialog').getByRole('button', { name: 'Announce' }));
  await host.keyboard.press('Enter');
  await expect(joon.getByText('Page 12, please').first()).toBeVisible();

  await chooseOf(host, 'Joon Lee', 'Remove from meeting');
  await expect(joon.getByText('A Host removed you').first()).toBeVisible();
  await chooseOf(host, 'Sofia R.', 'Ban from this room');
  await expect(sofia.getByText('You are banned from this room').first()).toBeVisible();
  await chooseForAll(host, 'Banned from this room');
  await tabTo(host, host.getByRole('button', { name: /Lift ban of Sofia/ }));
  await host.keyboard.press('Enter');
  await expect(host.getByText('Nobody is banned from this room.')).toBeVisible();
  await host.keyboard.press('Escape');
  await tabTo(host, host.getByRole('button', { name: 'Unlock room' }));
  await host.keyboard.press('Enter');
  const again = await enter(visitor, links[1]);
  await expect(count(again)).toHaveText('2 in the room');
  await tabTo(host, host.getByRole('button', { name: 'End meeting for all' }).first());
  await host.keyboard.press('Enter');
  const sure = host.getByRole('dialog').getByRole('button', { name: 'End meeting for all' });
  await tabTo(host, sure);
  await host.keyboard.press('Enter');
  await expect(again.getByText('The meeting has ended').first()).toBeVisible();
});

test('nothing is sent to anybody because somebody observes', async ({ admin, people, visitor }) => {
  await open(admin, '/rooms');
  await people.create({ userId: 'T-1', nickname: 'Mina Park', permission: 'host' });
  const room = await people.room({ name: 'Algebra', members: ['T-1'] });
  const link = await people.link(room, 'T-1');
  const host = await visitor();
  const told: string[] = [];
  host.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => told.push(payload.toString()));
  });
  await host.goto(link);
  await host.getByRole('button', { name: 'Enter' }).click();
  await expect(count(host)).toHaveText('1 in the room');
  // What one writes stands there before it is told; that is the last of it.
  const isTold = (text: string) => expect.poll(() => told.at(-1)).toContain(text);
  await write(host, 'Good morning');
  await isTold('Good morning');
  const before = [...told];
  await admin.goto(`${room}/enter`);
  await admin.getByRole('button', { name: 'Observe' }).click();
  await expect(admin.getByText('You observe.').first()).toBeVisible();
  await expect(count(admin)).toHaveText('1 in the room');
  await admin.getByRole('searchbox', { name: 'Find someone' }).fill('mina');
  await admin.reload();
  await expect(admin.getByText('You observe.').first()).toBeVisible();
  await admin.getByRole('button', { name: 'Leave' }).click();
  await expect(admin.getByText('You observe.')).toHaveCount(0);
  expect(told).toEqual(before);
  // The line is up all the same.
  await write(host, 'Is anybody there?');
  await isTold('Is anybody there?');
});

test('a Host who drops keeps the role, and nobody inherits it', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia } = await lesson(visitor, people);
  await host.context().setOffline(true);
  await expect(row(sofia, 'Mina Park')).toContainText('reconnecting');
  await expect(sofia.getByRole('button', { name: 'Lock room' })).toHaveCount(0);
  await host.context().setOffline(false);
  await expect(row(sofia, 'Mina Park')).not.toContainText('reconnecting');
  await act(host, 'Sofia Rossi', 'Lock chat');
  await expect(row(host, 'Sofia Rossi')).toContainText('chat locked');
});

test('a loss of power ends no meeting: everybody comes back to what it was', async ({
  admin,
  people,
  rollcall,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia, joon } = await lesson(visitor, people);
  await act(host, 'Sofia Rossi', 'Make Host');
  await expect(sofia.getByText('You are now a Host.').first()).toBeVisible();
  await write(joon, 'Good morning');
  await expect(line(joon, 'Good morning')).toBeVisible();
  // Pages of the console would complain, which is not what this is about.
  await admin.goto('about:blank');
  await rollcall.breakOff();
  for (const page of [host, sofia, joon]) {
    await expect(page.getByText('Reconnecting.')).toHaveCount(0);
    await expect(count(page)).toHaveText('3 in the room');
  }
  await expect(line(joon, 'Good morning')).toHaveCount(1);
  await act(sofia, 'Joon Lee', 'Lock chat');
  await expect(row(host, 'Joon Lee')).toContainText('chat locked');
  await expect(row(host, 'Sofia Rossi')).toContainText('Host');
});
