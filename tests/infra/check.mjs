// Holds infra/ and .github/workflows to the Bicep CLI, to Kusto's analysis, to actionlint and to the rules, and runs the scripts of infra/.
// Needs the .NET SDK for the CLI's package and nothing of the product's build. Ends with 'N passed, N failed'.
import { checkAzd } from './checks/azd.mjs';
import { checkDeployments } from './checks/deployments.mjs';
import { checkGates } from './checks/gates.mjs';
import { checkScripts } from './checks/scripts.mjs';
import { checkTexts } from './checks/texts.mjs';
import { close, report } from './report.mjs';

const suites = [checkGates, checkDeployments, checkTexts, checkScripts, checkAzd];
const broken = suite => error => [[`${suite.name} runs to its end`, [error.stack]]];

for (const results of suites.map(suite => suite().catch(broken(suite)))) {
  for (const [title, problems] of await results) report(title, problems);
}

close();
