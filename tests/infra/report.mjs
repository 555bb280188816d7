// Counts and prints what was checked.
const counts = { passed: 0, failed: 0 };

export function report(title, problems) {
  counts[problems.length === 0 ? 'passed' : 'failed']++;
  console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${title}`);
  problems.forEach(problem => console.log(`      ${problem}`));
}

/** A title with the problems that are found; where looking fails, that is the problem. */
export async function attempt(title, find) {
  try {
    return [title, await find()];
  } catch (error) {
    return [title, [error.message]];
  }
}

/** The last line, and the exit status. */
export function close() {
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

/** A rule's name as words. */
export const words = name => name.replace(/([A-Z])/g, letter => ` ${letter.toLowerCase()}`);
