// The reference of the API at /docs, in the same browser.

import assert from 'node:assert/strict';

/** What the page shows and does, as tests; each is a name and what it runs. */
export const referenceTests = (open, newPage) => [
  ['The reference of the API names its routes, asks nobody else and breaks no rule of its policy', async () => {
    const page = await newPage(open.url);
    page.on('console', message => message.type() === 'error' && page.faults.push(message.text()));
    await page.goto(`${open.url}/docs`);
    await page.getByRole('heading', { name: 'VoiceFunctions', exact: true }).waitFor();
    await page.getByRole('button', { name: /sessions/ }).first().click();
    await page.getByText('/call/start').first().waitFor();
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }],
  ['A script that somebody brings into the reference does not run', async () => {
    const page = await newPage(open.url);
    const refused = [];
    page.on('console', message => refused.push(message.text()));
    await page.goto(`${open.url}/docs`);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
    });
    assert.equal(await page.evaluate(() => window.ran), undefined);
    assert.ok(refused.some(text => /Content Security Policy/.test(text)), refused.join('\n'));
    await page.context().close();
  }],
];
