// People in classrooms, each in a browser of their own.
import { expect, type Page } from '@playwright/test';
import type { NewRoom, People } from './people.ts';
import type { Visitor } from './test.ts';

/** Somebody in a browser of their own, who enters by a link. */
export async function enter(visitor: Visitor, link: string): Promise<Page> {
  const page = await visitor();
  await page.goto(link);
  await page.getByRole('button', { name: 'Enter' }).click();
  return page;
}

/** Somebody unknown in a browser of their own, who comes by a link that all may share. */
export async function come(visitor: Visitor, link: string, name: string): Promise<Page> {
  const page = await visitor();
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Enter' }).click();
  return page;
}

/** A room with a Host and two Guests, each by their own link. */
export async function lesson(
  visitor: Visitor,
  people: People,
  type: NewRoom['type'] = 'private',
) {
  await people.create({ userId: 'T-1', nickname: 'Mina Park', permission: 'host' });
  await people.create({ userId: 'S-1', nickname: 'Sofia Rossi' });
  await people.create({ userId: 'S-2', nickname: 'Joon Lee' });
  const room = await people.room({ name: 'Algebra', type, members: ['T-1', 'S-1', 'S-2'] });
  const links = await Promise.all(['T-1', 'S-1', 'S-2'].map((id) => people.link(room, id)));
  const pages: Page[] = [];
  for (const link of links) pages.push(await enter(visitor, link));
  const [host, sofia, joon] = pages as [Page, Page, Page];
  for (const page of pages) await expect(count(page)).toHaveText('3 in the room');
  return { room, links: links as [string, string, string], host, sofia, joon };
}

/** A line of chat. */
export const line = (page: Page, text: string) => page.locator('.chat__text', { hasText: text });

/** How many are in, as the page says it. */
export const count = (page: Page) => page.locator('.class-foot__count');

/** Somebody in the list of people. */
export const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ hasText: name }).and(page.locator('.people__row'));

/** Writes to everybody. */
export async function write(page: Page, text: string): Promise<void> {
  const tab = page.getByRole('tab', { name: /Chat/ });
  if (await tab.isVisible()) await tab.click();
  await page.getByRole('textbox', { name: 'Write to everybody' }).fill(text);
  await page.keyboard.press('Enter');
}

/** Does something with somebody, by their menu. */
export async function act(host: Page, name: string, what: string): Promise<void> {
  await row(host, name).getByRole('button', { name: `More about ${name}` }).click();
  await host.getByRole('menuitem', { name: what, exact: true }).click();
}
