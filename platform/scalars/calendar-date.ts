const shape = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar day `YYYY-MM-DD` that exists, from 0001-01-01 to 9999-12-31, or null. */
export const parseCalendarDate = (text: string): string | null => {
  if (!shape.test(text) || text < '0001-01-01') return null;
  const midnight = new Date(`${text}T00:00:00Z`);
  // JavaScript reads 2026-02-30 as 2026-03-02.
  const exists = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
  return exists ? text : null;
};
