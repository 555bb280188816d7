// Renews infra/bicep/prod.snapshot.json, which the check compares prod.bicepparam with: after a change of the templates or of the CLI.
import { bicep } from './bicep.mjs';
import { snapshotOfProd } from './gates.mjs';
import { templates } from './repository.mjs';
import { production } from './scenarios.mjs';

const { status, stdout, stderr } = await bicep(snapshotOfProd('overwrite'), templates, production);
process.stdout.write(stdout + stderr);
process.exitCode = status;
