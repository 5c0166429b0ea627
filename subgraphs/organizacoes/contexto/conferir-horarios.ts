import type { CampoInvalido } from '../../../platform/errors';

/** What the documents of all templates may say of when somebody is open; the hours are `HH:MM`. */
type ComHorarios = { readonly horarios?: readonly { readonly abre: string; readonly fecha: string }[] };

/**
 * The periods of a document that end before they begin, which no JSON Schema can say.
 *
 * @param documento that fits the schema of its template.
 * @param caminho of the document in the input, for example `dados.documento`.
 */
export const problemasDosHorarios = ({ horarios = [] }: ComHorarios, caminho: string): CampoInvalido[] =>
  horarios.flatMap(({ abre, fecha }, n) =>
    abre < fecha
      ? []
      : [
          {
            campo: `${caminho}.horarios.${n}.fecha`,
            mensagem: 'Deve ser depois de `abre`. Divida em dois um período que passa da meia-noite.',
          },
        ],
  );
