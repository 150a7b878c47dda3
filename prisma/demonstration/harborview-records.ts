import type { DemonstrationRecord } from './patient-records.ts';

type Line = readonly [
  firstName: string,
  lastName: string,
  dateOfBirth: string,
  postalCode: string,
  sex: DemonstrationRecord['sex'],
  practice: number,
  more?: Partial<DemonstrationRecord>,
];

const providers = ['Dr. Margaret Osei', 'Dr. Daniel Feinberg', 'Dr. Lucy Marchetti'];

/** Most of them apply in the demonstration's stories, which know them by MRN. Ada Ferris has not applied yet. */
const lines: readonly Line[] = [
  ['Ada', 'Ferris', '1984-02-29', '02139', 'female', 0],
  ['Maya', 'Lindqvist', '1992-08-17', '02141', 'female', 0],
  ['Julian', 'Ortega', '1978-11-05', '02118', 'male', 1],
  ['Priya', 'Raman', '1989-01-23', '02139', 'female', 0],
  ['Samuel', 'Whitcombe', '1957-06-30', '02116', 'male', 1],
  ['Nora', 'Castellanos', '1983-03-12', '02140', 'female', 0],
  ['Ethan', 'Brooks', '1971-09-08', '02115', 'male', 1],
  ['Leila', 'Haddad', '1995-12-19', '02142', 'female', 0],
  ['Oscar', 'Nyström', '1966-04-27', '02111', 'male', 1],
  ['Grace', 'Holloway', '1949-10-03', '02138', 'female', 0],
  ['Victor', 'Petrov', '1974-02-14', '02130', 'male', 1],
  ['Hannah', 'Weiss', '1998-07-21', '02139', 'female', 0],
  ['Dmitri', 'Kowalski', '1962-05-16', '02127', 'male', 1],
  ['Amara', 'Eze', '1987-08-02', '02143', 'female', 0],
  ['Thomas', 'Reilly', '1953-01-11', '02129', 'male', 1],
  ['Yuki', 'Tanaka', '1991-04-09', '02139', 'female', 0],
  ['Isabel', 'Fonseca', '1980-12-28', '02141', 'female', 0],
  ['George', 'Pappas', '1944-03-25', '02116', 'male', 1],
  ['Marta', 'Jiménez', '1976-06-18', '02118', 'female', 1],
  ['Irene', 'Vasquez', '1969-09-30', '02119', 'female', 1],
  ['Linda', 'Choi', '1985-05-06', '02140', 'female', 0],
  ['Robert', 'Delacroix', '1959-11-22', '02114', 'male', 1],
  ['Susan', 'Whitaker', '1964-07-13', '02138', 'female', 0],
  ['Walter', 'Hughes', '1940-02-07', '02130', 'male', 1],
  ['Chloe', 'Bennett', '1996-10-26', '02139', 'female', 0],
  ['Patrick', 'Nolan', '1972-12-01', '02125', 'male', 1],
  // One human being at two practices.
  ['Teresa', 'Almeida', '1981-08-24', '02141', 'female', 0],
  ['Teresa', 'Almeida', '1981-08-24', '02141', 'female', 1, { samePersonAs: 'HV-100027' }],
  // Two human beings of one name.
  ['Michael', 'Chen', '1979-03-14', '02111', 'male', 1],
  ['Michael', 'Chen', '1991-11-02', '02138', 'male', 0, { email: 'm.chen91@mail.example' }],
  ['Renata', 'Solano', '1986-04-04', '02127', 'female', 1, { isConfidential: true, email: null }],
  ['Katherine', 'Doyle', '1977-07-07', '02143', 'female', 0],
  [
    'Catherine',
    'Doyle',
    '1977-07-07',
    '02143',
    'female',
    1,
    { mergedInto: 'HV-100032', samePersonAs: 'HV-100032', email: null },
  ],
  ['Harold', 'Finch', '1932-01-19', '02116', 'male', 1, { deceasedOn: '2026-05-28' }],
  ['Noah', 'Lindqvist', '2019-02-11', '02141', 'male', 2, { email: null }],
  ['Emma', 'Castellanos', '2012-06-05', '02140', 'female', 2, { email: null }],
  ['Olivia', 'Marsh', '1993-09-15', '02142', 'female', 0],
  ['Desmond', 'Achebe', '1968-08-29', '02121', 'male', 1],
  ['Rosa', 'Medina', '1955-05-20', '02128', 'female', 1],
  ['Philip', 'Aldridge', '1988-03-03', '02139', 'male', 0, { email: null }],
];

export const harborviewRecords: readonly DemonstrationRecord[] = lines.map(
  ([firstName, lastName, dateOfBirth, postalCode, sex, practice, more], index) => ({
    mrn: `HV-${100_001 + index}`,
    firstName,
    lastName,
    dateOfBirth,
    postalCode,
    sex,
    email: `${plain(firstName)}.${plain(lastName)}@mail.example`,
    phone: `+1 617 555 01${String(index + 10).padStart(2, '0')}`,
    practice,
    primaryCareProvider: providers[practice] ?? '',
    ...more,
  }),
);

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}
