// What only a narrow window can hide.
import { expect, open, test, type Page } from '../support/test.ts';

/** Opens each menu in sight, and makes sure that all of it is. */
async function expectMenusInSight(page: Page, where: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  for (const menu of await page.locator('details.menu').all()) {
    if (!(await menu.isVisible())) continue;
    await menu.locator('summary').click();
    const box = await menu.locator('.menu__list').boundingBox();
    expect.soft(box?.x, `${where}: where a menu begins`).toBeGreaterThanOrEqual(0);
    const end = (box?.x ?? 0) + (box?.width ?? 0);
    expect.soft(end, `${where}: where a menu ends`).toBeLessThanOrEqual(width);
    await page.keyboard.press('Escape');
  }
}

test('every menu on a phone lies within the window', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim', groups: ['7B'] });
  const room = await people.room({ name: 'Algebra', members: ['S-1'] });
  await admin.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/users', '/users/S-1', '/groups/7B', '/rooms', room]) {
    await open(admin, path);
    await expectMenusInSight(admin, path);
  }
});
