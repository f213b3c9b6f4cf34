// What holds for the whole school, with a script and without.
import { alive, expect, hasScript, open, section, test, type Page } from '../support/test.ts';
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';

const save = (page: Page) => page.getByRole('button', { name: 'Save settings' }).click();
const saved = (page: Page) => page.getByText('The settings are saved.');

test('settings are found in the account menu, changed, and kept', async ({ admin }) => {
  await open(admin, '/users');
  await admin.getByLabel('Account of Ada Admin').click();
  await admin.getByRole('link', { name: 'Settings' }).click();
  await expect(admin.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await alive(admin);
  await admin.getByLabel('School name').fill('Hana Academy');
  await admin.getByRole('combobox', { name: 'Time zone' }).fill('Asia/Seoul');
  await admin.getByLabel('Keep the history').selectOption('Two years');
  await admin.getByLabel('Observation notice').fill('The head may look in.');
  await admin.getByLabel('Default language').selectOption('한국어');
  await save(admin);
  await expect(saved(admin)).toBeVisible();
  await expect(admin.getByRole('banner')).toContainText('Hana Academy');
  await expect(admin.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Asia/Seoul');
  await expect(admin.getByLabel('Keep the history')).toHaveValue('two_years');
  await expect(admin.getByLabel('Observation notice')).toHaveValue('The head may look in.');
  await expect(admin.getByLabel('Default language')).toHaveValue('ko');
  await alive(admin);
  await section(admin, 'Rooms').click();
  await expect(admin.getByRole('banner')).toContainText('Hana Academy');
});

test('a time zone that does not exist is refused, and what was typed stays', async ({
  admin,
  complaints,
}) => {
  complaints.expectStatus(422);
  await open(admin, '/settings');
  await admin.getByLabel('School name').fill('Hana Academy');
  const zone = admin.getByRole('combobox', { name: 'Time zone' });
  await zone.fill('Mars/Olympus');
  await save(admin);
  await expect(zone).toHaveAccessibleDescription(/Choose a zone from the list/);
  await expect(zone).toHaveValue('Mars/Olympus');
  await expect(admin.getByLabel('School name')).toHaveValue('Hana Academy');
  await zone.fill('europe/berlin');
  await save(admin);
  await expect(saved(admin)).toBeVisible();
  await expect(zone).toHaveValue('Europe/Berlin');
});

test('what will be lost is said before, and the notice is shown as it will be', async ({ admin }) => {
  test.skip(!hasScript(), 'shown while somebody chooses');
  await open(admin, '/settings');
  const lost = admin.getByText('Older entries will be lost.');
  await expect(admin.getByText('Administrators of this school may observe meetings')).toBeVisible();
  await admin.getByLabel('Observation notice').fill('The head may look in.');
  await expect(admin.getByText('The head may look in.', { exact: true })).toBeVisible();
  await expect(lost).toBeHidden();
  await admin.getByLabel('Keep the history').selectOption('30 days');
  await expect(lost).toBeVisible();
  await admin.getByLabel('Keep the history').selectOption('For ever');
  await expect(lost).toBeHidden();
  const zone = admin.getByRole('combobox', { name: 'Time zone' });
  await zone.fill('Asia/Seoul');
  await expect(zone).toHaveAccessibleDescription(/There it is \d\d:\d\d now \(UTC\+09:00\)\./);
  await zone.fill('not a zone!');
  await expect(zone).toHaveAccessibleDescription(/Choose a zone from the list/);
});

test('everybody can use the settings, on a phone too', async ({ admin }) => {
  test.skip(!hasScript(), 'axe is a script');
  await open(admin, '/settings');
  await admin.getByLabel('Keep the history').selectOption('30 days');
  await expectAccessible(admin, 'settings');
  await admin.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(admin, 'settings');
});
