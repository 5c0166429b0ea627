/** Works on so many items at a time, and answers in their order. After a failure it begins no other item. */
export const mapAtMost = async <Item, Result>(
  limit: number,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  // Shared: a loop that ends in an error closes it for the others too, unlike the array's own iterator.
  const remaining = (function* () {
    yield* items.entries();
  })();
  const worker = async (): Promise<void> => {
    for (const [index, item] of remaining) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
};
