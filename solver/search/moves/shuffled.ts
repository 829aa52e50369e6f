/** A random key for every group, the same for all of its members. */
export function shuffled(random: () => number): (group: number) => number {
  const salt = 1 + Math.floor(random() * 1_000_002);
  return (group) => ((group + 2) * 7919 * salt) % 1_000_003;
}
