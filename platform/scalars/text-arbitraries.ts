import fc from 'fast-check';

const megabyte = 1 << 20;

/** Text that no scalar may accept, with patterns that make careless regular expressions slow. */
export const nonsense = [
  '',
  ' ',
  '\t\n\u00a0',
  '\u0000',
  'null',
  '１２３４５６７８９０９',
  '５２９９８２２４７２５',
  '٠١٢٣٤٥٦٧٨٩٠',
  '52998\u200b224725',
  '\ud800',
  ...['1', ' ', 'A', '.', '-', '@', 'a@', '1-', '+55', '\u00a0', 'a.', '９'].map((part) =>
    part.repeat(megabyte / part.length),
  ),
  `${' '.repeat(megabyte)}x`,
  `52998224725${' '.repeat(megabyte)}1`,
];

/** Digits, as many as asked for. */
export const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''));

/** The groups joined with each separator there or not, between white space. */
export const anyFormatting = (groups: readonly string[], separators: readonly string[]) =>
  fc
    .tuple(
      fc.tuple(...separators.map((separator) => fc.constantFrom(separator, ''))),
      fc.constantFrom('', ' ', '\t', '\n', '\u00a0'),
    )
    .map(
      ([chosen, around]) =>
        around + groups.map((group, index) => group + (chosen[index] ?? '')).join('') + around,
    );
