/** The office holidays the demonstration's portals share: US federal ones as they are observed in 2026 and 2027. */
export const holidays: readonly string[] = [
  '2026-01-01',
  '2026-01-19',
  '2026-05-25',
  '2026-06-19',
  '2026-07-03', // the 4th is a Saturday
  '2026-09-07',
  '2026-11-26',
  '2026-12-25',
  '2027-01-01',
  '2027-01-18',
  '2027-05-31',
  '2027-06-18', // the 19th is a Saturday
  '2027-07-05', // the 4th is a Sunday
  '2027-09-06',
  '2027-11-25',
  '2027-12-24', // the 25th is a Saturday
];
