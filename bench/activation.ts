import {
  chooseCredentials,
  chooseNotifications,
  completeActivation,
  confirmEmail,
  confirmIdentity,
  startActivation,
} from '../contract/routes/public/activations.ts';
import { type Applicant, password, portal } from './house.ts';
import type { HttpClient } from './http-client.ts';

/** The six steps as a person takes them. `note` hears the time of each in ms. */
export async function activate(
  http: HttpClient,
  { code, applicant }: { code: string; applicant: Applicant },
  note: (step: string, ms: number) => void,
): Promise<void> {
  const params = { portal };
  const started = await http.call(startActivation, { params, body: { accessCode: code } });
  const { cookie } = started;
  const username = `user-${applicant.email.split('@')[0]}`;
  note('code', started.ms);
  const { dateOfBirth, email } = applicant;
  note('identity', (await http.call(confirmIdentity, { params, cookie, body: { dateOfBirth } })).ms);
  note('email', (await http.call(confirmEmail, { params, cookie, body: { email } })).ms);
  note('credentials', (await http.call(chooseCredentials, { params, cookie, body: { username, password } })).ms);
  note('notifications', (await http.call(chooseNotifications, { params, cookie, body: { optIn: true } })).ms);
  const body = { acceptTerms: true as const, termsVersion: '2026-1' };
  note('last step', (await http.call(completeActivation, { params, cookie, body })).ms);
}
