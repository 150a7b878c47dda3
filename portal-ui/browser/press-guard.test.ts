import { expect, it } from '@jest/globals';
import { PressGuard } from './press-guard.ts';

it('the second press within three seconds is ignored, a later one and another form are not', () => {
  const guard = new PressGuard<object>();
  const [form, other] = [{}, {}];
  expect(guard.mayPass(form, 1_000)).toBe(true);
  expect(guard.mayPass(form, 1_200)).toBe(false);
  expect(guard.mayPass(form, 3_999)).toBe(false);
  expect(guard.mayPass(other, 1_200)).toBe(true);
  expect(guard.mayPass(form, 4_000)).toBe(true);
});
