export function watchFolder(_options: { dir: string; onFiles: (files: readonly { name: string; text: string }[]) => Promise<unknown> }) {
  return { stop: async () => undefined };
}
