/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: gives n8n-core a home folder of its own */
import { join } from 'node:path';

/**
 * Where n8n-core keeps its settings in tests. One folder per jest worker, since n8n-core writes a
 * settings file there without a lock.
 */
export const n8nUserFolder = join(
	process.cwd(),
	'node_modules/.cache/n8n-engine',
	process.env.JEST_WORKER_ID ?? '0',
);

process.env.N8N_USER_FOLDER = n8nUserFolder;
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';
