import type { Plugin, Rolldown } from 'vite';

/**
 * Has Chromium compile these chunks while it loads them, off the thread that draws. Otherwise it reads past most functions
 * and compiles each where it is first called, which is when the first picture is due. Only for what is needed at once:
 * what is never called costs memory, too. Other browsers see a comment. https://v8.dev/blog/explicit-compile-hints
 */
export const compileAhead = (isNeededAtOnce: (chunk: Rolldown.OutputChunk) => boolean): Plugin => ({
  name: 'compile-ahead',
  generateBundle: {
    order: 'post', // it counts only as the very first line, where Vite puts its own
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk' && isNeededAtOnce(file))
          file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
      }
    },
  },
});
