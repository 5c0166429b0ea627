import { UF } from './uf';

test('the 27 units are each their own abbreviation', () => {
  expect(Object.keys(UF)).toHaveLength(27);
  expect(Object.keys(UF)).toEqual(Object.values(UF));
  expect(UF.SP).toBe('SP');
});
