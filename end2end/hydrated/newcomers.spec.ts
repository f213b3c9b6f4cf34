// Whom Rollcall doesn't know: they wait for a Host, and a ban shuts the door a little for all of them.
import { expectAccessible } from '../support/axe.ts';
import { act, come, count, lesson } from '../support/classroom.ts';
import { expect, open, test } from '../support/test.ts';

test('a ban in a room for anyone with the link has newcomers wait, which a Host is told before', async ({
  admin,
  people,
  visitor,
}) => {
  await open(admin, '/rooms');
  const { host, sofia, room } = await lesson(visitor, people, 'open');
  await act(host, 'Sofia Rossi', 'Ban from this room');
  const question = host.getByRole('dialog');
  await expect(question).toContainText('the shared link is renewed');
  await expectAccessible(host, 'the question before a ban');
  await question.getByRole('button', { name: 'Ban from this room' }).click();
  await expect(sofia.getByText('You are banned from this room').first()).toBeVisible();
  await expect(host.getByText('newcomers now wait for a Host.').first()).toBeVisible();

  const link = await people.link(room);
  await host.getByRole('tab', { name: /Chat/ }).click();
  const ann = await come(visitor, link, 'Ann');
  const bob = await come(visitor, link, 'Bob');
  await expect(host.getByRole('tab', { name: /2 wait to be let in/ })).toBeVisible();
  await expectAccessible(host, 'the chat while newcomers wait');
  await host.getByRole('tab', { name: /People/ }).click();
  await host.getByRole('button', { name: 'Let in Ann' }).click();
  await expect(host.getByRole('button', { name: 'Let in Bob' })).toBeFocused();
  await expect(count(ann)).toHaveText('3 in the room');
  await expect(host.getByRole('button', { name: 'Let in Ann' })).toHaveCount(0);
  await host.keyboard.press('Enter');
  await expect(host.locator('.people__scroller')).toBeFocused();
  await expect(count(bob)).toHaveText('4 in the room');
  await act(host, 'Ann', 'Ban from this room');
  await expect(question).toContainText("Rollcall doesn't know who this is.");
  await question.getByRole('button', { name: 'Ban from this room' }).click();
  await host.getByLabel('For everybody').click();
  await host.getByRole('button', { name: 'Banned from this room' }).click();
  await expect(question.getByText("These users can't enter")).toBeVisible();
  await expect(question.getByText('Lifting their ban only takes them off')).toBeVisible();
  await expectAccessible(host, 'who is banned');
});
