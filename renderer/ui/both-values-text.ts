/** Words for what an ERP has not kept, wherever it is shown. */
export const bothValuesText = {
  field: 'What',
  toldFromHere: 'Told from here',
  standsIn: (feed: string) => `Stands in ${feed}`,
} as const;
