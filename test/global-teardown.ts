import { stopRunDatabase } from './support/database-server.ts';

/** Also performed after failing tests. */
export default stopRunDatabase;
