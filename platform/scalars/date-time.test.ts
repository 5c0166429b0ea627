import fc from 'fast-check';
import { formatDateTime, parseDateTime } from './date-time';
import { nonsense } from './text-arbitraries';

const normalized = (text: string) => {
  const instant = parseDateTime(text);
  return instant && formatDateTime(instant);
};

test.each([
  ['2026-07-31T12:00:00Z', '2026-07-31T12:00:00.000Z'],
  ['2026-07-31T12:00:00-03:00', '2026-07-31T15:00:00.000Z'],
  ['2026-07-31T23:30:00.5-03:00', '2026-08-01T02:30:00.500Z'],
  ['2026-07-31T12:00:00.123456789+05:30', '2026-07-31T06:30:00.123Z'],
  ['2026-07-31t12:00:00z', '2026-07-31T12:00:00.000Z'],
  ['2026-01-01T00:00:00-00:00', '2026-01-01T00:00:00.000Z'],
  ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('%s is %s', (text, instant) => {
  expect(normalized(text)).toBe(instant);
});

const instants = fc.date({
  min: new Date('0002-01-01T00:00:00Z'),
  max: new Date('9998-12-31T00:00:00Z'),
  noInvalidDate: true,
});

test('an instant reads back from what it is written as, in any offset', () => {
  const offsets = fc.integer({ min: -(24 * 60 - 1), max: 24 * 60 - 1 });
  fc.assert(
    fc.property(instants, offsets, (instant, minutes) => {
      const local = new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, -1);
      const size = Math.abs(minutes);
      const two = (value: number) => String(value).padStart(2, '0');
      const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      expect(parseDateTime(local + offset)).toEqual(instant);
      expect(normalized(instant.toISOString())).toBe(instant.toISOString());
    }),
  );
});

test.each([
  ...nonsense,
  '2026-02-30T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:60:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00Z',
  '2026-01-01 00:00:00Z',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+03',
  '2026-01-01T00:00:00.Z',
  '2026-01-01',
  '1767225600000',
  '0000-12-31T23:59:59Z',
  // Exist with their offset, but not in a year of four digits in UTC.
  '0001-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59-01:00',
  'Thu, 01 Jan 2026 00:00:00 GMT',
  `2026-01-01T00:00:00.${'1'.repeat(1 << 20)}Z`,
])('nonsense is refused (%#)', (text) => {
  expect(parseDateTime(text)).toBeNull();
});

test.each([new Date(Number.NaN), new Date('+010000-01-01T00:00:00Z'), new Date('-000001-01-01T00:00:00Z')])(
  'an instant that has no such form is not written (%#)',
  (instant) => {
    expect(formatDateTime(instant)).toBeNull();
  },
);
