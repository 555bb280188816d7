// Holds infra/ and .github/workflows to the Bicep CLI, to Kusto's analysis, to actionlint and to the rules, and runs the scripts of infra/. Needs the
// .NET SDK for the CLI's package and nothing of the product's build. Ends with 'N passed, N failed'.
import { checkAzd } from './checks/azd.mjs';
import { checkDeployments } from './checks/deployments.mjs';
import { checkGates } from './checks/gates.mjs';
import { checkScripts } from './checks/scripts.mjs';
import { checkTexts } from './checks/texts.mjs';
import { close, report } from './report.mjs';

const suites = [checkGates(), checkDeployments(), checkTexts(), checkScripts(), checkAzd()];
for (const suite of suites) {
  for (const [title, problems] of await suite) report(title, problems);
}

close();
