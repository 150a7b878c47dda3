import { addDuration } from '../../domain/time/duration.ts';

/** One question: `at` in milliseconds, an ISO 8601 duration, a zone. */
export type Question = readonly [at: number, duration: string, zone: string];

/** Answers inside the workflow sandbox, in milliseconds. */
export async function durations(questions: readonly Question[]): Promise<number[]> {
  return questions.map(([at, duration, zone]) => addDuration(new Date(at), duration, zone).getTime());
}
