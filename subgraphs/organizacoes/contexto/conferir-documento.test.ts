import fc from 'fast-check';
import { documentos } from '../testing/documentos';
import { problemasDoDocumento } from './conferir-documento';
import { modelos } from './modelos';

// biome-ignore lint/suspicious/noExplicitAny: a JSON Schema
type Esquema = Record<string, any>;

const todos = Object.values(modelos);

/** A schema with all those below it, each with the path of names that leads to it. */
const esquemasDe = (esquema: Esquema, path = '#'): [string, Esquema][] => [
  [path, esquema],
  ...Object.entries<Esquema>(esquema.properties ?? {}).flatMap(([name, inner]) =>
    esquemasDe(inner, `${path}/${name}`),
  ),
  ...(esquema.items ? esquemasDe(esquema.items, `${path}/*`) : []),
];

describe.each(todos)('the template of $segmento', ({ segmento, versao, esquema }) => {
  const lugares = esquemasDe(esquema as Esquema);

  it.each(lugares)('%s is described and bounded', (_, lugar) => {
    expect(lugar.title).toMatch(/\S/);
    expect(lugar.description).toMatch(/\.$/);
    switch (lugar.type) {
      case 'object':
        expect(lugar.additionalProperties).toBe(false);
        break;
      case 'array':
        expect(lugar.maxItems).toBeGreaterThan(0);
        // Comparing each object with each other takes a time that goes with the square of their number.
        if (lugar.uniqueItems) expect(lugar.items.type).toBe('string');
        break;
      case 'string':
        expect(lugar.maxLength ?? lugar.enum ?? lugar.pattern ?? lugar.format).toBeDefined();
        if (lugar.maxLength) expect(lugar.pattern).toBe('\\S');
        break;
      case 'integer':
        expect([lugar.minimum, lugar.maximum]).toEqual([expect.any(Number), expect.any(Number)]);
        break;
      default:
        expect(lugar.type).toBe('boolean');
    }
  });

  it('names itself and its version, and takes a document of its own alone', () => {
    expect(esquema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:teia:contexto:${segmento.toLowerCase()}:${versao}`,
    });
    for (const [de, documento] of Object.entries(documentos)) {
      expect([de, problemasDoDocumento(segmento, documento, 'd').length === 0]).toEqual([
        de,
        de === segmento,
      ]);
    }
  });

  it('takes no period that ends before it begins', () => {
    const periodo = (abre: string, fecha: string) => ({ dia: 'SABADO', abre, fecha });
    const horarios = [periodo('08:00', '12:00'), periodo('18:00', '02:00'), periodo('09:00', '09:00')];
    const mensagem = expect.stringMatching(/^Deve ser depois de `abre`\./);
    expect(problemasDoDocumento(segmento, { ...documentos[segmento], horarios }, 'd')).toEqual([
      { campo: 'd.horarios.1.fecha', mensagem },
      { campo: 'd.horarios.2.fecha', mensagem },
    ]);
    const noite = [periodo('18:00', '23:59'), periodo('00:00', '02:00')];
    expect(problemasDoDocumento(segmento, { ...documentos[segmento], horarios: noite }, 'd')).toEqual([]);
  });

  it('says of anything at all where it is wrong, by its own words alone', () => {
    const segredo = 'q7z';
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(segredo, 1e15, -1.5, null, true),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            segredo,
            '__proto__',
            'constructor',
            ...Object.keys((esquema as Esquema).properties),
          ),
          tie('value'),
        ),
      ),
    })).value;
    fc.assert(
      fc.property(json, (documento) => {
        const problemas = problemasDoDocumento(
          segmento,
          JSON.parse(JSON.stringify(documento)),
          'dados.documento',
        );
        expect(problemas.length).toBeGreaterThan(0);
        expect(problemas.length).toBeLessThanOrEqual(50);
        expect(JSON.stringify(problemas)).not.toMatch(/q7z|__proto__|constructor/);
        for (const { campo, mensagem } of problemas) {
          expect(campo).toMatch(/^dados\.documento(\.\w+)*$/);
          expect(mensagem).toMatch(/^[A-ZÀ-Ú].*\.$/s);
        }
      }),
    );
  });
});

test.each([
  [
    'a missing field',
    { horarios: [{ dia: 'SEGUNDA', fecha: '12:00' }] },
    'horarios.0.abre',
    'Campo obrigatório.',
  ],
  [
    'an hour that is none',
    { horarios: [{ dia: 'SEGUNDA', abre: '25:00', fecha: '12:00' }] },
    'horarios.0.abre',
    'Formato inválido. Hora em que abre, de 00:00 a 23:59, por exemplo 08:00.',
  ],
  [
    'another value than those there are',
    { horarios: [{ dia: 'Segunda', abre: '08:00', fecha: '12:00' }] },
    'horarios.0.dia',
    'Deve ser um destes valores: SEGUNDA, TERCA, QUARTA, QUINTA, SEXTA, SABADO, DOMINGO.',
  ],
  [
    'an unknown field',
    { cancelamento: { antecedenciaHoras: 2, multa: 10 } },
    'cancelamento',
    'Há um campo que o modelo não prevê; os campos são: antecedenciaHoras, cobraFalta.',
  ],
  [
    'any number of unknown fields',
    { cancelamento: { antecedenciaHoras: 2, multa: 10, ...Object.fromEntries('abc'.split('').entries()) } },
    'cancelamento',
    'Há 4 campos que o modelo não prevê; os campos são: antecedenciaHoras, cobraFalta.',
  ],
  ['another type', { especialidades: 'Cardiologia' }, 'especialidades', 'Deve ser uma lista.'],
  [
    'half a minute',
    { consulta: { duracaoMinutos: 7.5 } },
    'consulta.duracaoMinutos',
    'Deve ser um número inteiro.',
  ],
  [
    'too short a time',
    { consulta: { duracaoMinutos: 4 } },
    'consulta.duracaoMinutos',
    'Deve ser no mínimo 5.',
  ],
  [
    'too long a time',
    { consulta: { duracaoMinutos: 481 } },
    'consulta.duracaoMinutos',
    'Deve ser no máximo 480.',
  ],
  ['a blank text', { especialidades: [' \u00a0\t'] }, 'especialidades.0', 'Não pode ficar em branco.'],
  ['an empty text', { observacoes: '' }, 'observacoes', 'Não pode ficar em branco.'],
  [
    'what is said twice',
    { especialidades: ['Cardiologia', 'Pediatria', 'Cardiologia'] },
    'especialidades',
    'Não deve ter itens repetidos.',
  ],
  [
    'a day that does not exist',
    { fechamentos: [{ data: '2026-02-30' }] },
    'fechamentos.0.data',
    'Formato inválido. O dia, no formato AAAA-MM-DD.',
  ],
  [
    'nothing where something must be',
    { especialidades: [] },
    'especialidades',
    'Não deve ter menos que 1 elemento.',
  ],
  ['a null', { atendeParticular: null }, 'atendeParticular', 'Deve ser verdadeiro ou falso.'],
])('%s is named with what to do', (_, parte, campo, mensagem) => {
  const documento = { ...documentos.CLINICA, ...parte };
  expect(problemasDoDocumento('CLINICA', documento, 'dados.documento')).toEqual([
    { campo: `dados.documento.${campo}`, mensagem },
  ]);
});

test('a thousand unknown fields leave room for what else is wrong', () => {
  const muitos = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`x${n}`, n]));
  const problemas = problemasDoDocumento('CLINICA', { ...documentos.CLINICA, ...muitos, convenios: 1 }, 'd');
  expect(problemas).toEqual([
    { campo: 'd', mensagem: expect.stringMatching(/^Há 1000 campos que o modelo não prevê;/) },
    { campo: 'd.convenios', mensagem: 'Deve ser uma lista.' },
  ]);
});
