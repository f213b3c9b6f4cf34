// The page of development builds that shows every component in every state.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { expect, test } from '../support/test.ts';

test('everybody can use every component in every state', async ({ admin }) => {
  await admin.goto('/design');
  await expect(admin.getByRole('heading', { name: 'Design' })).toBeVisible();
  await expectAccessible(admin, 'design');
  await admin.getByRole('region', { name: 'Menus' }).locator('summary').click();
  await expectAccessible(admin, 'design, with a menu open');
  await admin.getByRole('region', { name: 'Audit log' }).locator('summary').first().click();
  await expectAccessible(admin, 'design, with an entry open');
  await admin.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(admin, 'design at 360 px');
  await expectAccessible(admin, 'design at 360 px');
});

test('nothing of it is fetched by a script, and numbers stand as they are written', async ({ admin }) => {
  const asked: string[] = [];
  admin.on('request', (it) => asked.push(new URL(it.url()).pathname));
  await admin.goto('/design');
  await expect(admin.getByText('1,204,567 users')).toBeVisible();
  await admin.context().addCookies([{ name: 'rollcall_locale', value: 'ko', url: admin.url() }]);
  await admin.goto('/design');
  await expect(admin.getByText('사용자 1,204,567명')).toBeVisible();
  expect(asked.filter((it) => it.startsWith('/api/') || it.endsWith('.wasm'))).toEqual([]);
});
