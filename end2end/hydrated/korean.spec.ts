// The main journey, as somebody with a Korean browser goes it.
import { ADMIN, alive, expect, open, options, row, test } from '../support/test.ts';

test.use({ locale: 'ko-KR' });

test('한국어로: 첫 관리자, 사용자, 방, 그리고 누가 입장할 수 있는지', async ({ page, rollcall }) => {
  await open(page, rollcall.setupLink);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('heading', { name: '첫 관리자 만들기' })).toBeVisible();
  await page.getByLabel('사용자 ID').fill(ADMIN.userId);
  await page.getByLabel('닉네임').fill('관리자 아다');
  await page.getByLabel('비밀번호', { exact: true }).fill(ADMIN.password);
  await page.getByLabel('비밀번호 확인').fill(ADMIN.password);
  await page.getByRole('button', { name: '관리자 만들기' }).click();
  await expect(page.getByRole('heading', { name: '사용자' })).toBeVisible();
  await alive(page);

  for (const [userId, nickname, permission] of [
    ['T-박', '박 선생님', /^호스트/],
    ['S-2041', '김민지', /^게스트/],
  ] as const) {
    await open(page, '/users/new');
    await page.getByRole('textbox', { name: '사용자 ID' }).fill(userId);
    await page.getByRole('textbox', { name: '닉네임' }).fill(nickname);
    await page.getByRole('radio', { name: permission }).check();
    await page.getByRole('button', { name: '사용자 만들기', exact: true }).click();
    await expect(page.getByText('사용자를 만들었습니다. 사용자 더 만들기')).toBeVisible();
  }

  await open(page, '/rooms/new');
  await page.getByRole('textbox', { name: '이름' }).fill('7반 수학');
  const picker = page.getByRole('combobox', { name: '사용자 지정' });
  await picker.fill('민지');
  await expect(options(page)).toHaveText([/김민지/]);
  await picker.press('Enter');
  await picker.fill('이준');
  await expect(page.getByText('“이준”에 해당하는 사용자가 없습니다').first()).toBeVisible();
  await page.getByRole('button', { name: '“이준” 사용자 만들기' }).click();
  const dialog = page.getByRole('dialog', { name: '사용자 만들기' });
  await dialog.getByRole('button', { name: '만들고 지정하기' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('2명 지정: 2 게스트')).toBeVisible();
  await page.getByRole('button', { name: '방 만들기', exact: true }).click();
  await expect(page.getByText('방이 준비되었습니다.')).toBeVisible();

  await page.reload();
  await alive(page);
  await expect(page.getByRole('heading', { name: '7반 수학' })).toBeVisible();
  await expect(row(page, /김민지/)).toBeVisible();
  await expect(row(page, /이준/)).toBeVisible();
  const entry = page.getByRole('region', { name: '입장할 수 있나요?' });
  const who = entry.getByRole('combobox', { name: '사용자' });
  await who.fill('민지');
  await expect(options(page)).toHaveText([/김민지/]);
  await who.press('Enter');
  await expect(entry.getByRole('status')).toContainText('예, 게스트 권한으로 입장합니다.');
  await who.fill('');
  await who.fill('박 선');
  await expect(options(page)).toHaveText([/박 선생님/]);
  await who.press('Enter');
  await expect(entry.getByRole('status')).toContainText(
    '아니요. 지정된 사용자만 입장할 수 있으며, T-박은(는) 지정되지 않았습니다.',
  );
});
