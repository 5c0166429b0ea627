/** How many there may be, the excluded ones among them: these lists are answered whole, not by pages. */
export const maxFunis = 100;
export const maxEtapas = 100;
export const maxMotivosPerda = 100;
