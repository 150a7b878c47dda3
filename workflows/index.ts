export { application } from './application.ts';
export { campaign } from './campaign.ts';
export { registration } from './registration.ts';
