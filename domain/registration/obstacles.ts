/** Why a patient record cannot be sent a registration e-mail; of several the first of this list is told. */
export const registrationObstacles = [
  'unknown_record',
  'merged',
  'deceased',
  'confidential',
  'practice_closed',
  'already_active',
  'duplicate',
  'minor',
  'no_postal_code',
  'no_address',
] as const;
export type RegistrationObstacle = (typeof registrationObstacles)[number];

/** In words for staff, with what helps. */
export const obstacleInWords: Record<RegistrationObstacle, string> = {
  unknown_record: 'This record is not one of this portal',
  merged: 'This record was merged into another one; send to that one',
  deceased: 'This record is of a person who has died',
  confidential: 'This record is confidential and cannot be registered online',
  practice_closed: 'The practice of this record is closed',
  already_active: 'This person has an account that shows this record already',
  duplicate: 'A registration for this record is open already; resend that one',
  minor: 'This person is too young for an account of their own',
  no_postal_code: 'This record has no ZIP code, so the person could not identify',
  no_address: 'There is no e-mail address on file; type one and say why',
};

/** What is wrong with a row of a campaign before it is a registration. */
export const campaignProblems = ['malformed', ...registrationObstacles] as const;
export type CampaignProblem = (typeof campaignProblems)[number];
