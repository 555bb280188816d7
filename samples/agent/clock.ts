// The time as a sentence of clips: what a person would say, word by word.

/** The clips that say an hour and a minute, such as "It is three oh five P M". */
export function wordsOfTime(time: Date): string[] {
  const hour = time.getHours();
  const minute = time.getMinutes();
  const minutes = minute === 0 ? ['oclock'] : minute < 10 ? ['oh', ...wordsOfNumber(minute)] : wordsOfNumber(minute);
  return ['it-is', ...wordsOfNumber(hour % 12 || 12), ...minutes, hour < 12 ? 'a-m' : 'p-m'];
}

/** The clips that say a number from 0 to 59. */
export function wordsOfNumber(number: number): string[] {
  if (number === 0) return ['no'];
  if (number <= 20 || number % 10 === 0) return [`${number}`];
  return [`${number - (number % 10)}`, `${number % 10}`];
}
