import { buildMessage, ValidateBy } from 'class-validator';

// UTC is no place, and not every release lists it.
const fusos = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** The IANA name of a time zone that this machine can reckon with. */
export const FusoHorario = (): PropertyDecorator =>
  ValidateBy({
    name: 'fusoHorario',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && fusos.has(value),
      defaultMessage: buildMessage(() => 'Informe um fuso horário da IANA, por exemplo America/Sao_Paulo.'),
    },
  });
