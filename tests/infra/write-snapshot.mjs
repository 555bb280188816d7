// Renews infra/bicep/prod.snapshot.json, which the check compares prod.bicepparam with: after a change of the templates or of the CLI.
import fs from 'node:fs';
import path from 'node:path';
import { bicep } from './bicep.mjs';
import { snapshotOfProd } from './gates.mjs';
import { templates } from './repository.mjs';
import { production } from './scenarios.mjs';

const { status, stdout, stderr } = await bicep(snapshotOfProd('overwrite'), templates, production);
process.stdout.write(stdout + stderr);
process.exitCode = status;

// The CLI writes outputs in any order; sorted, a diff shows what has changed.
if (status === 0) {
  const file = path.join(templates, 'prod.snapshot.json');
  const { outputs, ...rest } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const sorted = Object.fromEntries(Object.entries(outputs).sort(([one], [other]) => (one < other ? -1 : 1)));
  fs.writeFileSync(file, `${JSON.stringify({ ...rest, outputs: sorted }, null, 2)}\n`);
}
