import { ArrayMaxSize, buildMessage, ValidateBy, ValidateNested } from 'class-validator';

/** Control characters other than line breaks and tabs, and those that turn the direction of what follows. */
const unprintable = /(?![\n\r\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

const isReadable = (text: string, min: number): boolean =>
  !unprintable.test(text) && (min === 0 || visible.test(text));

/** A readable text of the given number of characters, white space at its ends not counted. */
export const Texto = ({ min = 1, max }: { min?: number; max: number }): PropertyDecorator =>
  ValidateBy({
    name: 'texto',
    validator: {
      validate: (value: unknown) => {
        if (typeof value !== 'string') return false;
        const length = value.trim().length;
        return length >= min && length <= max && isReadable(value, min);
      },
      defaultMessage: buildMessage(() =>
        min === 0
          ? `Use no máximo ${max} caracteres, todos legíveis.`
          : `Informe de ${min} a ${max} caracteres, todos legíveis.`,
      ),
    },
  });

/** A list of texts, each of 1 to `maxLength` characters. */
export const Textos = ({ max, maxLength }: { max: number; maxLength: number }): PropertyDecorator =>
  ValidateBy({
    name: 'textos',
    validator: {
      validate: (value: unknown) =>
        Array.isArray(value) &&
        value.length <= max &&
        value.every((text) => typeof text === 'string' && !!text.trim() && text.trim().length <= maxLength),
      defaultMessage: buildMessage(() => `Informe no máximo ${max} textos de 1 a ${maxLength} caracteres.`),
    },
  });

/** At most so many items. */
export const NoMaximo = (max: number): PropertyDecorator =>
  ArrayMaxSize(max, { message: `Informe no máximo ${max} itens.` });

/** An input inside an input, checked by its own rules. */
export const Aninhado = (): PropertyDecorator => ValidateNested();
