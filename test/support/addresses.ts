/** Where the tests find the server of this run; kept as JSON in the environment variable `databaseVariable`. */
export interface DatabaseAddresses {
  /** As superuser, to the `postgres` database: creates and drops what a test file uses. */
  readonly superUrl: string;
  /** As the owner of the tables and as the role of the application, to the migrated database that is cloned. */
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export const databaseVariable = 'GATEHOUSE_TEST_DATABASE';
