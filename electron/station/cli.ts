import { enableCompileCache } from 'node:module';

/** Entry of `npm run station`: what was stripped and compiled once is kept, which halves the start. */
enableCompileCache();
const { main } = await import('./command-line.ts');
process.exitCode = await main(process.argv.slice(2));
