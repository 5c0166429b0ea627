import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { CalendarDate, Documento, Email, Telefone } from '../../../platform/scalars';
import { NoMaximo, Texto, Textos } from '../../../platform/subgraph/input-rules';
import { TipoPessoa } from './cliente.type';

@InputType({ description: 'Um novo cliente.' })
export class CriarClienteInput {
  @Field(() => TipoPessoa, { description: 'Pessoa física ou jurídica.' })
  tipo: TipoPessoa;

  @Texto({ max: 200 })
  @Field(() => String, { description: 'Nome da pessoa ou razão social; de 1 a 200 caracteres.' })
  nome: string;

  @Field(() => Documento, {
    nullable: true,
    description:
      'CPF se pessoa física, CNPJ se jurídica, com ou sem pontuação. Único na organização. Quem não vê todos os documentos por inteiro informa até 60 por hora, ao cadastrar e alterar clientes; depois o erro é RATE_LIMITED.',
  })
  documento?: string | null;

  @NoMaximo(10)
  @Field(() => [Email], { defaultValue: [], description: 'E-mails, o principal primeiro; no máximo 10.' })
  emails: string[];

  @NoMaximo(10)
  @Field(() => [Telefone], {
    defaultValue: [],
    description: 'Telefones, o principal primeiro; no máximo 10.',
  })
  telefones: string[];

  @Field(() => CalendarDate, { nullable: true, description: 'Data de nascimento ou de fundação.' })
  dataNascimento?: string | null;

  @Textos({ max: 50, maxLength: 50 })
  @Field(() => [String], {
    defaultValue: [],
    description: 'Etiquetas; no máximo 50, de até 50 caracteres. Maiúsculas e acentos não as distinguem.',
  })
  etiquetas: string[];

  @Field(() => ID, {
    nullable: true,
    description:
      'Usuário que cuida do cliente. Se omitido, ninguém, ou quem cadastra, se não tem ao seu alcance todos os clientes.',
  })
  responsavelId?: string | null;
}

@InputType({ description: 'O que muda em um cliente. Campo omitido fica como está; nulo, fica vazio.' })
export class EditarClienteInput {
  @Field(() => ID, { description: 'O cliente.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Field(() => TipoPessoa, { nullable: true, description: 'Pessoa física ou jurídica.' })
  tipo?: TipoPessoa | null;

  @Texto({ max: 200 })
  @Field(() => String, { nullable: true, description: 'Nome ou razão social; de 1 a 200 caracteres.' })
  nome?: string | null;

  @Field(() => Documento, {
    nullable: true,
    description:
      'CPF ou CNPJ, conforme o tipo; nulo remove. O que o cliente já tem só é alterado por quem o vê por inteiro: para outros, qualquer valor é recusado, com FORBIDDEN e motivo DOCUMENTO_MASCARADO. Cada valor informado conta como em `CriarClienteInput`, mesmo se for o que já está; omita o campo para não o alterar.',
  })
  documento?: string | null;

  @NoMaximo(10)
  @Field(() => [Email], { nullable: true, description: 'A lista inteira de e-mails, o principal primeiro.' })
  emails?: string[] | null;

  @NoMaximo(10)
  @Field(() => [Telefone], {
    nullable: true,
    description: 'A lista inteira de telefones, o principal primeiro.',
  })
  telefones?: string[] | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Data de nascimento ou de fundação; nulo remove.',
  })
  dataNascimento?: string | null;

  @Textos({ max: 50, maxLength: 50 })
  @Field(() => [String], { nullable: true, description: 'A lista inteira de etiquetas.' })
  etiquetas?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Usuário que cuida do cliente; nulo remove. Precisa estar ao alcance de quem altera.',
  })
  responsavelId?: string | null;
}

@InputType({ description: 'Qual cliente excluir, e como.' })
export class ExcluirClienteInput {
  @Field(() => ID, { description: 'O cliente.' })
  id: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Apaga de vez, com endereços, notas e etiquetas. Se falso, só desativa e pode ser reativado.',
  })
  definitivo: boolean;
}

@InputType({ description: 'Quais clientes listar; as condições se somam.' })
export class ClienteFiltro {
  @Texto({ min: 0, max: 200 })
  @Field(() => String, {
    nullable: true,
    description:
      'Palavras do nome, documento, e-mail ou telefone, cada uma por seu começo, sem distinguir acentos ou maiúsculas: `joao si` acha João da Silva. No máximo 8 palavras. Por documento só se acham os clientes cujo documento se pode ver.',
  })
  busca?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Ativos (verdadeiro) ou excluídos (falso).' })
  ativo: boolean;

  @Textos({ max: 10, maxLength: 50 })
  @Field(() => [String], { nullable: true, description: 'Só os que têm todas estas etiquetas.' })
  etiquetas?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Só os deste responsável.' })
  responsavelId?: string | null;

  @Field(() => Date, { nullable: true, description: 'Criados a partir deste instante, inclusive.' })
  criadoDesde?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Criados antes deste instante, exclusive.' })
  criadoAntesDe?: Date | null;
}

export const ClienteOrdem = {
  NOME_ASC: 'NOME_ASC',
  NOME_DESC: 'NOME_DESC',
  CRIADO_EM_ASC: 'CRIADO_EM_ASC',
  CRIADO_EM_DESC: 'CRIADO_EM_DESC',
  ATUALIZADO_EM_ASC: 'ATUALIZADO_EM_ASC',
  ATUALIZADO_EM_DESC: 'ATUALIZADO_EM_DESC',
} as const;
export type ClienteOrdem = keyof typeof ClienteOrdem;

registerEnumType(ClienteOrdem, {
  name: 'ClienteOrdem',
  description: 'A ordem de uma lista de clientes.',
  valuesConfig: {
    NOME_ASC: { description: 'Por nome, de A a Z, sem distinguir acentos ou maiúsculas.' },
    NOME_DESC: { description: 'Por nome, de Z a A.' },
    CRIADO_EM_ASC: { description: 'Dos mais antigos aos mais novos.' },
    CRIADO_EM_DESC: { description: 'Dos mais novos aos mais antigos.' },
    ATUALIZADO_EM_ASC: { description: 'Dos alterados há mais tempo aos alterados por último.' },
    ATUALIZADO_EM_DESC: { description: 'Dos alterados por último aos alterados há mais tempo.' },
  },
});
