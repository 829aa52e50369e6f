/** What a window says of its station, whatever view it shows. */
export const stateText = {
  stale: 'The plan has changed meanwhile',
  staleText: 'Somebody or something changed the draft first. You now see the newest state: please try again.',
  noCommand: 'The station could not do that',
  noAnswer: 'The station could not answer',
  noComparison: 'The scenarios could not be compared',
  solveFailed: 'Solving failed',
  nothingBetter: 'The draft stays',
  caseOpened: 'To be decided',
  casesOpened: (cases: number) => `${cases} cases are to be decided`,
  decideCase: 'Decide',
  proposalReady: 'A proposal is ready',
  showProposal: 'Show',
  remarks: 'Remarks',
  signReview: 'Sign the review',
  reviewedTo: (until: string, entries: string) => `Last review: ${entries} entries up to no. ${until}`,
  reviewedAccess: (accounts: string) => `Last review of access: ${accounts} accounts`,
} as const;
