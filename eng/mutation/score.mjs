// The groups of what decides, and what a report of Stryker says of each.
//   node score.mjs files [GROUP...]              their files
//   node score.mjs score REPORT [GROUP...]       a line for each group, then what no test noticed; exit status 1 below the threshold
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const threshold = 90;

const core = fileURLToPath(new URL('../../src/Core/', import.meta.url));

const groups = {
  signatures: [
    'Twilio/Signatures/TwilioSignature', 'Twilio/Signatures/TwilioSignedUrl', 'Twilio/Signatures/TwilioBodyHash',
    'Twilio/Signatures/TwilioVerification',
    'LiveKit/Webhooks/LiveKitWebhookVerifier', 'LiveKit/Webhooks/BodyHash',
    'LiveKit/Tokens/LiveKitJwt', 'LiveKit/Tokens/LiveKitToken', 'LiveKit/Tokens/LiveKitKeyring',
    'Http/DiagnosticsAccess',
  ],
  policy: [
    ...below('Calls').filter(file => file.endsWith('Rules')),
    'Calls/Workflow/CallPolicy', 'Calls/Policy/PolicyContext', 'Calls/Publishing/LifecycleEvents',
    'Calls/EndCause', 'Agents/Lease/AgentLease',
  ],
  fold: [...below('Calls/State'), ...below('Calls/Slices')],
  claims: [
    'Calls/Workflow/CallAdvancer', 'Calls/Workflow/CallEvaluator', 'Calls/Workflow/WakeUps', 'Calls/Effects/EffectExecutor',
    'Calls/Effects/EffectRun', 'Calls/Effects/CallDraft', 'Calls/EffectClaim',
    'Calls/CallEffect', 'Calls/Dispatch/AgentDispatcher', 'Calls/SurplusAgents/SurplusAgentRemover',
  ],
};

const [command, ...rest] = process.argv.slice(2);
const report = command === 'score' ? rest.shift() : undefined;
const chosen = rest.length > 0 ? rest : Object.keys(groups);

const unknown = chosen.filter(group => !(group in groups));
const missing = chosen.flatMap(group => groups[group] ?? []).filter(file => !existsSync(`${core}${file}.cs`));
if (unknown.length + missing.length > 0) {
  console.error(`There is no ${[...unknown, ...missing].join(', ')}. Groups are ${Object.keys(groups).join(', ')}.`);
  process.exit(2);
}

if (command === 'files') {
  console.log(chosen.flatMap(group => groups[group]).join('\n'));
} else {
  process.exitCode = score(JSON.parse(readFileSync(report, 'utf8')).files) ? 0 : 1;
}

/** The files below a folder of Core, in a fixed order. */
function below(folder) {
  const files = readdirSync(`${core}${folder}`, { recursive: true }).filter(file => file.endsWith('.cs'));
  return files.map(file => `${folder}/${file.replaceAll('\\', '/').slice(0, -'.cs'.length)}`).sort();
}

/**
 * Killed and timed out are noticed. What the configuration leaves out is no mutant; neither is one that Stryker took back because it does
 * not compile, or stood in one statement with one that does not. How many those are is said beside the score.
 */
function score(files) {
  const mutants = chosen.flatMap(group => groups[group].flatMap(name => {
    const path = Object.keys(files).find(known => known.replaceAll('\\', '/').endsWith(`/src/Core/${name}.cs`));
    const { mutants = [], source = '' } = files[path] ?? {};
    const lines = source.split('\n');
    return mutants.filter(mutant => mutant.status !== 'Ignored').map(mutant => ({
      ...mutant, group, name,
      line: lines[mutant.location.start.line - 1].trim(),
      isTakenBack: mutant.status === 'CompileError',
      isNoticed: mutant.status === 'Killed' || mutant.status === 'Timeout',
    }));
  }));

  console.log('group          mutants    killed     score    taken back');
  const good = chosen.map(group => {
    const all = mutants.filter(mutant => mutant.group === group && !mutant.isTakenBack);
    const killed = all.filter(mutant => mutant.isNoticed).length;
    const takenBack = mutants.filter(mutant => mutant.group === group && mutant.isTakenBack).length;
    const percent = all.length === 0 ? 0 : 100 * killed / all.length;
    const cells = [`${all.length}`, `${killed}`, `${percent.toFixed(1)} %`, `${takenBack}`];
    console.log(group.padEnd(14) + cells.map((cell, column) => cell.padStart([8, 10, 10, 14][column])).join(''));
    return percent >= threshold;
  });

  for (const mutant of mutants.filter(mutant => !mutant.isNoticed && !mutant.isTakenBack)) {
    console.log(`\n${mutant.group}: src/Core/${mutant.name}.cs:${mutant.location.start.line} ${mutant.status}, ${mutant.mutatorName}`);
    console.log(`  ${mutant.line}`);
    console.log(`  → ${mutant.replacement.replace(/\s+/g, ' ')}`);
  }

  return good.every(Boolean);
}
