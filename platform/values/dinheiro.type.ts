import { Directive, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Centavos } from '../scalars/centavos.scalar';
import { type Dinheiro, formatarDinheiro } from './dinheiro';
import { Moeda } from './moeda';

registerEnumType(Moeda, {
  name: 'Moeda',
  description: 'Moeda de um valor, pelo código da ISO 4217.',
  valuesConfig: {
    BRL: { description: 'Real brasileiro.' },
    USD: { description: 'Dólar dos Estados Unidos.' },
    EUR: { description: 'Euro.' },
  },
});

const centavos = 'Quantia em centésimos da moeda: `1990` em BRL são R$ 19,90.';
const moeda = 'Moeda da quantia.';

/** A resolver answers any `Dinheiro`; `formatado` is computed only when asked for. */
@Directive('@shareable')
@ObjectType('Dinheiro', { description: 'Quantia em dinheiro, exata, em uma moeda.' })
export class DinheiroType implements Dinheiro {
  @Field(() => Centavos, { description: centavos })
  centavos: bigint;

  @Field(() => Moeda, { description: moeda })
  moeda: Moeda;

  @Field(() => String, {
    description:
      'A quantia como se escreve no Brasil, com símbolo e duas casas: `R$ 19,90` (o espaço é inseparável, U+00A0).',
  })
  formatado(): string {
    return formatarDinheiro(this);
  }
}

@InputType({ description: 'Quantia em dinheiro; em reais quando a moeda não é informada.' })
export class DinheiroInput implements Dinheiro {
  @Field(() => Centavos, { description: centavos })
  centavos: bigint;

  @Field(() => Moeda, { description: moeda })
  moeda: Moeda = Moeda.BRL;
}
