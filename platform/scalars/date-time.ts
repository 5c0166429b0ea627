import { parseCalendarDate } from './calendar-date';

const shape =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * An instant as UTC ISO 8601 with milliseconds (`2026-07-31T12:00:00.000Z`), or null for an invalid Date
 * and for years that have not four digits in UTC.
 */
export const formatDateTime = (instant: Date): string | null => {
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9999 ? instant.toISOString() : null;
};

/**
 * The instant of an RFC 3339 date-time, whose offset is mandatory, or null when there is none such.
 * Fractions are cut to milliseconds; leap seconds (`:60`), which JavaScript cannot hold, are refused.
 */
export const parseDateTime = (text: string): Date | null => {
  const day = shape.exec(text)?.[1];
  if (!day || !parseCalendarDate(day)) return null;
  const instant = new Date(text.toUpperCase());
  return formatDateTime(instant) ? instant : null;
};
