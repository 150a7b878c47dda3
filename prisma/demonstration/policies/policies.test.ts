import { describe, expect, it } from '@jest/globals';
import { contrastRatio } from '../../../domain/colour.ts';
import { policyProblems } from '../../../domain/policy/policy-rules.ts';
import { demonstrationPolicies } from './index.ts';

describe.each(Object.entries(demonstrationPolicies))('the policy of %s', (_, policy) => {
  it('keeps every rule a policy must keep', () => {
    expect(policyProblems(policy)).toEqual({});
  });

  it('can be read on its brand colour', () => {
    expect(contrastRatio(policy.theme.onBrand, policy.theme.brand)).toBeGreaterThanOrEqual(4.5);
  });
});

it('only Harborview takes applications from everybody', () => {
  const open = Object.entries(demonstrationPolicies).filter(([, policy]) => policy.application.open);
  expect(open.map(([portal]) => portal)).toEqual(['harborview']);
});

it('a patient portal that is named exists', () => {
  const known = Object.keys(demonstrationPolicies);
  for (const { patientPortal } of Object.values(demonstrationPolicies)) {
    if (patientPortal !== null) expect(known).toContain(patientPortal);
  }
});
