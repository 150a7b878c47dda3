import { expect, it } from '@jest/globals';
import { campaignProblems, obstacleInWords, registrationObstacles } from './obstacles.ts';

it('what stands in the way of sending, the first that is told first', () => {
  expect(registrationObstacles.join(' ')).toBe(
    'unknown_record merged deceased confidential practice_closed already_active duplicate minor no_postal_code no_address',
  );
  expect(campaignProblems).toEqual(['malformed', ...registrationObstacles]);
});

it('every obstacle has words of its own, without a personal one', () => {
  const words = registrationObstacles.map((obstacle) => obstacleInWords[obstacle]);
  expect(new Set(words).size).toBe(registrationObstacles.length);
  for (const text of words) expect(text).toMatch(/^[A-Z].+[^.]$/);
});
