/** Prisma hands a `date` column over as an instant, midnight UTC; the graph knows it as `YYYY-MM-DD`. */
export const calendarDateOf = (midnight: Date): string => midnight.toISOString().slice(0, 10);

/** The instant by which Prisma writes a calendar day. */
export const midnightOf = (calendarDate: string): Date => new Date(`${calendarDate}T00:00:00.000Z`);
