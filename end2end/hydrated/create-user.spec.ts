// Creating users, with everything the page does while one types.
import { noise, pictureBomb, sidewaysPhoto, textCalledPng, CAMERA } from '../support/pictures.ts';
import { expectBlue, expectRed, look } from '../support/pixels.ts';
import { expect, open, options, row, section, test, type Page } from '../support/test.ts';

const userId = (page: Page) => page.getByRole('textbox', { name: 'User ID' });
const nickname = (page: Page) => page.getByRole('textbox', { name: 'Nickname' });
const picture = (page: Page) => page.getByLabel('Profile image');
const groups = (page: Page) => page.getByRole('combobox', { name: 'Groups' });
const create = (page: Page) => page.getByRole('button', { name: 'Create user', exact: true });
const preview = (page: Page) =>
  page.getByRole('complementary', { name: 'In the classroom others see' });

/** Counts what is sent, so that a test can tell that nothing was. */
function posts(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (it) => it.method() === 'POST' && sent.push(it.url()));
  return sent;
}

test('a photo that lies on its side is kept upright, square and without the camera\'s notes', async ({
  admin,
  browser,
  context,
  rollcall,
}) => {
  await open(admin, '/users/new');
  await userId(admin).fill('S-2041');
  await nickname(admin).fill('Minji Kim');
  await picture(admin).setInputFiles(sidewaysPhoto());
  await expect(admin.getByText('900 × 1,200, turned upright, cropped to a square')).toBeVisible();
  await expect(admin.getByText('portrait.jpg')).toBeVisible();
  await create(admin).click();
  await expect(admin).toHaveURL(/\/users\/S-2041\?created$/);
  await expect(admin.getByText('The user is created.')).toBeVisible();

  const shown = admin.getByRole('main').getByRole('presentation').first();
  const address = new URL((await shown.getAttribute('src')) ?? '', rollcall.url).href;
  expect(address).toContain('/images/512/');
  for (const [url, side] of [[address, 512], [address.replace('/512/', '/96/'), 96]] as const) {
    const seen = await look(browser, context, url);
    expect([seen.width, seen.height]).toEqual([side, side]);
    expectRed(seen.above);
    expectBlue(seen.below);
    expect(seen.bytes.includes('Exif')).toBe(false);
    expect(seen.bytes.includes(CAMERA)).toBe(false);
  }
});

test('profile images are for people who are signed in', async ({ admin, context, people, rollcall, complaints }) => {
  await people.create({ userId: 'S-1', picture: sidewaysPhoto().buffer });
  await open(admin, '/users/S-1');
  const path = await admin.getByRole('main').getByRole('presentation').first().getAttribute('src');
  await context.clearCookies();
  complaints.expectStatus(404);
  expect((await admin.goto(rollcall.url + path))?.status()).toBe(404);
});

test('a user needs nothing but a User ID', async ({ admin }) => {
  await open(admin, '/users');
  await admin.getByRole('link', { name: 'Create user' }).first().click();
  await userId(admin).fill('김-7반');
  await create(admin).click();
  await expect(admin.getByText('The user is created.')).toBeVisible();
  await expect(admin.getByRole('heading', { name: '김-7반' })).toBeVisible();
  await section(admin, 'Users').click();
  await expect(row(admin, '김-7반')).toContainText('Guest');
});

test('two users may share a nickname, and their User IDs tell them apart', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/users/new');
  await userId(admin).fill('S-2');
  await nickname(admin).fill('Minji Kim');
  await create(admin).click();
  await expect(admin.getByText('The user is created.')).toBeVisible();
  await open(admin, '/users');
  await expect(row(admin, /Minji Kim.*S-1/)).toBeVisible();
  await expect(row(admin, /Minji Kim.*S-2/)).toBeVisible();
});

test('a taken User ID says by whom and leads to that user', async ({ admin, people }) => {
  await people.create({ userId: 'T-Kim', nickname: 'Ms Kim' });
  await open(admin, '/users/new');
  await userId(admin).fill('t-kim');
  await expect(userId(admin)).toHaveAccessibleDescription(/Taken by Ms Kim\. Open that user/);
  await admin.getByRole('link', { name: 'Open that user' }).click();
  await expect(admin).toHaveURL(/\/users\/T-Kim$/);
  await expect(admin.getByRole('heading', { name: 'Ms Kim' })).toBeVisible();
});

