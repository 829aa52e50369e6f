import { z } from 'zod';
export const Mapping = z.object({ name: z.string() });
export type Mapping = z.infer<typeof Mapping>;
