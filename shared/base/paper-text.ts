/** Letters of cp1252 beyond Latin-1, which the fonts that every PDF reader has can write too. */
const BEYOND = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const writable = (letter: string): boolean => letter <= 'ÿ' || BEYOND.includes(letter);

/** A text in the letters that the paper has: ł and such lose their mark, a minus is a hyphen, an arrow is made of two letters, what is left is a question mark. */
export const paperText = (text: string): string =>
  text
    .replaceAll('−', '-')
    .replaceAll('→', '->')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll(/./gsu, (letter) => {
      if (writable(letter)) return letter;
      const bare = letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
      return bare.length === 1 && writable(bare) ? bare : '?';
    });
