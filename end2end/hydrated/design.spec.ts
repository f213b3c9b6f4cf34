// The page of development builds that shows every component in every state.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { expect, open, test } from '../support/test.ts';

test('everybody can use every component in every state', async ({ admin }) => {
  await open(admin, '/design');
  await expectAccessible(admin, 'design');
  await admin.getByRole('button', { name: 'Show a toast with Undo' }).click();
  await expect(admin.getByText('Hana Kim is deactivated')).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByText('Hana Kim is active again')).toBeVisible();
  await admin.getByRole('combobox', { name: 'Somebody' }).first().click();
  await expectAccessible(admin, 'design, with a toast and a combobox open');
  await admin.getByRole('button', { name: 'Open a dialog' }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
  await expectAccessible(admin, 'design, with a dialog open');
  await admin.keyboard.press('Escape');
  await admin.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(admin, 'design at 360 px');
});

test('it asks the server for nothing, and numbers stand as they are written', async ({ admin }) => {
  const asked: string[] = [];
  admin.on('request', (it) => asked.push(new URL(it.url()).pathname));
  await open(admin, '/design');
  await expect(admin.getByText('1,204,567 users')).toBeVisible();
  await admin.context().addCookies([{ name: 'rollcall_locale', value: 'ko', url: admin.url() }]);
  await open(admin, '/design');
  await expect(admin.getByText('사용자 1,204,567명')).toBeVisible();
  expect(asked.filter((it) => it.startsWith('/api/'))).toEqual([]);
});
