/** Changes an order's urgency for one construction: factors on its weight and seconds on its due date. */
export interface Priorities {
  readonly weight: Float64Array;
  readonly due: Int32Array;
}
