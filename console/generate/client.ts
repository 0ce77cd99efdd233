/** `npm run client`: writes the types of Concord's own API, which console and command line use, from its OpenAPI document. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packageFile from '../../package.json' with { type: 'json' };
import { concord } from '../../src/api/index.ts';
import { openApiOf } from '../../src/server/openapi.ts';
import { typesOf } from './types.ts';

const FILE = join(import.meta.dirname, '../../src/client/schema.d.ts');

/** As they should be, and as they are: equal, unless somebody changed the API and forgot the command. */
export const clientTypes = (): { readonly wanted: string; readonly written: string } => ({
  wanted: typesOf(openApiOf(concord, packageFile.version)),
  written: readFileSync(FILE, 'utf8'),
});

if (import.meta.main) writeFileSync(FILE, typesOf(openApiOf(concord, packageFile.version)));
