import type { Setting } from './settings.ts';

/** What every input of a setting is given; `described` ties it to what is said beneath it. */
export interface InputProps {
  id: string;
  label: string;
  value: unknown;
  setting: Setting;
  portal: string;
  change: (next: unknown) => void;
  described: { 'aria-describedby': string; 'aria-invalid'?: true };
}
