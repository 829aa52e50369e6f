import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 }); // compiling the schema takes seconds on a busy machine

const config = await getConfig(process.cwd(), 'electron-builder.yml', null);
const judge = (extra: object) => validateConfiguration({ ...config, ...extra }, new DebugLogger(false));

test("[S2] electron-builder's own schema accepts the configuration", async () => {
  await expect(judge({})).resolves.toBeUndefined();
});

test("[S2] electron-builder's own schema refuses a fuse it does not know", async () => {
  await expect(judge({ electronFuses: { runAsNodes: false } })).rejects.toThrow('electronFuses');
});

test('[S2] the fuses are set: nothing but our own sealed code runs', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(config.asar).toBe(true);
});

test('there is something to install on Windows, macOS and Linux', () => {
  expect(config.win?.target).toEqual(['nsis']);
  expect(config.mac?.target).toEqual([
    { target: 'dmg', arch: ['arm64', 'x64'] },
    { target: 'zip', arch: ['arm64', 'x64'] },
  ]);
  expect(config.linux?.target).toEqual(['AppImage', 'deb']);
});
