import { enableCompileCache } from 'node:module';

/**
 * Entry of `npm run solve`. What was stripped and compiled once is kept; plain JavaScript, as stripping this very file
 * would load the stripper first, which takes longer than all the rest of the start.
 */
enableCompileCache();
const { main } = await import('./solve-file.ts');
const code = await main(process.argv.slice(2));
process.stdout.write('', () => process.exit(code));
