import type { Role } from '../../domain/case.ts';

/** A staff account of the demonstration; all share the password the launcher gives. */
export interface DemonstrationMember {
  name: string;
  email: string;
  roles: readonly Role[];
}

/** One per role, as the launcher prints them, and colleagues to share the work with. */
export const demonstrationMembers = {
  clerk: { name: 'Clara Whitfield', email: 'clerk@gatehouse.example', roles: ['clerk'] },
  reviewer: { name: 'Ravi Menon', email: 'reviewer@gatehouse.example', roles: ['reviewer'] },
  supervisor: { name: 'Simone Adeyemi', email: 'supervisor@gatehouse.example', roles: ['supervisor'] },
  operator: { name: 'Otto Lindgren', email: 'operator@gatehouse.example', roles: ['operator'] },
  auditor: { name: 'Audrey Castellan', email: 'auditor@gatehouse.example', roles: ['auditor'] },
  secondClerk: { name: 'Dana Okoye', email: 'dana.okoye@gatehouse.example', roles: ['clerk'] },
  secondReviewer: { name: 'Helen Brandt', email: 'helen.brandt@gatehouse.example', roles: ['reviewer'] },
  thirdReviewer: { name: 'Marcus Teller', email: 'marcus.teller@gatehouse.example', roles: ['reviewer'] },
} as const satisfies Record<string, DemonstrationMember>;

export type MemberName = keyof typeof demonstrationMembers;
