import { startBoard } from './page.tsx';

(await startBoard())();
