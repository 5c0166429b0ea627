/** Whether a route is one that is asked every few seconds, which neither logs nor traces need to tell. */
export const isHealthCheck = (route: string | undefined): boolean => /^\/health(\/|$)/.test(route ?? '');
