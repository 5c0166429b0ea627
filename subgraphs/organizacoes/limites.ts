/** How many there may be, the excluded ones among them: these lists are answered whole, not by pages. */
export const maxUnidades = 500;
export const maxEquipes = 200;

/** How many people an Equipe may have: an event carries all of them. */
export const maxMembros = 500;
