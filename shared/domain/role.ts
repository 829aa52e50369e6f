/** What somebody is at the plant; what each may do stands in shared/contract/access.ts. Without a schema, for the window. */
export const ROLES = [
  'planner',
  'supervisor',
  'operator',
  'quality',
  'maintenance',
  'warehouse',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];
