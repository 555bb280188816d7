// What a parameter file gives in an environment without secrets.

/** A value there would have been typed into the file. */
export const secretsAreNotTyped = ({ secrets }) =>
  Object.entries(secrets)
    .filter(([, value]) => value !== '')
    .map(([name]) => `${name} does not come from the environment`);
