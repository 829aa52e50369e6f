/** One login for all; after a failure the next call tries anew. */
export function oneLogin<Client>(connect: () => Promise<Client>): () => Promise<Client> {
  let opened: Promise<Client> | null = null;
  return async () => {
    opened ??= connect();
    try {
      return await opened;
    } catch (cause) {
      opened = null;
      throw cause;
    }
  };
}
