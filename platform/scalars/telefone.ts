import { isValidPhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

// libphonenumber also reads digits of other scripts, letters and extensions.
const plausible = /^\(?\+?[\d\s().-]{6,40}$/;
const punctuation = /[\s().-]/g;
const e164 = /^\+[1-9]\d{6,14}$/;
const brazilianMobileWithoutNinthDigit = /^(\+55\d{2})([6-9]\d{7})$/;

const withNinthDigit = (telefone: string): string =>
  telefone.replace(brazilianMobileWithoutNinthDigit, (_, ddd, assinante) => `${ddd}9${assinante}`);

/**
 * A telephone number in E.164 (`+5511987654321`), or null when no country has such a number. Without a
 * country code it is Brazilian and needs its DDD. Brazilian mobile numbers have had a leading 9 since
 * 2016 (Anatel); the old eight-digit form, which begins with 6 to 9, gets it.
 */
export const normalizeTelefone = (text: string): string | null => {
  if (!plausible.test(text)) return null;
  const parsed = parsePhoneNumberFromString(text.replace(punctuation, ''), 'BR');
  if (!parsed) return null;
  const telefone = withNinthDigit(parsed.number);
  return isValidPhoneNumber(telefone) ? telefone : null;
};

/** Whether the text has the form of E.164, whatever today's numbering plans say. */
export const isE164 = (text: string): boolean => e164.test(text);
