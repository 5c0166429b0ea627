/**
 * Names for the statements that each connection prepares once and keeps. A text gets a name when it
 * comes a second time; all others get '', PostgreSQL's statement without a name, which it forgets.
 *
 * @param limit how many are named, and so kept by each connection until it closes.
 */
export const createStatementNames = (limit: number): ((text: string) => string) => {
  const names = new Map<string, string>();
  const seenOnce = new Set<string>();
  return (text) => {
    const known = names.get(text);
    if (known) return known;
    if (names.size >= limit) return '';
    if (seenOnce.delete(text)) {
      const name = `teia_${names.size}`;
      names.set(text, name);
      return name;
    }
    if (seenOnce.size >= limit) seenOnce.clear();
    seenOnce.add(text);
    return '';
  };
};
