import { enableCompileCache } from 'node:module';
import { isBundled } from './bundled.js';

/**
 * Entry of `npm run solve`. What was compiled once is kept; plain JavaScript, as stripping this very file would load the
 * stripper first, which takes longer than all the rest of the start.
 */
enableCompileCache();
const { main } = await import(isBundled() ? '../../out/solve/solve-file.js' : './solve-file.ts');
const code = await main(process.argv.slice(2));
process.stdout.write('', () => process.exit(code));
