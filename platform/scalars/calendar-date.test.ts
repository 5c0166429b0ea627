import fc from 'fast-check';
import { parseCalendarDate } from './calendar-date';
import { nonsense } from './text-arbitraries';

const pad = (value: number, length: number) => String(value).padStart(length, '0');

test('a day is accepted exactly when the Gregorian calendar has it', () => {
  const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const daysOf = (year: number) => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(14), fc.nat(33), (year, month, day) => {
      const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
      const exists = year >= 1 && day >= 1 && day <= (daysOf(year)[month - 1] ?? 0);
      expect(parseCalendarDate(text)).toBe(exists ? text : null);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s exists', (text) => {
  expect(parseCalendarDate(text)).toBe(text);
});

test.each([
  ...nonsense,
  '2026-02-30',
  '2026-02-29',
  '1900-02-29',
  '0000-01-01',
  '2026-13-01',
  '2026-00-10',
  '2026-1-1',
  '26-01-01',
  '31/12/2026',
  '2026-12-31T00:00:00Z',
  ' 2026-12-31',
  '+002026-12-31',
  '-2026-12-31',
  '２０２６-12-31',
])('nonsense is refused (%#)', (text) => {
  expect(parseCalendarDate(text)).toBeNull();
});
