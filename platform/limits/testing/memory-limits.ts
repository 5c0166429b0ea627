import { RateLimiterMemory } from 'rate-limiter-flexible';
import { createLimits } from '../create-limits';

/** Limits counted in this process alone. */
export const memoryLimits = () => createLimits((options) => new RateLimiterMemory(options));