test('a taken User ID overwrites nobody, even when it is sent at once', async ({ admin, people, complaints }) => {
  complaints.expectStatus(422);
  await people.create({ userId: 'T-Kim', nickname: 'Ms Kim' });
  await open(admin, '/users/new');
  await nickname(admin).fill('Somebody else');
  await userId(admin).fill('T-KIM');
  await userId(admin).press('Enter');
  await expect(userId(admin)).toHaveAccessibleDescription(/Taken by Ms Kim/);
  await expect(userId(admin)).toBeFocused();
  await expect(nickname(admin)).toHaveValue('Somebody else');
  await open(admin, '/users/T-Kim');
  await expect(admin.getByRole('heading', { name: 'Ms Kim' })).toBeVisible();
});

test('what is wrong is said beside its field while one types', async ({ admin }) => {
  await open(admin, '/users/new');
  await userId(admin).pressSequentially('S 2041');
  await expect(userId(admin)).toHaveAccessibleDescription(/No spaces\. Use a hyphen or a dot instead\./);
  await userId(admin).fill('S-2041');
  await expect(userId(admin)).not.toHaveAccessibleDescription(/No spaces/);
  await nickname(admin).fill('Min\u202eji');
  await expect(nickname(admin)).toHaveAccessibleDescription(/a character in it that nobody can see/);
  await nickname(admin).fill('a'.repeat(65));
  await expect(nickname(admin)).toHaveAccessibleDescription(/At most 64 characters\./);
});

test('an empty form is answered in words, with the cursor where to begin', async ({ admin, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, '/users/new');
  await create(admin).click();
  await expect(userId(admin)).toHaveAccessibleDescription(/Fill this in\./);
  await expect(userId(admin)).toBeFocused();
});

for (const [what, file, words] of [
  ['a picture bomb', pictureBomb(), 'The picture is 30,000 × 30,000 pixels'],
  ['a text that is called a picture', textCalledPng(), 'This is not a PNG, JPEG, WebP or GIF.'],
  ['a file of more than 10 MB', noise(1900), 'The file is larger than 10 MB. Choose a smaller one.'],
] as const) {
  test(`${what} is refused in words before anything is sent`, async ({ admin }) => {
    await open(admin, '/users/new');
    const sent = posts(admin);
    await picture(admin).setInputFiles(file);
    await expect(admin.getByText(words)).toBeVisible();
    await expect(picture(admin)).toHaveAttribute('aria-invalid', 'true');
    await expect(preview(admin).getByRole('presentation')).toHaveCount(0);
    expect(sent).toEqual([]);
    await picture(admin).setInputFiles(sidewaysPhoto());
    await expect(admin.getByText(words)).toHaveCount(0);
    await expect(admin.getByText('portrait.jpg')).toBeVisible();
  });
}

test('a picture is seen before it is sent, replaced, and taken away again', async ({ admin }) => {
  await open(admin, '/users/new');
  await picture(admin).setInputFiles(noise(40));
  await expect(admin.getByText('noise.png')).toBeVisible();
  await picture(admin).setInputFiles(sidewaysPhoto());
  await expect(admin.getByText('portrait.jpg')).toBeVisible();
  const shown = preview(admin).getByRole('presentation');
  await expect(shown).toHaveCount(2);
  const [width, height] = await shown.first().evaluate((it: HTMLImageElement) => {
    return it.decode().then(() => [it.naturalWidth, it.naturalHeight]);
  });
  expect([width, height]).toEqual([768, 1024]);
  await admin.getByRole('button', { name: 'Remove' }).click();
  await expect(shown).toHaveCount(0);
  await userId(admin).fill('S-9');
  await create(admin).click();
  await expect(admin.getByText('The user is created.')).toBeVisible();
  await expect(admin.getByRole('main').getByRole('presentation')).toHaveCount(0);
});

test('the last file chosen counts, whichever has been looked at first', async ({ admin }) => {
  // The first picture is looked at for as long as the test likes.
  await admin.addInitScript(() => {
    const decode = window.createImageBitmap.bind(window) as (source: ImageBitmapSource) => Promise<ImageBitmap>;
    const held = new Promise((done) => addEventListener('go-on', done));
    window.createImageBitmap = async (source: ImageBitmapSource) => {
      await held;
      dispatchEvent(new Event('going-on'));
      return decode(source);
    };
  });
  await open(admin, '/users/new');
  const refused = admin.getByText('This is not a PNG');
  await picture(admin).setInputFiles(sidewaysPhoto());
  await picture(admin).setInputFiles(textCalledPng());
  await expect(refused).toBeVisible();
  await admin.evaluate(async () => {
    const decoded = new Promise((done) => addEventListener('going-on', done));
    dispatchEvent(new Event('go-on'));
    await decoded;
    await new Promise((done) => requestIdleCallback(done));
  });
  await expect(refused).toBeVisible();
  await expect(admin.getByText('portrait.jpg')).toHaveCount(0);
});

