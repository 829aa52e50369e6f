import type { Kysely } from 'kysely';
import { Comment } from '#shared/domain/comment.ts';
import type { CommentRow, Schema } from './schema.ts';

/** The oldest first. */
export async function readComments(db: Kysely<Schema>): Promise<Comment[]> {
  const rows = await db.selectFrom('comment').selectAll().orderBy('seq').execute();
  return rows.map((row) => Comment.parse(row));
}

/** Gives the comment its number. */
export async function addComment(db: Kysely<Schema>, comment: Omit<Comment, 'seq'>): Promise<CommentRow> {
  const last = await db
    .selectFrom('comment')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirst();
  const { task, author, at, text } = comment;
  const row: CommentRow = { seq: (last?.seq ?? 0) + 1, task, author, at, text };
  await db.insertInto('comment').values(row).execute();
  return row;
}
