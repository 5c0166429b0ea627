export default (): Promise<void> => globalThis.stopTestServer();