for (const way of ['dropped', 'pasted'] as const) {
  test(`a picture can be ${way}`, async ({ admin }) => {
    await open(admin, '/users/new');
    const file = sidewaysPhoto();
    const dataTransfer = await admin.evaluateHandle(([data, name]) => {
      const bytes = Uint8Array.from(atob(data), (it) => it.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type: 'image/jpeg' }));
      return transfer;
    }, [file.buffer.toString('base64'), file.name] as const);
    if (way === 'dropped') {
      await admin.getByText('Drop an image here').dispatchEvent('drop', { dataTransfer });
    } else {
      await nickname(admin).evaluate((field, clipboardData) => {
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
      }, dataTransfer);
    }
    await expect(admin.getByText('900 × 1,200, turned upright')).toBeVisible();
  });
}

test('while a picture is sent the page says how far it is', async ({ admin, context }) => {
  await open(admin, '/users/new');
  await userId(admin).fill('S-slow');
  await picture(admin).setInputFiles(noise(500));
  await expect(admin.getByText('noise.png')).toBeVisible();
  const network = await context.newCDPSession(admin);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 250_000,
  });
  await create(admin).click();
  await expect(admin.getByRole('progressbar')).toBeVisible();
  await expect(admin.getByText(/Sending, [1-9]\d?%/)).toBeVisible();
  await expect(admin.getByText('The user is created.')).toBeVisible();
});

test('others see what one types', async ({ admin }) => {
  await open(admin, '/users/new');
  await expect(preview(admin)).toContainText('Nobody yet');
  await userId(admin).fill('T-park');
  await expect(preview(admin)).toContainText('T-park');
  await nickname(admin).fill('Ms Park');
  await admin.getByRole('radio', { name: /^Host/ }).check();
  await expect(preview(admin)).toContainText('Ms Park');
  await expect(preview(admin)).toContainText('Host');
});

test('create and add another keeps permission, groups and role', async ({ admin }) => {
  await open(admin, '/users/new');
  await userId(admin).fill('T-1');
  await nickname(admin).fill('Mr One');
  await picture(admin).setInputFiles(sidewaysPhoto());
  await admin.getByRole('radio', { name: /^Host/ }).check();
  await groups(admin).fill('Staff');
  await options(admin).filter({ hasText: 'Staff' }).click();
  await admin.getByLabel('Console role').selectOption('Teacher');
  await admin.getByRole('button', { name: 'Create and add another' }).click();

  await expect(admin.getByText('T-1 is created.')).toBeVisible();
  await expect(userId(admin)).toHaveValue('');
  await expect(nickname(admin)).toHaveValue('');
  await expect(admin.getByText('portrait.jpg')).toHaveCount(0);
  await expect(admin.getByRole('radio', { name: /^Host/ })).toBeChecked();
  await expect(admin.getByRole('list', { name: 'Chosen groups' })).toContainText('Staff');
  await expect(admin.getByLabel('Console role')).toHaveValue('teacher');

  await userId(admin).fill('T-2');
  await admin.getByRole('button', { name: 'Create and add another' }).click();
  await expect(admin.getByText('T-2 is created.')).toBeVisible();
  await admin.getByRole('link', { name: 'Open that user' }).click();
  await expect(admin.getByRole('radio', { name: /^Host/ })).toBeChecked();
  await expect(admin.getByRole('list', { name: 'Chosen groups' })).toContainText('Staff');
  await expect(admin.getByLabel('Console role')).toHaveValue('teacher');
});

test('groups are made by naming them and found again by part of the name', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', groups: ['Class 7B'] });
  await open(admin, '/users/new');
  await userId(admin).fill('S-2');
  await groups(admin).fill('7b');
  await expect(options(admin).filter({ hasText: 'Class 7B' })).toContainText('1 person');
  await options(admin).filter({ hasText: 'Class 7B' }).click();
  await groups(admin).fill('Chess club');
  await expect(options(admin).filter({ hasText: 'Chess club' })).toContainText('New group');
  await groups(admin).press('Enter');
  const chosen = admin.getByRole('list', { name: 'Chosen groups' });
  await expect(chosen.getByRole('listitem')).toHaveCount(2);
  await groups(admin).fill('Mistake');
  await groups(admin).press('Enter');
  await expect(chosen.getByRole('listitem')).toHaveCount(3);
  await admin.getByRole('button', { name: 'Remove Mistake' }).click();
  await expect(chosen.getByRole('listitem')).toHaveCount(2);
  await create(admin).click();
  await expect(admin.getByText('The user is created.')).toBeVisible();
  await open(admin, '/users/S-2');
  await expect(chosen.getByRole('listitem')).toHaveText(['Chess club', 'Class 7B']);
});
