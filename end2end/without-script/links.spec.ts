// The links of a class where no script runs: printed, and as files.
import { expect, open, test } from '../support/test.ts';

test('a class gets its links on paper and in files', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee' },
  ]);
  const room = await people.room({ name: 'Algebra 7B', type: 'open' });
  await people.specify(room, ['S-1', 'S-2']);
  await open(admin, room);
  const card = admin.getByRole('region', { name: 'Entry links' });
  for (const [button, file] of [
    ['Download CSV', 'entry-links.csv'],
    ['Download as text', 'entry-links.txt'],
  ]) {
    const download = admin.waitForEvent('download');
    await card.getByRole('button', { name: button }).click();
    expect((await download).suggestedFilename()).toBe(file);
  }
  await card.getByRole('button', { name: 'Print sheet' }).click();
  await expect(admin.getByRole('heading', { level: 2 })).toHaveText([
    'Shared link',
    'Joon Lee',
    'Minji Kim',
  ]);
  await admin.getByRole('link', { name: 'Algebra 7B' }).click();
  await expect(card).toBeVisible();
});
