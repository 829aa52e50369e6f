import { expect, test, vi } from 'vitest';
import { must } from '#shared/base/must.ts';
import { appRecord } from '#test/standin/app.ts';
import { BrowserWindow, ipcMain, record, session } from '#test/standin/electron.ts';
import { privilegedSchemes, protocolHandlers } from '#test/standin/network.ts';
import { refusable } from '#test/standin/refusable.ts';
import { ask, fresh, opened, page, shellForThisFile, station, status, window } from './shell-kit.ts';

vi.mock('electron', () => import('#test/standin/electron.ts'));

const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
shellForThisFile();

test('[S1] a window is sandboxed, isolated and without Node', () => {
  expect(appRecord.sandboxed).toBe(true);
  expect(window().options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  });
  expect(window().options).toMatchObject({
    title: 'Shiftwright',
    minWidth: 1024,
    minHeight: 640,
    show: false,
  });
  expect(window().shown).toBe(true);
});

test('[S1] the page comes over a protocol of its own, never file:', () => {
  expect(privilegedSchemes).toEqual([
    { scheme: 'shiftwright', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  expect([...protocolHandlers.keys()]).toEqual(['shiftwright']);
  expect(opened().mainFrame.url).toMatch(/^shiftwright:\/\/app\//);
});

test('[S1] the protocol serves the built window and nothing beside it', async () => {
  const serve = must(protocolHandlers.get('shiftwright'), 'The protocol');
  const get = async (url: string) => (await serve(new Request(url))).status;
  expect(await get('shiftwright://app/')).toBe(200);
  for (const path of ['../main/main.js', '%2e%2e/main/main.js', '..%2fmain%2fmain.js', '..%5cmain%5cmain.js'])
    expect(await get(`shiftwright://app/${path}`)).toBe(404);
  const inPage = await page().evaluate(async () => {
    const script = document.createElement('script');
    const outcome = new Promise<string>((resolve) => {
      script.addEventListener('load', () => resolve('served'));
      script.addEventListener('error', () => resolve('refused'));
    });
    script.src = '/..%2fmain%2fmain.js';
    document.head.append(script);
    return outcome;
  });
  expect(inPage).toBe('refused');
});

test('[S1] the content security policy refuses inline script, eval and every other address', async () => {
  const ran = await page().evaluate(async () => {
    const marks: string[] = [];
    Object.assign(globalThis, { mark: (what: string) => marks.push(what) });
    const inline = document.createElement('script');
    inline.textContent = 'mark("inline script")';
    document.body.append(inline);
    document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="mark(\'inline handler\')">');
    setTimeout(() => (Reflect.construct(Function, ['mark("eval")']) as () => void)()); // a call of its own: the debugger's may evaluate
    await fetch('https://example.test/').then(
      () => marks.push('fetch'),
      () => undefined,
    );
    await fetch('/index.html').then(
      () => marks.push('fetch of our own'),
      () => undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    return marks;
  });
  expect(ran).toEqual([]);
});

test('[S1] every permission and device is refused', () => {
  const contents = window().webContents as never;
  const permissions = [
    'clipboard-read',
    'clipboard-sanitized-write',
    'display-capture',
    'fullscreen',
    'geolocation',
    'idle-detection',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'notifications',
    'pointerLock',
    'keyboardLock',
    'openExternal',
    'speaker-selection',
    'storage-access',
    'window-management',
    'unknown',
    'fileSystem',
    'hid',
    'usb',
    'serial',
  ] as const;
  for (const permission of permissions) {
    const decide = vi.fn<(granted: boolean) => void>();
    must(record.permissionRequest, 'The handler')(contents, permission, decide, {} as never);
    expect(decide.mock.calls).toEqual([[false]]);
    const check = must(record.permissionCheck, 'The handler');
    expect(check(contents, permission, 'shiftwright://app', {} as never)).toBe(false);
  }
  const device = { deviceType: 'usb', origin: 'shiftwright://app', device: {} } as never;
  expect(must(record.device, 'The handler')(device)).toBe(false);
});

test('[S1] a download is refused unless the page made it itself', () => {
  const outcome = (address: string) => {
    const event = refusable({});
    session.defaultSession.emit('will-download', event, { getURL: () => address });
    return event.defaultPrevented ? 'refused' : 'saved';
  };
  expect(outcome('blob:shiftwright://app/0b9d')).toBe('saved');
  expect(outcome('https://example.test/setup.exe')).toBe('refused');
  expect(outcome('blob:https://example.test/0b9d')).toBe('refused');
  expect(outcome('data:text/html,x')).toBe('refused');
});

test('[S1] real navigation away is refused; the page may reload itself', async () => {
  const before = page().url();
  for (const address of ['https://example.test/', 'http://127.0.0.1:1/'])
    await page().evaluate((to) => void (location.href = to), address);
  await page().evaluate(() => {
    const form = document.createElement('form');
    form.action = 'https://example.test/';
    document.body.append(form);
    form.submit();
  });
  await page().waitForTimeout(100);
  expect(page().url()).toBe(before);
  await Promise.all([page().waitForEvent('load'), page().evaluate(() => location.reload())]);
  expect(page().url()).toBe(before);
});

test.each([
  ['will-navigate', 'https://example.test/', true],
  ['will-navigate', 'file:///etc/passwd', true],
  ['will-navigate', 'javascript:alert(1)', true],
  ['will-navigate', 'data:text/html,<script>alert(1)</script>', true],
  ['will-navigate', 'shiftwright://app.example.test/', true],
  ['will-navigate', 'shiftwright://user@app/', true],
  ['will-frame-navigate', 'https://example.test/', true],
  ['will-frame-navigate', 'shiftwright://app/', false],
  ['will-redirect', 'shiftwright://app/', true],
  ['will-attach-webview', 'shiftwright://app/', true],
] as const)('[S1] %s to %s is refused (main frame: %s)', (name, url, isMainFrame) => {
  const event = refusable({ url, isMainFrame, isSameDocument: false });
  window().webContents.emit(name, event);
  expect(event.defaultPrevented).toBe(true);
});

test('[S1] new windows are refused; only listed https pages and our own line pages go to the browser', async () => {
  const lineAddress = must((await status(page(), 71)).reply.lineAddress, 'The address of the line pages');
  record.openedOutside.length = 0;
  const hostile = [
    'https://example.test/',
    'http://github.com/MESAInternational/B2MML-BatchML',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://example.test/x',
    'https://github.com/MESAInternational',
    'https://github.com.example.test/MESAInternational/B2MML-BatchML',
    'https://me@github.com/MESAInternational/B2MML-BatchML',
    `${lineAddress}-other`,
    lineAddress.replace('127.0.0.1', 'localhost'),
    'ms-msdt:/id',
    '',
  ];
  const good = [
    'https://github.com/MESAInternational/B2MML-BatchML',
    'https://github.com/MESAInternational/B2MML-BatchML/wiki',
    `${lineAddress}/PRESS-1`,
  ];
  for (const url of [...hostile, ...good])
    expect(window().webContents.windowOpenHandler({ url } as never)).toEqual({ action: 'deny' });
  expect(record.openedOutside).toEqual(good);
  await page().evaluate(() => void globalThis.open('https://example.test/', '_blank'));
  await page().waitForTimeout(100);
  expect(page().context().pages().length).toBe(BrowserWindow.getAllWindows().length);
  expect(record.openedOutside).toEqual(good);
});

test('[S1] the bridge is frozen, takes only text and functions, and offers nothing else', async () => {
  const found = await page().evaluate(() => {
    const bridge = globalThis.window.shiftwright as unknown as Record<string, (value: unknown) => void>;
    const refused = (work: () => void) => {
      try {
        work();
        return false;
      } catch {
        return true;
      }
    };
    return {
      members: Object.keys(bridge).sort(),
      frozen: Object.isFrozen(bridge),
      replaced: Reflect.set(globalThis, 'shiftwright', {}),
      removed: Reflect.deleteProperty(globalThis, 'shiftwright'),
      object: refused(() => bridge['post']?.({ call: 'station.status' })),
      function: refused(() => bridge['post']?.(() => undefined)),
      element: refused(() => bridge['post']?.(document.body)),
      text: refused(() => bridge['onMessage']?.('alert(1)')),
      node: ['require', 'process', 'module', 'electron', 'ipcRenderer', 'standin'].filter(
        (name) => name in globalThis,
      ),
    };
  });
  expect(found).toEqual({
    members: ['onCommand', 'onMessage', 'onStation', 'post'],
    frozen: true,
    replaced: false,
    removed: false,
    object: true,
    function: true,
    element: true,
    text: true,
    node: [],
  });
});

test('[S1] a page that poisons its own built-ins changes nothing behind the bridge', async () => {
  await page().evaluate(() => {
    const poisoned = [
      [JSON, 'parse'],
      [JSON, 'stringify'],
      [Array.prototype, 'map'],
      [Map.prototype, 'get'],
      [String.prototype, 'toString'],
      [Function.prototype, 'call'],
      [EventTarget.prototype, 'dispatchEvent'],
    ] as const;
    for (const [owner, name] of poisoned) Reflect.set(owner, name, () => 'poisoned');
    Reflect.defineProperty(Object.prototype, 'value', { get: () => 'poisoned' });
  });
  expect(await status(page(), 72)).toMatchObject({ id: 72, reply: { app: 'Shiftwright 0.1.0' } });
  await page().reload();
});

test('[S1] a frame inside the page has no bridge, and what it sends is refused', async () => {
  await page().evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return frame.contentWindow && 'shiftwright' in frame.contentWindow;
  });
  await vi.waitFor(() =>
    expect(
      opened()
        .frames()
        .some(({ parent }) => parent !== null),
    ).toBe(true),
  );
  const inner = must(
    opened()
      .frames()
      .findLast(({ parent }) => parent !== null),
    'The inner frame',
  );
  const framed = must(page().frames()[1], 'The inner frame');
  expect(await framed.evaluate(() => 'shiftwright' in globalThis)).toBe(false);
  warned.mockClear();
  const posted = vi.spyOn(station(), 'postMessage');
  await opened().sendFrom(inner, 'shiftwright:hello', []);
  await opened().sendFrom(inner, 'shiftwright:post', ['{"id":1,"call":"station.status"}']);
  await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(2), 10_000);
  expect(posted).not.toHaveBeenCalled();
  posted.mockRestore();
});

test('[S1] a message of another shape is refused, whoever sends it', async () => {
  await fresh();
  warned.mockClear();
  const { mainFrame, sendFrom } = opened();
  const shapes = [[], [1], [null], [{ id: 1 }], [['{}']], ['{}', 'more']];
  for (const args of shapes) await sendFrom(mainFrame, 'shiftwright:post', args);
  await sendFrom(mainFrame, 'shiftwright:hello', ['more']);
  await sendFrom(mainFrame, 'shiftwright:unknown', ['{}']);
  await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(shapes.length + 1), 10_000);
  expect(await ask(page(), -1, 'no JSON')).toEqual({ id: -1, error: 'This is no JSON.' });
  expect(await ask(page(), 5, '{"id":5,"call":"constructor"}')).toMatchObject({ id: 5, error: /no call/ });
});

test('[S1] main listens to no other channel', () => {
  expect(ipcMain.eventNames()).toEqual(['shiftwright:hello', 'shiftwright:post']);
});
