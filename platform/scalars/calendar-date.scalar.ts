import { parseCalendarDate } from './calendar-date';
import { createScalar, normalizedText } from './create-scalar';

/** The GraphQL scalar `Date`; named otherwise here because JavaScript's Date is something else. */
export const CalendarDate = createScalar({
  name: 'Date',
  description:
    'Dia do calendário no formato `AAAA-MM-DD`, sem hora nem fuso, por exemplo `2026-07-31`. Dias que não existem são recusados. Regra: `full-date` da RFC 3339.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  instruction: 'Informe um dia que exista, no formato AAAA-MM-DD.',
  ...normalizedText(parseCalendarDate),
});
