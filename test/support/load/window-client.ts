/* What a planner's window speaks to the station with, and how it keeps its board, as one bundle: a copy for every window. */
export { station } from '#renderer/bridge/station.ts';
export { foldFact, readBoard, useBoard } from '#renderer/state/board.ts';
