/** Why an ERP gave nothing. With `again` the same may succeed later; without, the ERP refused it in its own words. */
export class ErpFailure extends Error {
  readonly again: boolean;
  constructor(text: string, again: boolean) {
    super(text);
    this.again = again;
  }
}
