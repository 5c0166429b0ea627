import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/**
 * Compresses what routes answer that are added from here on, from 1 kB on: below that it costs more than it saves.
 * Answers with tokens too. To guess a secret from the length of compressed answers somebody must make a browser ask for
 * them again and again with its owner's identity; that is a header here, which no page of others can send, and every
 * token is a new one.
 */
export const compressAnswers = async (app: FastifyInstance): Promise<void> => {
  // What may arrive compressed, and how large, is decided where bodies are read.
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'], globalDecompression: false });
};
