import { normalizeDocumento } from './documento';
import { nonsense } from './text-arbitraries';

test.each([
  ['529.982.247-25', '52998224725'],
  ['12.abc.345/01de-35', '12ABC34501DE35'],
  ['00.000.000/0001-91', '00000000000191'],
  ['000.000.001-91', '00000000191'],
])('%s is the document %s', (text, documento) => {
  expect(normalizeDocumento(text)).toBe(documento);
  expect(normalizeDocumento(documento)).toBe(documento);
});

test.each([...nonsense, '52998224724', '12ABC34501DE36', '000052998224725'])(
  'nonsense is refused (%#)',
  (text) => {
    expect(normalizeDocumento(text)).toBeNull();
  },
);
