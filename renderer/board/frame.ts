import type { Freshness } from '#shared/flow/freshness.ts';
import type { BoardBar, TaskPlace } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { LegendEntry } from './colour.ts';
import type { Days } from './days.ts';
import type { Glyphs } from './glyphs.ts';
import type { Layout } from './layout.ts';
import type { RowWords } from './lens.ts';
import { AXIS_HEIGHT, HEAD_WIDTH } from './metrics.ts';
import type { Palette } from './palette.ts';
import { type Scale, instantAt } from './scale.ts';

/** A bar that a proposal puts elsewhere or gives to others: where it stands in the draft, and who has it there. */
export interface Trail {
  readonly bar: BoardBar;
  readonly from: TaskPlace & { readonly task: TaskId };
}

export interface Link {
  readonly from: BoardBar;
  readonly to: BoardBar;
  /** Seconds before the relation would be violated, negative when it is; null while that is not known. */
  readonly slack: Seconds | null;
}

/** A bar in the hand: where it came from, where it would go, and where it cannot. */
export interface HeldScene {
  readonly task: TaskId;
  readonly unit: EquipmentId;
  /** What is carried along. */
  readonly others: ReadonlySet<TaskId>;
  /** What a row says to it; null while nobody knows. */
  readonly wordsOf: (unit: EquipmentId) => RowWords | null;
}

/** What is to be seen, apart from where the view stands and what the hand does. */
export interface Scene {
  readonly layout: Layout;
  readonly days: Days;
  readonly now: Instant;
  readonly palette: Palette;
  readonly selected: readonly BoardBar[];
  /** The other tasks of the order that the current bar belongs to. */
  readonly mates: readonly BoardBar[];
  readonly links: readonly Link[];
  /** Under which entry of the legend a bar falls; null on the grey board. */
  readonly tints: ReadonlyMap<TaskId, LegendEntry> | null;
  /** Bars that the filter and the search leave; the others are faint. Null leaves all. */
  readonly lit: ReadonlySet<TaskId> | null;
  /** How fresh the facts behind a bar are. */
  readonly freshness: (bar: BoardBar) => Freshness;
  readonly trails: ReadonlyMap<TaskId, Trail>;
  /** Bars that a proposal adds, and bars that it drops. */
  readonly added: ReadonlySet<TaskId>;
  readonly dropped: ReadonlySet<TaskId>;
}

/** What changes with every movement of the hand; it does not travel through React. */
export interface Hand {
  readonly hovered: BoardBar | null;
  readonly held: HeldScene | null;
}

/** One picture: the scene seen from one place. Lengths in CSS pixels. */
export interface Frame extends Scene, Hand {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly scale: Scale;
  readonly labels: Glyphs;
  readonly figures: Glyphs;
  /** A bar on its way back to its place after a refusal, in pixels from it. */
  readonly glide: { readonly task: TaskId; readonly x: number; readonly y: number } | null;
}

/** Where an instant stands in the view; whole pixels of the content, so that widths don't tremble while scrolling. */
export const viewX = (frame: Frame, at: Instant): number =>
  Math.round((at - frame.scale.origin) / frame.scale.secondsPerPixel) - frame.left + HEAD_WIDTH;

export const viewY = (frame: Frame, y: number): number => y - frame.top + AXIS_HEIGHT;

export const visibleFrom = (frame: Frame): Instant => instantAt(frame.scale, frame.left);
export const visibleTo = (frame: Frame): Instant =>
  instantAt(frame.scale, frame.left + frame.width - HEAD_WIDTH);
