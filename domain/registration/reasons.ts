/** Reason codes of the registration (lifecycles.md §2). `other` also demands a note. */
export const addressReasons = ['address_outdated', 'patient_request', 'other'] as const;
export const cancelReasons = ['wrong_person', 'wrong_address', 'patient_request', 'record_changed', 'other'] as const;

/** Why a registration goes to another address than the one on file. */
export type AddressReason = (typeof addressReasons)[number];
export type CancelReason = (typeof cancelReasons)[number];

/** Found out while the person identifies: the record may not be registered any more. */
export const recordReasons = ['record_unusable', 'under_age', 'practice_closed'] as const;
/** The same of an account: the person has one that exact identification does not lead to, or theirs is stopped. */
export const accountReasons = ['person_has_account', 'account_suspended'] as const;
/** Why a registration is locked before the tries are used up. Carried by `link_locked`, told to staff. */
export type LockReason = (typeof recordReasons)[number] | (typeof accountReasons)[number];
