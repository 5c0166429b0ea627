/**
 * Keeps `@apollo/gateway` from reporting to Apollo: its constructor starts an exporter of host metrics, asks
 * the cloud's metadata service where it runs, and can be told not to by this variable alone. Call it before
 * a gateway is made.
 */
export const disableApolloTelemetry = (): void => {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
};
