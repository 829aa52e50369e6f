/** Name and version as the ledger and the screens show them; the version is package.json's. */
export const APP = 'Shiftwright 0.1.0';
