import type { Limit } from '../../../platform/limits/limits';

const fifteenMinutes = 15 * 60;

/** By the family: how often a session may be renewed, or go on in another organization. A client does it once in 15 minutes. */
export const porSessao: Limit = { name: 'sessao', attempts: 30, window: fifteenMinutes };
/** By the family as well, but counted by itself: whoever renews too often keeps nobody from showing that they stole. */
export const porReuso: Limit = { name: 'reuso', attempts: 30, window: fifteenMinutes };
